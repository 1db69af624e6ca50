//! Who had a conversation before the first entry that is held.

use protocol::card::CardState;
use protocol::entry::{Author, Body, Event, Outcome, Taken};

use super::super::state::Timeline;
use super::Held;

/// Who had the conversation before something happened; none where that does not tell.
fn held_before(event: &Event) -> Option<Held> {
    match event {
        Event::HandoffProposed { .. }
        | Event::ProposalEnded { .. }
        | Event::HandoffRequested { .. }
        | Event::HandoffClaimed {
            how: Taken::SteppedIn,
            ..
        } => Some(Held::Ai),
        Event::HandoffOffered { .. }
        | Event::HandoffRejected { .. }
        | Event::HandoffClaimed { .. }
        | Event::HandoffTransferred { from: None, .. }
        | Event::HandoffCancelled { .. }
        | Event::HandoffOverdue { .. }
        | Event::HandoffMissed { .. } => Some(Held::Waiting),
        Event::HandoffReleased { .. }
        | Event::HandoffTransferred { from: Some(_), .. }
        | Event::IdleWarned { .. }
        | Event::HandoffSnoozed { .. }
        | Event::HandoffWoken { .. }
        | Event::HandoffJoined { .. }
        | Event::HandoffLeft { .. }
        | Event::HandoffResolved { .. } => Some(Held::Person),
        Event::FormSent { .. }
        | Event::Labelled(_)
        | Event::NotePinned { .. }
        | Event::ReplyOverdue { .. }
        | Event::Rated { .. }
        | Event::Thumbed { .. }
        | Event::Blocked(_) => None,
    }
}

/// Who had the conversation before the first entry that is held: the first turn tells, or, without
/// one, how it stands now.
pub(super) fn held_at_start(timeline: &Timeline, state: Option<CardState>) -> Held {
    let mut turns = timeline
        .entries()
        .iter()
        .filter_map(|entry| match &entry.body {
            Body::Event(event) => held_before(event),
            Body::Message(_) | Body::Note(_) | Body::NoteEdited(_) => None,
        });
    match (turns.next(), state) {
        (Some(held), _) => held,
        (None, Some(CardState::Pending { .. })) => Held::Waiting,
        (None, Some(CardState::Active { .. })) => Held::Person,
        (None, Some(CardState::Resolved { outcome, .. })) if outcome != Outcome::RestoredToAi => {
            let spoken = timeline.entries().last();
            let by_ai = spoken.is_some_and(|entry| entry.author == Author::Ai);
            if by_ai { Held::Ai } else { Held::Nobody }
        }
        (None, _) => Held::Ai,
    }
}
