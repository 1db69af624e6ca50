//! An admin reads a file of settings in: looked at first, and then all of it or nothing.

use std::collections::{BTreeSet, HashMap};

use domain::Agent;
use domain::import::{Known, checked};
use protocol::audit::AuditSubject;
use protocol::data::{
    DataView, FileReply, FileStep, ImportChange, ImportItem, ImportPlan, ImportTrouble,
    ImportWrong, SettingsFile,
};
use protocol::entry::Destination;
use protocol::forms::ReplyForm;
use protocol::label::{LabelId, Labels};
use protocol::reply::{SavedReply, Share, Step};
use protocol::settings::SettingsLayer;
use protocol::{AgentId, CategoryId, ChatbotId, GroupId, Refusal, ReplyId, TagId};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::export_settings::{keeper, shared_replies, unreadable};
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::random::fresh;
use crate::store::{ChatbotSaved, Import, LabelSaved, ListedChatbot, Saved, SavedForm};

/// What the file comes to that this agent sent.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_data(desk: &Desk, agent: AgentId) -> Result<DataView, Refusal> {
    let by = keeper(desk, agent).await?;
    let file = desk.store.staged_import(by.workspace, by.id).await;
    let file = file.map_err(|error| unreadable(&error))?;
    let Some(file) = file else {
        return Ok(DataView { read: None });
    };
    let read = match plan(desk, &by, &file).await? {
        Ok((plan, _)) => Ok(plan),
        Err(trouble) => Err(trouble),
    };
    Ok(DataView { read: Some(read) })
}

/// Keeps a file to be looked at.
///
/// # Errors
/// As [`load_data`].
pub(crate) async fn stage(desk: &Desk, agent: AgentId, file: String) -> Result<(), Refusal> {
    let by = keeper(desk, agent).await?;
    // PostgreSQL keeps no text with it, and JSON holds none.
    let file = file.replace('\0', "\u{fffd}");
    Ok(desk
        .store
        .stage_import(by.workspace, by.id, Some(file))
        .await?)
}

/// Reads the file in as it was shown, or puts it away without a digest.
///
/// # Errors
/// [`Refusal::SettingsChanged`] when it would do something else by now, and as [`load_data`].
pub(crate) async fn end_import(
    desk: &Desk,
    agent: AgentId,
    digest: Option<String>,
) -> Result<(), Refusal> {
    let by = keeper(desk, agent).await?;
    let Some(digest) = digest else {
        return Ok(desk.store.stage_import(by.workspace, by.id, None).await?);
    };
    let file = desk.store.staged_import(by.workspace, by.id).await;
    let file = file.map_err(|error| unreadable(&error))?;
    let file = file.ok_or(Refusal::NotFound)?;
    let Ok((plan, import)) = plan(desk, &by, &file).await? else {
        return Err(Refusal::SettingsChanged);
    };
    if plan.digest != digest {
        return Err(Refusal::SettingsChanged);
    }
    desk.store.import_settings(import).await?;
    let changed = desk.store.chatbots(by.workspace).await;
    for one in changed.map_err(|error| unreadable(&error))? {
        desk.hub.publish_widget(&one);
    }
    if let Ok(labels) = desk.store.labels(by.workspace).await {
        desk.hub.publish_labels(by.workspace, labels);
    }
    desk.hub.tell_replies_changed(by.workspace);
    desk.routing.changed(by.workspace, Why::Settings);
    desk.queue_news.changed(by.workspace);
    Ok(())
}

/// What is there already, by the names that files use.
struct There {
    groups: HashMap<String, GroupId>,
    chatbots: Vec<ListedChatbot>,
    labels: Labels,
    replies: Vec<SavedReply>,
}

