//! An admin takes the settings of the workspace along, as one file.

use std::collections::HashMap;

use domain::Agent;
use domain::agent::Assigned;
use domain::permissions::Permission;
use protocol::data::{
    FileChatbot, FileLabel, FileLayer, FileModule, FileReply, FileRole, FileStep, SettingsFile,
    VERSION,
};
use protocol::entry::Destination;
use protocol::label::Labels;
use protocol::reply::{SavedReply, Share, Step};
use protocol::settings::SettingsLayer;
use protocol::{AgentId, ChatbotId, GroupId, Refusal};

use crate::desk::Desk;
use crate::store::StoreError;

/// The file.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn export_settings(desk: &Desk, agent: AgentId) -> Result<SettingsFile, Refusal> {
    let by = keeper(desk, agent).await?;
    let own = desk.store.settings(by.workspace, None).await;
    let own = own.map_err(|error| unreadable(&error))?;
    let own = own.ok_or(Refusal::NotFound)?;
    let groups = desk.store.groups(by.workspace).await;
    let groups = groups.map_err(|error| unreadable(&error))?;
    let groups: HashMap<GroupId, String> = groups
        .into_iter()
        .map(|group| (group.id, group.name))
        .collect();
    let chatbots = desk.store.listed_chatbots(by.workspace).await;
    let chatbots = chatbots.map_err(|error| unreadable(&error))?;
    let labels = desk.store.labels(by.workspace).await;
    let labels = labels.map_err(|error| unreadable(&error))?;
    let replies = shared_replies(desk, &by).await?;
    let names: HashMap<ChatbotId, String> = chatbots
        .iter()
        .map(|chatbot| (chatbot.id, chatbot.name.clone()))
        .collect();
    let replies = replies
        .into_iter()
        .map(|reply| in_file(reply, &names, &labels, &groups));
    let (roles, modules) = of_team(desk, &by).await?;
    let (settings, routing_group) = without_group(own.layer, &groups);
    desk.store.record_export(by.workspace, "settings").await?;
    Ok(SettingsFile {
        baton_settings: VERSION,
        workspace: Some(FileLayer {
            settings,
            routing_group,
        }),
        replies: replies.collect(),
        roles,
        modules,
        chatbots: chatbots
            .into_iter()
            .map(|chatbot| {
                let (settings, routing_group) = without_group(chatbot.layer, &groups);
                FileChatbot {
                    name: chatbot.name,
                    archived: chatbot.archived,
                    settings,
                    routing_group,
                }
            })
            .collect(),
        categories: (labels.categories.iter())
            .map(|one| label(&one.name, one.retired))
            .collect(),
        tags: (labels.tags.iter())
            .map(|one| label(&one.name, one.retired))
            .collect(),
    })
}

/// The workspace's own roles and its modules, for who keeps the team; nothing for anybody else.
async fn of_team(desk: &Desk, by: &Agent) -> Result<(Vec<FileRole>, Vec<FileModule>), Refusal> {
    if by.may(Permission::SaveTeam).is_err() {
        return Ok((Vec::new(), Vec::new()));
    }
    let roles = desk.store.team_roles(by.workspace).await;
    let roles = roles.map_err(|error| unreadable(&error))?;
    let rules = desk.store.module_rules(by.workspace).await;
    let rules = rules.map_err(|error| unreadable(&error))?;
    let modules = rules.into_iter().map(|rule| {
        let without = roles.iter().filter(|role| rule.roles.contains(&role.id));
        FileModule {
            module: rule.module,
            on: rule.on,
            roles: without.map(|role| role.name.clone()).collect(),
            presets: rule.presets,
        }
    });
    let modules = modules.collect();
    let roles = roles.into_iter().map(|role| FileRole {
        name: role.name,
        like: role.like,
        without: role.without,
    });
    Ok((roles.collect(), modules))
}

/// Every reply that others use too, whichever chatbot it is for.
pub(super) async fn shared_replies(desk: &Desk, by: &Agent) -> Result<Vec<SavedReply>, Refusal> {
    let everywhere = Agent {
        assigned: Assigned::All,
        ..by.clone()
    };
    let replies = desk.store.replies(&everywhere).await;
    let mut replies = replies.map_err(|error| unreadable(&error))?;
    replies.retain(|reply| reply.share != Share::Own);
    Ok(replies)
}

fn label(name: &str, retired: bool) -> FileLabel {
    FileLabel {
        name: name.to_owned(),
        retired,
    }
}

/// A layer without the id of its group, and the group's name.
fn without_group(
    mut layer: SettingsLayer,
    groups: &HashMap<GroupId, String>,
) -> (SettingsLayer, Option<String>) {
    let group = layer.routing.as_mut().and_then(|part| part.group.take());
    let name = group.and_then(|group| groups.get(&group).cloned());
    (layer, name)
}

fn in_file(
    reply: SavedReply,
    chatbots: &HashMap<ChatbotId, String>,
    labels: &Labels,
    groups: &HashMap<GroupId, String>,
) -> FileReply {
    let tag = |id| {
        let found = labels.tags.iter().find(|one| one.id == id);
        found.map(|one| one.name.clone())
    };
    let category = |id| {
        let found = labels.categories.iter().find(|one| one.id == id);
        found.map(|one| one.name.clone())
    };
    let steps = reply.steps.into_iter().filter_map(|step| {
        Some(match step {
            Step::Note(note) => FileStep::Note(note),
            Step::Category(id) => FileStep::Category(category(id)?),
            Step::AddTag(id) => FileStep::AddTag(tag(id)?),
            Step::RemoveTag(id) => FileStep::RemoveTag(tag(id)?),
            Step::Transfer(Destination::Group(group)) => {
                FileStep::Transfer(groups.get(&group).cloned())
            }
            // No people leave with the file.
            Step::Transfer(Destination::Agent(_) | Destination::Queue) => FileStep::Transfer(None),
            Step::Snooze(minutes) => FileStep::Snooze(minutes),
            Step::Resolve(outcome) => FileStep::Resolve(outcome),
        })
    });
    FileReply {
        steps: steps.collect(),
        chatbot: match reply.share {
            Share::Chatbot(chatbot) => chatbots.get(&chatbot).cloned(),
            Share::Workspace | Share::Own => None,
        },
        shortcut: reply.shortcut,
        title: reply.title,
        text: reply.text,
    }
}

/// An agent who may change everything that the file holds.
pub(super) async fn keeper(desk: &Desk, agent: AgentId) -> Result<Agent, Refusal> {
    let found = desk.store.agent(agent).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let found = found.ok_or(Refusal::NotFound)?;
    found.may(Permission::SaveSettings)?;
    found.may(Permission::ShareReplies)?;
    Ok(found)
}

pub(super) fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "settings could not be read");
    Refusal::Unavailable
}
