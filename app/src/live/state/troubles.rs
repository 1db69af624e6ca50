//! Why the last act on a conversation was refused, told where it was done.

use protocol::ConversationId;

use super::{Act, LiveState};

/// One refusal for each conversation at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Troubles(Vec<(ConversationId, Act, String)>);

impl Troubles {
    pub(super) fn tell(&mut self, conversation: ConversationId, act: Act, sentence: String) {
        self.forget(conversation);
        self.0.push((conversation, act, sentence));
    }

    pub(super) fn forget(&mut self, conversation: ConversationId) {
        self.0.retain(|(at, ..)| *at != conversation);
    }
}

impl LiveState {
    /// Why an act on a conversation was refused, if it was the last one.
    pub(crate) fn trouble(&self, conversation: ConversationId) -> Option<(Act, String)> {
        let found = self.troubles.0.iter().find(|(at, ..)| *at == conversation);
        found.map(|(_, act, sentence)| (*act, sentence.clone()))
    }

    /// What went wrong in a conversation is over.
    pub(super) fn forget_trouble(&mut self, conversation: ConversationId) {
        self.troubles.forget(conversation);
    }

    /// The dialog in which a conversation is passed on opens or closes.
    pub(crate) fn passes_on(&mut self, conversation: Option<ConversationId>) {
        if let Some(conversation) = conversation.or(self.passing_on) {
            self.troubles.forget(conversation);
        }
        self.passing_on = conversation;
    }

    /// Whether the place where something was done is on screen: else a notice has to tell.
    pub(super) fn is_in_sight(&self, conversation: ConversationId, act: Act) -> bool {
        match act {
            Act::Transfer => self.passing_on == Some(conversation),
            Act::Claim | Act::Reject | Act::StepIn | Act::Join => {
                self.visited.last() == Some(&conversation)
                    || self.offered_until(conversation).is_some()
            }
            Act::EditContact | Act::EditNote | Act::Merge => {
                self.visited.last() == Some(&conversation)
            }
            Act::Release
            | Act::Resolve(_)
            | Act::Snooze
            | Act::Wake
            | Act::Leave
            | Act::Label
            | Act::PinNote
            | Act::Block(_)
            | Act::Erase => false,
        }
    }
}
