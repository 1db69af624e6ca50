//! Until when the team owes the visitor a reply, in opening hours.
//!
//! The clock of the first reply runs from the request for a person to the first words of one; that of
//! the next reply from the visitor's earliest message without an answer, while a person has it or it
//! waits for one again. What is put aside has no clock, and starts a new one when it is back.

use protocol::Timestamp;
use protocol::settings::Settings;
use protocol::targets::{Clock, FirstReply, Owed};

use crate::conversation::Conversation;
use crate::due::minutes;
use crate::handoff::{Handoff, HandoffState, Holding};
use crate::hours;

impl Conversation {
    /// The reply that the team owes now, as the settings are now.
    pub fn owed(&self, settings: &Settings) -> Option<Clock> {
        let handoff = self.handoff.as_ref()?;
        let woken_at = match &handoff.state {
            HandoffState::Pending(_) => None,
            HandoffState::Active(Holding {
                snooze: None,
                woken_at,
                ..
            }) => *woken_at,
            _ => return None,
        };
        let targets = settings.targets;
        let (owed, since, target) = match self.first_reply {
            None => {
                let target = targets.first_reply_minutes?;
                (Owed::FirstReply, handoff.waiting_since(), target)
            }
            Some(_) => {
                let target = targets.next_reply_minutes?;
                (Owed::NextReply, self.unanswered_since?, target)
            }
        };
        let since = woken_at.map_or(since, |woken| woken.max(since));
        let at = |time| hours::open_time_after(&settings.hours, since, time);
        let target = minutes(target);
        Some(Clock {
            owed,
            since,
            warn_at: at(target * 3 / 4)?,
            due_at: at(target)?,
        })
    }

    /// When the reply that is owed will be late; none when that was told already, of this clock or of
    /// one that began later: who takes a chat up again and gives it back turns the clock back.
    pub(crate) fn late_at(&self, settings: &Settings) -> Option<Timestamp> {
        let clock = self.owed(settings)?;
        let told = self.told_late.is_some_and(|told| told >= clock.since);
        (!told).then_some(clock.due_at)
    }

    /// A handoff begins: its first reply is owed.
    pub(crate) fn begin(&mut self, handoff: Handoff) {
        self.first_reply = None;
        self.handoff = Some(handoff);
    }

    /// A person has written: if nobody had before, these are the first words.
    pub(crate) fn note_first_reply(&mut self, now: Timestamp) {
        let Some(handoff) = self.handoff.as_ref().filter(|_| self.first_reply.is_none()) else {
            return;
        };
        let since = handoff.waiting_since();
        let seconds = now.millis_since(since) / 1000;
        // What was told late stays late, also while the chat is put aside and has no clock.
        let told = self.told_late.is_some_and(|told| told >= since);
        self.first_reply = Some(FirstReply {
            seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
            late: told || self.clock.is_some_and(|clock| clock.due_at <= now),
        });
    }
}
