//! What a file of settings would change: each thing in it beside what is there by the same name.

use std::collections::{BTreeSet, HashMap};

use domain::Agent;
use protocol::audit::AuditSubject;
use protocol::data::{FileReply, FileStep, ImportChange, ImportItem, SettingsFile};
use protocol::entry::Destination;
use protocol::forms::ReplyForm;
use protocol::label::{LabelId, Labels};
use protocol::module::ModuleRule;
use protocol::reply::{SavedReply, Share, Step};
use protocol::settings::SettingsLayer;
use protocol::team::TeamRole;
use protocol::{CategoryId, ChatbotId, GroupId, Refusal, ReplyId, TagId};

use super::export_settings::unreadable;
use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{ChatbotSaved, Import, LabelSaved, ListedChatbot, Saved, SavedForm};

/// What is there already, by the names that files use.
pub(super) struct There {
    pub(super) groups: HashMap<String, GroupId>,
    pub(super) chatbots: Vec<ListedChatbot>,
    pub(super) labels: Labels,
    pub(super) replies: Vec<SavedReply>,
    pub(super) roles: Vec<TeamRole>,
    pub(super) rules: Vec<ModuleRule>,
}

/// What is found out on the way.
pub(super) struct Planning<'a> {
    pub(super) desk: &'a Desk,
    pub(super) by: &'a Agent,
    pub(super) there: There,
    pub(super) items: Vec<ImportItem>,
    pub(super) no_groups: BTreeSet<String>,
    pub(super) import: Import,
}