/// What a file would change, and how.
async fn plan(
    desk: &Desk,
    by: &Agent,
    text: &str,
) -> Result<Result<(ImportPlan, Import), ImportTrouble>, Refusal> {
    let groups = desk.store.groups(by.workspace).await;
    let groups = groups.map_err(|error| unreadable(&error))?.into_iter();
    let chatbots = desk.store.listed_chatbots(by.workspace).await;
    let labels = desk.store.labels(by.workspace).await;
    let there = There {
        groups: groups.map(|group| (group.name, group.id)).collect(),
        chatbots: chatbots.map_err(|error| unreadable(&error))?,
        labels: labels.map_err(|error| unreadable(&error))?,
        replies: shared_replies(desk, by).await?,
    };
    let known = Known {
        chatbots: there.chatbots.iter().map(|one| one.name.clone()).collect(),
        categories: lower(there.labels.categories.iter().map(|one| &one.name)),
        tags: lower(there.labels.tags.iter().map(|one| &one.name)),
    };
    let file = match read(text).and_then(|file| checked(file, &known)) {
        Ok(file) => file,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let mut planning = Planning {
        desk,
        by,
        there,
        items: Vec::new(),
        no_groups: BTreeSet::new(),
        import: Import {
            workspace: by.workspace,
            agent: by.id,
            labels: Vec::new(),
            chatbots: Vec::new(),
            settings: Vec::new(),
            replies: Vec::new(),
        },
    };
    planning.labels(&file);
    let names = planning.layers(&file).await?;
    for reply in &file.replies {
        planning.reply(reply, &names);
    }
    let Planning {
        items,
        no_groups,
        import,
        ..
    } = planning;
    let shown = serde_json::to_vec(&items).unwrap_or_default();
    let digest = Sha256::new().chain_update(text).chain_update(shown);
    let plan = ImportPlan {
        digest: hex::encode(digest.finalize()),
        no_groups: no_groups.into_iter().collect(),
        items,
    };
    Ok(Ok((plan, import)))
}

fn lower<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    names.map(|name| name.to_lowercase()).collect()
}

/// A file, with nothing in it that would be passed over.
fn read(text: &str) -> Result<SettingsFile, ImportTrouble> {
    let unreadable = |error: serde_json::Error| ImportTrouble {
        place: format!("{}:{}", error.line(), error.column()),
        wrong: ImportWrong::Unreadable(error.to_string()),
    };
    let file: SettingsFile = serde_json::from_str(text).map_err(unreadable)?;
    let given: Value = serde_json::from_str(text).map_err(unreadable)?;
    let kept = serde_json::to_value(&file).map_err(unreadable)?;
    match passed_over("", &given, &kept) {
        None => Ok(file),
        Some(place) => Err(ImportTrouble {
            place,
            wrong: ImportWrong::UnknownField,
        }),
    }
}

/// The place of the first field that reading has passed over.
fn passed_over(place: &str, given: &Value, kept: &Value) -> Option<String> {
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => given.iter().find_map(|(name, value)| {
            let place = match place {
                "" => name.clone(),
                place => format!("{place}.{name}"),
            };
            match kept.get(name) {
                Some(kept) => passed_over(&place, value, kept),
                None => Some(place),
            }
        }),
        (Value::Array(given), Value::Array(kept)) => {
            let both = given.iter().zip(kept).enumerate();
            let mut both = both.map(|(at, (given, kept))| (format!("{place}[{at}]"), given, kept));
            both.find_map(|(place, given, kept)| passed_over(&place, given, kept))
        }
        _ => None,
    }
}

/// What is found out on the way.
struct Planning<'a> {
    desk: &'a Desk,
    by: &'a Agent,
    there: There,
    items: Vec<ImportItem>,
    no_groups: BTreeSet<String>,
    import: Import,
}

impl Planning<'_> {
    fn item(&mut self, subject: AuditSubject, name: &str, change: ImportChange) {
        self.items.push(ImportItem {
            subject,
            name: name.to_owned(),
            change,
        });
    }

    fn labels(&mut self, file: &SettingsFile) {
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
    async fn layers(&mut self, file: &SettingsFile) -> Result<HashMap<String, ChatbotId>, Refusal> {
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

    fn reply(&mut self, given: &FileReply, names: &HashMap<String, ChatbotId>) {
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
