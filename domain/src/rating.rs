//! Which handoff a visitor may rate, and for how long; and of which answer a thumb says something.

use core::time::Duration;

use protocol::entry::Outcome;
use protocol::settings::RatingSettings;
use protocol::{AgentId, ConversationId, PublicSeq, Timestamp, limits};

use crate::command::Command;
use crate::conversation::Conversation;
use crate::handoff::{Handoff, HandoffState};

/// The handoff that the visitor may rate now, and who held it: the newest, when a person wrote something
/// in it and it ended, not as spam and not too long ago.
pub fn ratable(
    conversation: &Conversation,
    settings: RatingSettings,
    now: Timestamp,
) -> Option<(&Handoff, AgentId)> {
    let handoff = conversation.handoff.as_ref()?;
    let HandoffState::Resolved { claim, outcome, at } = handoff.state else {
        return None;
    };
    let within = Duration::from_secs(u64::from(limits::RATING_DAYS) * 24 * 60 * 60);
    let asked = settings.after_handoff
        && !conversation.blocked
        && conversation.first_reply.is_some()
        && outcome != Outcome::Spam
        && now <= at.after(within);
    asked.then_some((handoff, claim.agent))
}

impl Command {
    /// The answer of the AI that it is about.
    pub fn answer(&self) -> Option<(ConversationId, PublicSeq)> {
        match self {
            Self::ThumbAnswer {
                conversation,
                answer,
                ..
            } => Some((*conversation, *answer)),
            _ => None,
        }
    }
}
