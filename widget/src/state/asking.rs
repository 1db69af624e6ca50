//! The ways to a person: the button, and the assistant's proposal.

use protocol::PublicSeq;
use protocol::entry::{PublicBody, PublicEntry, PublicEvent};
use protocol::visitor::StateLine;

use super::{State, Wish};

impl State {
    /// Whether a person is being asked for, by whatever button.
    pub(crate) fn is_asking(&self) -> bool {
        self.wants(&Wish::AskForHuman) || self.wants(&Wish::AnswerProposal(true))
    }

    /// Whether "Talk to a human" has a point now.
    pub(crate) fn may_ask(&self) -> bool {
        let widget = self.widget.as_ref();
        let Some(after) = widget.and_then(|widget| widget.handoff_button) else {
            return false;
        };
        let nobody_has_it = matches!(
            self.line,
            Some(
                StateLine::Assistant
                    | StateLine::LeaveDetails
                    | StateLine::ByMail
                    | StateLine::Closed
            )
        );
        let is_message = |entry: &&PublicEntry| matches!(entry.body, PublicBody::Message(_));
        nobody_has_it
            && !self.is_asking()
            && (self.more || self.entries.iter().filter(is_message).count() >= after as usize)
    }

    /// What the assistant proposed, as long as it is not answered.
    pub(super) fn proposal(&self) -> Option<(PublicSeq, &str)> {
        let answered = self
            .drafts
            .iter()
            .any(|draft| matches!(draft.wish, Wish::AnswerProposal(_)));
        if self.line != Some(StateLine::Proposed) || answered {
            return None;
        }
        let mut events = self.entries.iter().rev();
        let proposed = events.find_map(|entry| match &entry.body {
            // The line may still be the one before the answer.
            PublicBody::Event(PublicEvent::Proposed { message }) => {
                Some(Some((entry.seq, message.as_str())))
            }
            PublicBody::Event(_) => Some(None),
            PublicBody::Message(_) => None,
        });
        proposed.flatten()
    }
}
