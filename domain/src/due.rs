//! When time changes something in a conversation.

use core::time::Duration;

use protocol::Timestamp;
use protocol::settings::{OnDeadline, Settings};

use crate::conversation::Conversation;
use crate::handoff::{Form, HandoffState, Holding};

impl Conversation {
    /// When time changes something here at the earliest, as the settings are now: a proposal or an
    /// offer expires, a deadline passes, a reply is late, an unanswered chat goes back, a silent visitor is
    /// warned.
    pub fn due(&self, settings: &Settings) -> Option<Timestamp> {
        let handoff = self.handoff.as_ref()?;
        match &handoff.state {
            HandoffState::Proposed { until } => Some(*until),
            HandoffState::Pending(waiting) => {
                let offer = waiting.offer.map(|offer| offer.until);
                let deadline = self.deadline(settings).into_iter();
                offer
                    .into_iter()
                    .chain(deadline)
                    .chain(self.late_at(settings))
                    .min()
            }
            HandoffState::Active(Holding {
                snooze: Some(snooze),
                ..
            }) => snooze.until,
            HandoffState::Active(_) => {
                let requeue = self.requeue_at(settings);
                let idle = self.idle_at(settings).into_iter();
                requeue
                    .into_iter()
                    .chain(idle)
                    .chain(self.late_at(settings))
                    .min()
            }
            HandoffState::Missed { .. }
            | HandoffState::Resolved { .. }
            | HandoffState::Cancelled { .. } => None,
        }
    }

    /// When the pending handoff has waited for too long; none when that was told already.
    pub(crate) fn deadline(&self, settings: &Settings) -> Option<Timestamp> {
        let handoff = self.handoff.as_ref()?;
        let waiting = handoff.waiting()?;
        let told = handoff.form != Form::NotAsked;
        let once = settings.queue.on_deadline == OnDeadline::KeepWaiting;
        let deadline = minutes(settings.queue.deadline_minutes);
        (!(told && once)).then(|| waiting.since.after(deadline))
    }

    /// When the unanswered chat of a lost agent goes back to the queue.
    pub(crate) fn requeue_at(&self, settings: &Settings) -> Option<Timestamp> {
        let after = minutes(settings.routing.requeue_minutes?);
        let HandoffState::Active(holding) = self.handoff.as_ref()?.state else {
            return None;
        };
        // Whoever put it aside said themselves when they are there again.
        if holding.snooze.is_some() {
            return None;
        }
        let unanswered = self.unanswered_since?;
        let lost = holding.lost_since?.max(holding.claim.at);
        Some(lost.max(unanswered).after(after))
    }

    /// When a visitor who does not go on is warned, or the chat closed for them.
    pub(crate) fn idle_at(&self, settings: &Settings) -> Option<Timestamp> {
        let idle = settings.idle;
        let HandoffState::Active(holding) = self.handoff.as_ref()?.state else {
            return None;
        };
        // Only who has the visitor's silence to wait for: an answer is never owed to us.
        if !idle.enabled || self.unanswered_since.is_some() || holding.snooze.is_some() {
            return None;
        }
        let last = self.last.as_ref().map(|last| last.at).max(holding.woken_at);
        Some(match holding.warned_at {
            Some(warned) => warned.after(minutes(idle.close_minutes)),
            None => {
                let quiet = last.map_or(holding.claim.at, |last| last.max(holding.claim.at));
                quiet.after(minutes(idle.warn_minutes))
            }
        })
    }
}

pub(crate) fn minutes(minutes: u32) -> Duration {
    Duration::from_secs(u64::from(minutes) * 60)
}
