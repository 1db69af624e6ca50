//! The log of a playground: what its conversations hold, and what was done to it, in one order.

use domain::{Body, Entry};
use protocol::entry::{Author, Destination, Event, MissedReason, Outcome, Passed, Released, Taken};
use protocol::playground::{PlayLine, PlayStep};
use protocol::{AgentId, Refusal};

use super::failed;
use super::sandbox::Sandbox;

/// Lines that are kept; of more only the newest.
const LINES: usize = 1000;
/// Entries that are read at a time.
const PAGE: u64 = 500;
/// Characters of what was said.
const TEXT: usize = 300;

/// What happened so far.
#[derive(Default)]
pub(super) struct Log {
    lines: Vec<PlayLine>,
    /// How many older lines are not kept any more.
    dropped: u32,
    /// The last entry that was read.
    read: i64,
}

impl Log {
    /// Adds a line.
    pub(super) fn add(&mut self, line: PlayLine) {
        self.lines.push(line);
        if self.lines.len() > LINES {
            let more = self.lines.len() - LINES;
            self.lines.drain(..more);
            self.dropped += u32::try_from(more).unwrap_or(u32::MAX);
        }
    }

    /// Takes in what was written since the last time; whether there was something.
    pub(super) async fn read(&mut self, sandbox: &Sandbox) -> Result<bool, Refusal> {
        let store = &sandbox.desk.store;
        let entries = store.entries_written(sandbox.workspace(), self.read, PAGE);
        let entries = entries.await;
        let entries = entries.map_err(|error| failed(error, "a playground could not be read"))?;
        let any = !entries.is_empty();
        for (id, entry) in entries {
            self.read = id;
            self.add(line(&entry, |agent| sandbox.name(agent)));
        }
        Ok(any)
    }

    /// The lines after so many, and how many there were before them.
    pub(super) fn after(&self, told: u32) -> (u32, Vec<PlayLine>) {
        let skip = told.saturating_sub(self.dropped);
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        let skip = skip.min(self.lines.len());
        let before = self.dropped + u32::try_from(skip).unwrap_or(u32::MAX);
        (before, self.lines[skip..].to_vec())
    }
}

/// An entry as a line.
fn line(entry: &Entry, name: impl Fn(AgentId) -> &'static str) -> PlayLine {
    let mut line = PlayLine {
        at: entry.at,
        step: PlayStep::Other,
        who: String::new(),
        text: String::new(),
        refusal: None,
    };
    match &entry.body {
        Body::Message { markdown, .. } => {
            line.text = short(markdown);
            line.step = match entry.author {
                Author::Visitor => PlayStep::VisitorSaid,
                Author::Ai | Author::System => PlayStep::AssistantSaid,
                Author::Agent(agent) => {
                    line.who = name(agent).to_owned();
                    PlayStep::AgentSaid
                }
            };
        }
        Body::Note { markdown, .. } | Body::NoteEdited { markdown, .. } => {
            line.text = short(markdown);
            line.step = PlayStep::Noted;
            if let Author::Agent(agent) = entry.author {
                line.who = name(agent).to_owned();
            }
        }
        Body::Event(event) => {
            let (step, agent) = step(event);
            line.step = step;
            line.who = agent.map(&name).unwrap_or_default().to_owned();
            if let Event::HandoffTransferred {
                to: Destination::Agent(to),
                ..
            } = event
            {
                line.text = name(*to).to_owned();
            }
        }
    }
    line
}

fn short(text: &str) -> String {
    text.chars().take(TEXT).collect()
}

/// What an event is, and which agent it is about.
fn step(event: &Event) -> (PlayStep, Option<AgentId>) {
    match event {
        Event::HandoffProposed { .. } => (PlayStep::Proposed, None),
        Event::ProposalEnded { .. } => (PlayStep::ProposalEnded, None),
        Event::HandoffRequested { .. } => (PlayStep::Requested, None),
        Event::HandoffOffered { agent, .. } => (PlayStep::Offered, Some(*agent)),
        Event::HandoffRejected { agent, why, .. } => {
            let step = match why {
                Passed::Rejected => PlayStep::Rejected,
                Passed::Expired => PlayStep::Expired,
                Passed::Withdrawn => PlayStep::Withdrawn,
            };
            (step, Some(*agent))
        }
        Event::HandoffClaimed { agent, how, .. } => {
            let step = match how {
                Taken::Claimed => PlayStep::Claimed,
                Taken::Assigned => PlayStep::Assigned,
                Taken::SteppedIn => PlayStep::SteppedIn,
            };
            (step, Some(*agent))
        }
        Event::HandoffReleased { agent, why, .. } => {
            let step = match why {
                Released::Given | Released::Unassigned => PlayStep::Released,
                Released::Lost => PlayStep::Lost,
            };
            (step, Some(*agent))
        }
        Event::HandoffTransferred { by, .. } => (PlayStep::Transferred, Some(*by)),
        Event::HandoffCancelled { .. } => (PlayStep::Cancelled, None),
        Event::HandoffOverdue { .. } => (PlayStep::Overdue, None),
        Event::HandoffMissed { reason, .. } => {
            let step = match reason {
                MissedReason::Timeout => PlayStep::MissedTimeout,
                MissedReason::NoAgent => PlayStep::MissedNobody,
                MissedReason::OutOfHours => PlayStep::MissedClosed,
                MissedReason::VisitorLeft => PlayStep::MissedLeft,
            };
            (step, None)
        }
        Event::FormSent { .. } => (PlayStep::DetailsLeft, None),
        Event::IdleWarned { .. } => (PlayStep::Warned, None),
        Event::HandoffResolved { agent, outcome, .. } => {
            let step = match outcome {
                Outcome::RestoredToAi => PlayStep::Restored,
                Outcome::Closed | Outcome::AutoClosed => PlayStep::Closed,
                Outcome::Spam => PlayStep::Spam,
            };
            (step, Some(*agent))
        }
        Event::HandoffSnoozed { agent, .. } => (PlayStep::Snoozed, Some(*agent)),
        Event::HandoffWoken { .. } => (PlayStep::Woken, None),
        Event::HandoffJoined { agent, .. } => (PlayStep::Joined, Some(*agent)),
        Event::HandoffLeft { agent, .. } => (PlayStep::Left, Some(*agent)),
        Event::ReplyOverdue { .. } => (PlayStep::Late, None),
        Event::Labelled(_)
        | Event::NotePinned { .. }
        | Event::Blocked(_)
        | Event::Rated { .. }
        | Event::Thumbed { .. } => (PlayStep::Other, None),
    }
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    #[test]
    fn lines_are_told_once_and_old_ones_are_dropped() {
        let mut log = Log::default();
        let line = |at| PlayLine {
            at: Timestamp(at),
            step: PlayStep::Other,
            who: String::new(),
            text: String::new(),
            refusal: None,
        };
        for at in 0..1010 {
            log.add(line(at));
        }
        let (before, lines) = log.after(0);
        assert_eq!((10, 1000), (before, lines.len()));
        assert_eq!(Timestamp(10), lines[0].at);
        let (before, lines) = log.after(1008);
        assert_eq!((1008, 2), (before, lines.len()));
        let (before, lines) = log.after(5000);
        assert_eq!((1010, 0), (before, lines.len()));
    }
}
