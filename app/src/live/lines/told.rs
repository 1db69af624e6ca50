//! What the visitor was told when something happened.

use protocol::entry::Event;

/// What the visitor was told then; empty for nothing.
pub(super) fn told(event: &Event) -> &str {
    match event {
        Event::HandoffProposed { message, .. }
        | Event::HandoffRequested { message, .. }
        | Event::HandoffClaimed { message, .. }
        | Event::HandoffJoined { message, .. }
        | Event::HandoffTransferred { message, .. }
        | Event::HandoffCancelled { message, .. }
        | Event::HandoffOverdue { message, .. }
        | Event::HandoffMissed { message, .. }
        | Event::IdleWarned { message, .. }
        | Event::HandoffResolved { message, .. } => message,
        Event::ProposalEnded { .. }
        | Event::HandoffOffered { .. }
        | Event::HandoffRejected { .. }
        | Event::HandoffReleased { .. }
        | Event::FormSent { .. }
        | Event::HandoffSnoozed { .. }
        | Event::HandoffWoken { .. }
        | Event::HandoffLeft { .. }
        | Event::Labelled(_)
        | Event::NotePinned { .. }
        | Event::Blocked(_)
        | Event::ReplyOverdue { .. }
        | Event::Rated { .. }
        | Event::Thumbed { .. } => "",
    }
}
