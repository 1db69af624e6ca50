//! What stands beside a conversation, for an agent who may see it.

use domain::permissions::{self, Permission};
use protocol::agent::{AgentCommand, AgentEvent, VisitorView};
use protocol::contact::{ContactChange, Panel, Visits};
use protocol::entry::{Author, Entry};
use protocol::erasure::Subject;
use protocol::label::{LabelChange, LabelId};
use protocol::{ConversationId, Key, Refusal, Seq, limits};

use super::agent_commands::{AgentPeer, refused};
use super::connection::Reaction;
use super::pages;
use crate::actions::edit_contact::edit_contact;
use crate::actions::erase::erase;
use crate::actions::merge_contacts::{merge_contacts, split_contact};
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::random;
use crate::store::{ContactEdit, ContactMerge, ContactSplit, Erase, Failed, Known, StoreError};
use crate::wire::{card, entry};

impl AgentPeer {
    /// What one of the panel's own commands leads to.
    pub(super) async fn beside(&self, command: AgentCommand) -> Reaction<AgentEvent> {
        match command {
            AgentCommand::ShowPanel { conversation } => {
                self.said(self.show_panel(conversation).await)
            }
            AgentCommand::LoadNote { conversation, note } => {
                self.said(self.note_text(conversation, note).await)
            }
            AgentCommand::EditContact {
                conversation,
                key,
                version,
                change,
            } => self.edit_contact(conversation, key, (version, change)),
            AgentCommand::MergeContacts {
                conversation,
                key,
                other,
            } => self.merge_contacts(conversation, key, other),
            AgentCommand::SplitContact { conversation, key } => {
                self.split_contact(conversation, key)
            }
            AgentCommand::Erase {
                conversation,
                key,
                subject,
            } => self.erase(conversation, key, subject),
            _ => Reaction::Nothing,
        }
    }

    /// What is known of the visitor, and the notes.
    async fn show_panel(&self, id: ConversationId) -> Result<Vec<AgentEvent>, StoreError> {
        let store = &self.desk.store;
        let Some(found) = self.visible(id).await? else {
            return Ok(vec![AgentEvent::CardGone { conversation: id }]);
        };
        let workspace = found.workspace;
        let known = store.contact(workspace, found.visitor).await?;
        let known = known.unwrap_or_else(|| Known {
            contact: protocol::contact::Contact::default(),
            visitors: vec![(found.visitor, id)],
        });
        let alike = store.alike(workspace, &known).await?;
        let alike = store.newest_of(workspace, alike).await?.into_iter();
        let alike = alike.filter(|other| {
            self.agent.assigned.includes(other.chatbot) || faults::on(Fault::PanelOfAll)
        });
        let Known { contact, visitors } = known;
        let (visitors, ids): (Vec<_>, Vec<_>) = visitors.into_iter().unzip();
        let visits = store.past_visits(workspace, &visitors).await?;
        let others = ids.into_iter().filter(|other| *other != id).collect();
        let others = store.newest_of(workspace, others).await?.into_iter();
        let seen = others.filter(|other| self.agent.assigned.includes(other.chatbot));
        let elsewhere = seen.take(limits::ELSEWHERE);
        let panel = Panel {
            conversation: id,
            contact,
            visits: visits.unwrap_or(Visits {
                count: 0,
                until: found.created_at,
                before: None,
            }),
            elsewhere: elsewhere.map(|other| card::card(&other)).collect(),
            handoffs: store.past_handoffs(workspace, id).await?,
            alike: alike.map(|other| card::card(&other)).collect(),
        };
        let notes = AgentEvent::Notes {
            conversation: id,
            notes: self.notes(id).await?,
        };
        Ok(vec![AgentEvent::Panel(panel), notes])
    }

    /// The pinned notes and the newest others, as many as fit a frame.
    async fn notes(&self, id: ConversationId) -> Result<Vec<Entry>, StoreError> {
        let notes = self.desk.store.notes(self.agent.workspace, id).await?;
        let is_pinned =
            |note: &&domain::Entry| matches!(note.body, domain::Body::Note { pinned: true, .. });
        let (pinned, others): (Vec<_>, Vec<_>) = notes.iter().partition(is_pinned);
        let notes = pinned.into_iter().chain(others);
        Ok(pages::first(notes.map(entry::entry).collect()))
    }

