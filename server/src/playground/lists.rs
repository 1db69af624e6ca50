//! What the agents of a playground work with: the modules, labels and saved replies of the real workspace.

use domain::agent::Assigned;
use protocol::forms::ReplyForm;
use protocol::label::{LabelId, Labels};
use protocol::module::ModuleRule;
use protocol::reply::{SavedReply, Share, Step};
use protocol::{AgentId, CategoryId, ChatbotId, Refusal, TagId, WorkspaceId};

use super::failed;
use crate::desk::Desk;
use crate::store::{Failed, LabelSaved, SavedForm};

/// What is copied. Nobody's own replies, and none of another chatbot.
pub(super) struct Lists {
    rules: Vec<ModuleRule>,
    labels: Labels,
    replies: Vec<SavedReply>,
}

/// Reads them as somebody sees them who is assigned to every chatbot.
pub(super) async fn read(
    real: &Desk,
    workspace: WorkspaceId,
    chatbot: ChatbotId,
    by: AgentId,
) -> Result<Lists, Refusal> {
    let unreadable = |error| failed(error, "lists could not be read");
    let store = &real.store;
    let by = store.agent(by).await.map_err(unreadable)?;
    let mut by = by.ok_or(Refusal::NotFound)?;
    by.assigned = Assigned::All;
    let mut replies = store.replies(&by).await.map_err(unreadable)?;
    replies.retain(|reply| match reply.share {
        Share::Workspace => true,
        Share::Chatbot(of) => of == chatbot,
        Share::Own => false,
    });
    Ok(Lists {
        rules: store.module_rules(workspace).await.map_err(unreadable)?,
        labels: store.labels(workspace).await.map_err(unreadable)?,
        replies,
    })
}

/// Writes them down, before there are agents whose rights they change.
pub(super) async fn write(
    desk: &Desk,
    (workspace, owner): (WorkspaceId, AgentId),
    lists: Lists,
) -> Result<(), Failed> {
    let Lists {
        rules,
        labels,
        replies,
    } = lists;
    for mut rule in rules {
        // The workspace's own roles are not here.
        rule.roles.clear();
        if rule != ModuleRule::new(rule.module) {
            desk.store.save_module((workspace, owner), rule).await?;
        }
    }
    let categories = labels.categories.iter().filter(|one| !one.retired);
    let categories: Vec<_> = categories.map(|one| (one.id, one.name.clone())).collect();
    let tags = labels.tags.iter().filter(|one| !one.retired);
    let tags: Vec<_> = tags.map(|one| (one.id, one.name.clone())).collect();
    let there = There {
        categories: categories.iter().map(|(id, _)| *id).collect(),
        tags: tags.iter().map(|(id, _)| *id).collect(),
    };
    let categories = categories
        .into_iter()
        .map(|(id, name)| (LabelId::Category(id), name));
    let tags = tags.into_iter().map(|(id, name)| (LabelId::Tag(id), name));
    for (label, name) in categories.chain(tags) {
        let saved = LabelSaved::Added { label, name };
        desk.store.save_label(workspace, saved).await?;
    }
    for reply in replies {
        let fresh = reply.id;
        let Some(form) = there.form(reply) else {
            continue;
        };
        let saved = SavedForm {
            workspace,
            agent: owner,
            fresh,
            form,
        };
        desk.store.save_reply(saved).await?;
    }
    Ok(())
}

/// What a step of a reply may name here.
struct There {
    categories: Vec<CategoryId>,
    tags: Vec<TagId>,
}

impl There {
    /// The reply without what is not here: its files, and steps to people and groups. None when nothing
    /// is left of it.
    fn form(&self, reply: SavedReply) -> Option<ReplyForm> {
        let steps = reply.steps.into_iter().filter(|step| match step {
            Step::Category(id) => self.categories.contains(id),
            Step::AddTag(id) | Step::RemoveTag(id) => self.tags.contains(id),
            Step::Transfer(_) => false,
            Step::Note(_) | Step::Snooze(_) | Step::Resolve(_) => true,
        });
        let steps: Vec<_> = steps.collect();
        (!reply.text.is_empty() || !steps.is_empty()).then_some(ReplyForm {
            id: None,
            version: 0,
            share: reply.share,
            shortcut: reply.shortcut,
            title: reply.title,
            text: reply.text,
            steps,
            files: Vec::new(),
        })
    }
}