impl Planning<'_> {
    pub(super) fn item(&mut self, subject: AuditSubject, name: &str, change: ImportChange) {
        self.items.push(ImportItem {
            subject,
            name: name.to_owned(),
            change,
        });
    }

    /// The categories and tags.
    pub(super) fn labels(&mut self, file: &SettingsFile) {
        let now = self.desk.now();
        let both = [(&file.categories, true), (&file.tags, false)];
        for (labels, is_category) in both {
            for one in labels {
                let known = self.label(&one.name, is_category);
                let change = match known {
                    None => {
                        let label = match is_category {
                            true => LabelId::Category(fresh!(CategoryId, now)),
                            false => LabelId::Tag(fresh!(TagId, now)),
                        };
                        let name = one.name.clone();
                        self.import.labels.push(LabelSaved::Added { label, name });
                        if one.retired {
                            let retired = LabelSaved::Retired {
                                label,
                                retired: true,
                            };
                            self.import.labels.push(retired);
                        }
                        ImportChange::Made
                    }
                    Some((label, retired)) if retired != one.retired => {
                        let retired = one.retired;
                        self.import
                            .labels
                            .push(LabelSaved::Retired { label, retired });
                        ImportChange::Changed
                    }
                    Some(_) => ImportChange::Left,
                };
                self.item(AuditSubject::Label, &one.name, change);
            }
        }
    }

    /// A label that is there, or will be, by its name; and whether it is retired.
    fn label(&self, name: &str, is_category: bool) -> Option<(LabelId, bool)> {
        let name = name.to_lowercase();
        let labels = &self.there.labels;
        let there = match is_category {
            true => {
                let mut all = labels.categories.iter();
                let found = all.find(|one| one.name.to_lowercase() == name);
                found.map(|one| (LabelId::Category(one.id), one.retired))
            }
            false => {
                let mut all = labels.tags.iter();
                let found = all.find(|one| one.name.to_lowercase() == name);
                found.map(|one| (LabelId::Tag(one.id), one.retired))
            }
        };
        let made = || {
            self.import.labels.iter().find_map(|saved| match saved {
                LabelSaved::Added { label, name: one }
                    if one.to_lowercase() == name
                        && matches!(label, LabelId::Category(_)) == is_category =>
                {
                    Some((*label, false))
                }
                _ => None,
            })
        };
        there.or_else(made)
    }

    fn with_group(&mut self, layer: &SettingsLayer, group: Option<&String>) -> SettingsLayer {
        let mut layer = layer.clone();
        if let (Some(routing), Some(name)) = (&mut layer.routing, group) {
            routing.group = self.there.groups.get(name).copied();
            if routing.group.is_none() {
                self.no_groups.insert(name.clone());
            }
        }
        layer
    }

    /// The settings of the workspace and of each chatbot; the ids of chatbots by their names.
    pub(super) async fn layers(
        &mut self,
        file: &SettingsFile,
    ) -> Result<HashMap<String, ChatbotId>, Refusal> {
        if let Some(given) = &file.workspace {
            let layer = self.with_group(&given.settings, given.routing_group.as_ref());
            let change = self.layer(None, layer).await?;
            self.item(AuditSubject::Workspace, "", change);
        }
        // Of several with one name the first is the first, and so on.
        let mut left = std::mem::take(&mut self.there.chatbots);
        let mut names = HashMap::new();
        for one in &left {
            names.entry(one.name.clone()).or_insert(one.id);
        }
        for given in &file.chatbots {
            let layer = self.with_group(&given.settings, given.routing_group.as_ref());
            let found = left.iter().position(|one| one.name == given.name);
            let change = match found.map(|at| left.remove(at)) {
                None => {
                    let chatbot = fresh!(ChatbotId, self.desk.now());
                    let name = given.name.clone();
                    names.entry(name.clone()).or_insert(chatbot);
                    let added = ChatbotSaved::Added { chatbot, name };
                    self.import.chatbots.push(added);
                    if given.archived {
                        self.archive(chatbot, true);
                    }
                    self.import.settings.push(Saved {
                        workspace: self.by.workspace,
                        chatbot: Some(chatbot),
                        layer,
                        version: 0,
                    });
                    ImportChange::Made
                }
                Some(there) => {
                    let mut change = self.layer(Some(there.id), layer).await?;
                    if there.archived != given.archived {
                        self.archive(there.id, given.archived);
                        change = ImportChange::Changed;
                    }
                    change
                }
            };
            self.item(AuditSubject::Chatbot, &given.name, change);
        }
        Ok(names)
    }

    fn archive(&mut self, chatbot: ChatbotId, archived: bool) {
        let saved = ChatbotSaved::Archived { chatbot, archived };
        self.import.chatbots.push(saved);
    }

    async fn layer(
        &mut self,
        chatbot: Option<ChatbotId>,
        layer: SettingsLayer,
    ) -> Result<ImportChange, Refusal> {
        let workspace = self.by.workspace;
        let row = self.desk.store.settings(workspace, chatbot).await;
        let row = row.map_err(|error| unreadable(&error))?;
        let row = row.ok_or(Refusal::NotFound)?;
        if row.layer == layer {
            return Ok(ImportChange::Left);
        }
        self.import.settings.push(Saved {
            workspace,
            chatbot,
            layer,
            version: row.version,
        });
        Ok(ImportChange::Changed)
    }

    /// A saved reply.
    pub(super) fn reply(&mut self, given: &FileReply, names: &HashMap<String, ChatbotId>) {
        let chatbot = given.chatbot.as_ref().and_then(|name| names.get(name));
        let share = chatbot.map_or(Share::Workspace, |chatbot| Share::Chatbot(*chatbot));
        let steps = given.steps.iter().filter_map(|step| self.step(step));
        let steps: Vec<Step> = steps.collect();
        let mut there = self.there.replies.iter();
        let there = there.find(|one| one.share == share && one.shortcut == given.shortcut);
        let same = there.is_some_and(|one| {
            (&one.title, &one.text, &one.steps) == (&given.title, &given.text, &steps)
        });
        let change = match there {
            Some(_) if same => ImportChange::Left,
            Some(_) => ImportChange::Changed,
            None => ImportChange::Made,
        };
        let form = ReplyForm {
            id: there.map(|one| one.id),
            version: there.map_or(0, |one| one.version),
            share,
            shortcut: given.shortcut.clone(),
            title: given.title.clone(),
            text: given.text.clone(),
            steps,
            // Files are no part of the file; those that are there stay.
            files: there.map_or_else(Vec::new, |one| {
                one.files.iter().map(|file| file.id).collect()
            }),
        };
        if change != ImportChange::Left {
            self.import.replies.push(SavedForm {
                workspace: self.by.workspace,
                agent: self.by.id,
                fresh: fresh!(ReplyId, self.desk.now()),
                form,
            });
        }
        let name = format!("/{}", given.shortcut);
        self.item(AuditSubject::Reply, &name, change);
    }

    /// A step with the ids that its names stand for. The rules have seen that they do.
    fn step(&self, step: &FileStep) -> Option<Step> {
        let tag = |name| match self.label(name, false) {
            Some((LabelId::Tag(tag), _)) => Some(tag),
            _ => None,
        };
        Some(match step {
            FileStep::Note(note) => Step::Note(note.clone()),
            FileStep::Category(name) => match self.label(name, true)? {
                (LabelId::Category(category), _) => Step::Category(category),
                (LabelId::Tag(_), _) => return None,
            },
            FileStep::AddTag(name) => Step::AddTag(tag(name)?),
            FileStep::RemoveTag(name) => Step::RemoveTag(tag(name)?),
            FileStep::Transfer(group) => {
                let group = group.as_ref().and_then(|name| self.there.groups.get(name));
                Step::Transfer(group.map_or(Destination::Queue, |id| Destination::Group(*id)))
            }
            FileStep::Snooze(minutes) => Step::Snooze(*minutes),
            FileStep::Resolve(outcome) => Step::Resolve(*outcome),
        })
    }
}