    /// The Markdown of a note of one's own.
    async fn note_text(
        &self,
        conversation: ConversationId,
        note: Seq,
    ) -> Result<Vec<AgentEvent>, StoreError> {
        let store = &self.desk.store;
        let found = match self.visible(conversation).await? {
            Some(found) => store.note(found.workspace, conversation, note).await?,
            None => None,
        };
        let own = found.filter(|found| found.author == Author::Agent(self.agent.id));
        Ok(vec![match own.map(|own| own.body) {
            Some(domain::Body::Note { markdown, .. }) => AgentEvent::NoteText {
                conversation,
                note,
                text: markdown,
            },
            _ => refused(None, Refusal::NotFound, self.desk.now()),
        }])
    }

    /// Changes what the visitor is known by; the answer follows when that is saved.
    fn edit_contact(
        &self,
        conversation: ConversationId,
        key: Key,
        (version, change): (u64, ContactChange),
    ) -> Reaction<AgentEvent> {
        let desk = self.desk.clone();
        let edit = ContactEdit {
            workspace: self.agent.workspace,
            agent: self.agent.id,
            conversation,
            version,
            change,
        };
        Reaction::Later(Box::pin(async move {
            answer(key, edit_contact(&desk, edit).await, &desk)
        }))
    }

    /// Says that two visitors are one person; the answer follows when that is saved.
    fn merge_contacts(
        &self,
        conversation: ConversationId,
        key: Key,
        other: ConversationId,
    ) -> Reaction<AgentEvent> {
        let desk = self.desk.clone();
        let merge = ContactMerge {
            workspace: self.agent.workspace,
            agent: self.agent.id,
            conversation,
            other,
        };
        Reaction::Later(Box::pin(async move {
            answer(key, merge_contacts(&desk, merge).await, &desk)
        }))
    }

    /// Says that they are not; the answer follows when that is saved.
    fn split_contact(&self, conversation: ConversationId, key: Key) -> Reaction<AgentEvent> {
        let desk = self.desk.clone();
        let split = ContactSplit {
            workspace: self.agent.workspace,
            agent: self.agent.id,
            conversation,
            new: random::uuid(desk.now()),
        };
        Reaction::Later(Box::pin(async move {
            answer(key, split_contact(&desk, split).await, &desk)
        }))
    }

    /// Erases for good; the answer follows when that is done.
    fn erase(
        &self,
        conversation: ConversationId,
        key: Key,
        subject: Subject,
    ) -> Reaction<AgentEvent> {
        let (desk, workspace) = (self.desk.clone(), self.agent.workspace);
        let seen = Erase::Seen {
            agent: self.agent.id,
            conversation,
            subject,
        };
        Reaction::Later(Box::pin(async move {
            let erased = erase(&desk, workspace, seen).await;
            answer(key, erased.map(drop), &desk)
        }))
    }

    /// The visitor with the place of their address, and without both for those whose role does not show
    /// addresses.
    pub(super) fn shown(&self, mut visitor: VisitorView) -> VisitorView {
        let sees = permissions::has(self.agent.rights(), Permission::SeeAddresses);
        match sees || faults::on(Fault::AddressShown) {
            true => visitor.location = self.desk.locations.of(&visitor.ip),
            false => visitor.ip.clear(),
        }
        visitor
    }

    /// Whether a label that a command puts on is one of the workspace's, and not retired.
    pub(super) async fn knows_label(&self, command: &AgentCommand) -> Result<bool, StoreError> {
        let label = match command {
            AgentCommand::Label { change, .. } => match change {
                LabelChange::Category(Some(category)) => LabelId::Category(*category),
                LabelChange::AddTag(tag) => LabelId::Tag(*tag),
                // What is taken off may be anything.
                LabelChange::Category(None) | LabelChange::RemoveTag(_) => return Ok(true),
            },
            _ => return Ok(true),
        };
        self.desk.store.has_label(self.agent.workspace, label).await
    }
}

/// The answer to what was saved, or was not.
fn answer(key: Key, saved: Result<(), Failed>, desk: &Desk) -> AgentEvent {
    match saved {
        Ok(()) => AgentEvent::Done { key, seq: None },
        Err(failed) => refused(Some(key), failed.into(), desk.now()),
    }
}
