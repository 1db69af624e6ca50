//! What stands beside an open conversation: its contact, what was before, and its notes.

use std::sync::Arc;

use domain::permissions::Permission;
use protocol::agent::{AgentCommand, AgentEvent};
use protocol::contact::{Contact, ContactChange, Panel};
use protocol::entry::{Body, Entry, Event};
use protocol::erasure::Subject;
use protocol::{ConversationId, Key, Seq};

use super::{Act, LiveState};

/// What is held of the panel of one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Beside {
    pub(crate) panel: Panel,
    /// Pinned ones first, then the newest first.
    pub(crate) notes: Vec<Arc<Entry>>,
    /// The Markdown of a note that I write anew.
    pub(crate) text: Option<(Seq, String)>,
}

impl Beside {
    fn add(&mut self, entry: &Entry) {
        match &entry.body {
            Body::Note(_) => {
                self.notes.retain(|note| note.seq != entry.seq);
                self.notes.push(Arc::new(entry.clone()));
            }
            _ => {
                for note in &mut self.notes {
                    mend(note, entry);
                }
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.notes.sort_by_key(|note| {
            let pinned = matches!(&note.body, Body::Note(note) if note.pinned);
            (!pinned, std::cmp::Reverse(note.seq))
        });
    }
}

/// What a later entry says of a note or an answer.
pub(super) fn mend(held: &mut Arc<Entry>, later: &Entry) {
    match &later.body {
        Body::NoteEdited(edited) if edited.note == held.seq => {
            if let Body::Note(note) = &mut Arc::make_mut(held).body {
                note.text.clone_from(&edited.text);
                note.edited_at = Some(later.at);
            }
        }
        Body::Event(Event::NotePinned { note, pinned }) if *note == held.seq => {
            if let Body::Note(note) = &mut Arc::make_mut(held).body {
                note.pinned = *pinned;
            }
        }
        Body::Event(Event::Thumbed { answer, thumb }) if *answer == held.seq => {
            if let Body::Message(message) = &mut Arc::make_mut(held).body {
                message.thumb = *thumb;
            }
        }
        _ => {}
    }
}

impl LiveState {
    /// Asks for what stands beside a conversation.
    pub(crate) fn show_panel(&mut self, conversation: ConversationId) {
        if self.is_live() {
            self.asks.push(AgentCommand::ShowPanel { conversation });
        }
    }

    /// Takes in what the hub tells of a panel.
    pub(super) fn beside(&mut self, event: AgentEvent) {
        match event {
            AgentEvent::Panel(panel) => {
                let Some(thread) = self.thread_mut(panel.conversation) else {
                    return;
                };
                thread.called(&panel.contact);
                match &mut thread.beside {
                    // Told out of turn: what is newer stays.
                    Some(held) if held.panel.contact.version > panel.contact.version => {}
                    Some(held) => Arc::make_mut(held).panel = panel,
                    none => {
                        *none = Some(Arc::new(Beside {
                            panel,
                            notes: Vec::new(),
                            text: None,
                        }));
                    }
                }
            }
            AgentEvent::Notes {
                conversation,
                notes,
            } => {
                let Some(thread) = self.thread_mut(conversation) else {
                    return;
                };
                // What came meanwhile may be newer than what was read.
                let held: Vec<Arc<Entry>> = thread.timeline.entries().to_vec();
                if let Some(beside) = &mut thread.beside {
                    let beside = Arc::make_mut(beside);
                    let last = notes.iter().map(|note| note.seq).max();
                    beside.notes = notes.into_iter().map(Arc::new).collect();
                    for entry in held.iter().filter(|entry| Some(entry.seq) > last) {
                        beside.add(entry);
                    }
                    beside.sort();
                }
            }
            AgentEvent::PanelChanged { conversation } => {
                let thread = self.thread(conversation);
                let shown = thread.and_then(|thread| thread.beside.as_ref()).is_some();
                shown.then(|| self.show_panel(conversation));
            }
            AgentEvent::ContactChanged {
                conversation,
                contact,
            } => {
                let Some(thread) = self.thread_mut(conversation) else {
                    return;
                };
                thread.called(&contact);
                if let Some(held) = &mut thread.beside
                    && held.panel.contact.version < contact.version
                {
                    let known = &held.panel.contact;
                    let same = known.email == contact.email && known.phone == contact.phone;
                    Arc::make_mut(held).panel.contact = contact;
                    // Others may be alike now.
                    if !same {
                        self.show_panel(conversation);
                    }
                }
            }
            AgentEvent::NoteText {
                conversation,
                note,
                text,
            } => {
                let thread = self.thread_mut(conversation);
                if let Some(held) = thread.and_then(|thread| thread.beside.as_mut()) {
                    Arc::make_mut(held).text = Some((note, text));
                }
            }
            _ => {}
        }
    }

    /// A new entry may say something of the notes, or of the visitor.
    pub(super) fn beside_learns(&mut self, conversation: ConversationId, entry: &Entry) {
        let told = matches!(
            entry.body,
            Body::Event(
                Event::FormSent { .. }
                    | Event::HandoffResolved { .. }
                    | Event::HandoffMissed { .. }
                    | Event::HandoffRequested { .. }
                    | Event::HandoffCancelled { .. }
            )
        );
        // Most entries are messages, and leave the panel as it is: nothing is copied or drawn anew.
        let of_notes = matches!(
            entry.body,
            Body::Note(_) | Body::NoteEdited(_) | Body::Event(Event::NotePinned { .. })
        );
        let thread = self.thread_mut(conversation);
        if let Some(beside) = thread.and_then(|thread| thread.beside.as_mut()) {
            if of_notes {
                Arc::make_mut(beside).add(entry);
            }
            if told {
                self.show_panel(conversation);
            }
        }
    }

    /// What the visitor of an open conversation is known by.
    pub(crate) fn contact(&self, conversation: ConversationId) -> Option<&Contact> {
        let beside = self.thread(conversation)?.beside.as_ref()?;
        Some(&beside.panel.contact)
    }

    /// Changes what the visitor is known by, as it was in the version that I looked at.
    pub(crate) fn edit_contact(
        &mut self,
        conversation: ConversationId,
        (version, change): (u64, ContactChange),
        key: Key,
    ) {
        let command = AgentCommand::EditContact {
            conversation,
            key,
            version,
            change,
        };
        self.ask_live(conversation, Act::EditContact, key, command);
    }

    /// Says that the visitor of another conversation is the same person.
    pub(crate) fn merge(&mut self, conversation: ConversationId, other: ConversationId, key: Key) {
        let command = AgentCommand::MergeContacts {
            conversation,
            key,
            other,
        };
        self.ask_live(conversation, Act::Merge, key, command);
    }

    /// Says that the visitor is nobody of the others of this contact.
    pub(crate) fn split(&mut self, conversation: ConversationId, key: Key) {
        let command = AgentCommand::SplitContact { conversation, key };
        self.ask_live(conversation, Act::Merge, key, command);
    }

    /// Asks for the Markdown of a note of mine, or forgets it.
    pub(crate) fn rewrite(&mut self, conversation: ConversationId, note: Option<Seq>) {
        self.forget_trouble(conversation);
        let thread = self.thread_mut(conversation);
        if let Some(held) = thread.and_then(|thread| thread.beside.as_mut()) {
            Arc::make_mut(held).text = None;
        }
        if let Some(note) = note.filter(|_| self.is_live()) {
            self.asks
                .push(AgentCommand::LoadNote { conversation, note });
        }
    }

    /// Writes a note of mine anew.
    pub(crate) fn edit_note(
        &mut self,
        conversation: ConversationId,
        (note, text): (Seq, String),
        key: Key,
    ) {
        let command = AgentCommand::EditNote {
            conversation,
            key,
            note,
            text,
        };
        self.ask_live(conversation, Act::EditNote, key, command);
    }

    /// Puts a note on top of the others, or back in its place.
    pub(crate) fn pin_note(
        &mut self,
        conversation: ConversationId,
        (note, pinned): (Seq, bool),
        key: Key,
    ) {
        let command = AgentCommand::PinNote {
            conversation,
            key,
            note,
            pinned,
        };
        self.ask_live(conversation, Act::PinNote, key, command);
    }

    /// Whether I may block the visitor now, or let them write again.
    pub(crate) fn can_block(&self, conversation: ConversationId, blocked: bool) -> bool {
        let theirs = matches!(
            self.stand(conversation),
            super::Stand::Colleague(_) | super::Stand::Joined(_)
        );
        let other = self
            .card(conversation)
            .is_some_and(|card| card.blocked != blocked);
        other
            && self.is_live()
            && self.may_do(Permission::BlockVisitors)
            && (!blocked || !theirs || self.may_assign())
    }

    /// Whether I may erase a conversation now.
    pub(crate) fn can_erase(&self, conversation: ConversationId) -> bool {
        self.is_live() && self.may_do(Permission::EraseData) && self.card(conversation).is_some()
    }

    /// How many other conversations the contact has that I may see.
    pub(crate) fn elsewhere(&self, conversation: ConversationId) -> usize {
        let beside = self
            .thread(conversation)
            .and_then(|thread| thread.beside.as_ref());
        beside.map_or(0, |beside| beside.panel.elsewhere.len())
    }

    /// Erases a conversation, or all of its contact, for good.
    pub(crate) fn erase(&mut self, conversation: ConversationId, subject: Subject, key: Key) {
        let command = AgentCommand::Erase {
            conversation,
            key,
            subject,
        };
        self.ask_live(conversation, Act::Erase, key, command);
    }

    /// Blocks the visitor, or lets them write again.
    pub(crate) fn block(&mut self, conversation: ConversationId, blocked: bool, key: Key) {
        if self.can_block(conversation, blocked) {
            let command = AgentCommand::Block {
                conversation,
                key,
                blocked,
            };
            self.ask_live(conversation, Act::Block(blocked), key, command);
        }
    }
}
