//! What can be seen of a desk.

use std::collections::BTreeMap;

use domain::conversation::Run;
use domain::entry::Body;
use domain::handoff::{Holding, Waiting};
use domain::{Controller, Conversation, Entry, Facts, Handoff, HandoffState, Lead};
use protocol::card::Offer;
use protocol::entry::{Author, Destination, Event, MissedReason};
use protocol::{AgentId, HandoffId};

use super::{Desk, handoff};

impl Desk {
    pub(crate) fn conversation(&self) -> &Conversation {
        &self.facts.conversations[&self.conversation]
    }

    pub(crate) fn controller(&self) -> Controller {
        self.conversation().controller()
    }

    /// The newest handoff; one that never was when nobody asked yet.
    pub(crate) fn handoff(&self) -> HandoffId {
        let found = self.facts.conversations.get(&self.conversation);
        found
            .and_then(|found| found.handoff.as_ref())
            .map_or_else(|| handoff(999), |found| found.id)
    }

    /// The newest handoff, which has to be there.
    pub(crate) fn newest(&self) -> &Handoff {
        let found = self.conversation().handoff.as_ref();
        found.expect("there is a handoff")
    }

    pub(crate) fn waiting(&self) -> Waiting {
        self.newest().waiting().expect("the handoff is pending")
    }

    pub(crate) fn offer(&self) -> Option<Offer> {
        self.waiting().offer
    }

    /// Who is asked now.
    pub(crate) fn offered_to(&self) -> Option<AgentId> {
        self.offer().map(|offer| offer.agent)
    }

    pub(crate) fn holding(&self) -> Holding {
        match self.newest().state {
            HandoffState::Active(holding) => holding,
            ref other => panic!("the handoff is {other:?}"),
        }
    }

    pub(crate) fn missed_for(&self) -> Option<MissedReason> {
        match self.newest().state {
            HandoffState::Missed { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// The lead of the newest handoff.
    pub(crate) fn lead(&self) -> &Lead {
        let lead = self.newest().form.lead().expect("there is a lead");
        &self.facts.trail.leads[&lead]
    }

    /// What the AI is answering now.
    pub(crate) fn run(&self) -> Run {
        self.conversation()
            .run
            .expect("the AI was asked and has not answered yet")
    }

    /// The conversation's timeline, oldest first.
    pub(crate) fn entries(&self) -> Vec<&Entry> {
        let changes = self.facts.trail.changes.iter();
        changes
            .filter(|change| change.conversation.id == self.conversation)
            .flat_map(|change| &change.entries)
            .collect()
    }

    pub(crate) fn last_entry(&self) -> &Entry {
        self.entries().pop().expect("something was written")
    }

    /// The timeline in a few words: who wrote, and what.
    pub(crate) fn timeline(&self) -> Vec<String> {
        let line = |entry: &Entry| {
            let author = match entry.author {
                Author::Visitor => "visitor".to_owned(),
                Author::Ai => "ai".to_owned(),
                Author::System => "system".to_owned(),
                Author::Agent(id) => self.name(id),
            };
            format!("{author}: {}", self.said(&entry.body))
        };
        self.entries().into_iter().map(line).collect()
    }

    /// The newest line of the timeline.
    pub(crate) fn last_line(&self) -> String {
        self.timeline().pop().expect("something was written")
    }

    fn name(&self, id: AgentId) -> String {
        self.facts.agents[&id].name.clone()
    }

    fn said(&self, body: &Body) -> String {
        let event = match body {
            Body::Message { markdown, .. } => return markdown.clone(),
            Body::Note { markdown, .. } => return format!("({markdown})"),
            Body::NoteEdited { markdown, .. } => return format!("(now: {markdown})"),
            Body::Event(event) => event,
        };
        match event {
            Event::HandoffProposed { trigger, .. } => format!("proposed by {trigger:?}"),
            Event::ProposalEnded { .. } => "proposal ended".to_owned(),
            Event::HandoffRequested { trigger, .. } => format!("requested by {trigger:?}"),
            Event::HandoffOffered { agent, .. } => format!("offered to {}", self.name(*agent)),
            Event::HandoffRejected { agent, why, .. } => {
                format!("{why:?} for {}", self.name(*agent))
            }
            Event::HandoffClaimed { .. } => "claimed".to_owned(),
            Event::HandoffReleased { .. } => "released".to_owned(),
            Event::HandoffTransferred { to, .. } => match to {
                Destination::Agent(agent) => format!("passed on to {}", self.name(*agent)),
                Destination::Group(_) => "passed on to a group".to_owned(),
                Destination::Queue => "passed on to the queue".to_owned(),
            },
            Event::HandoffCancelled { .. } => "cancelled".to_owned(),
            Event::HandoffOverdue { .. } => "overdue".to_owned(),
            Event::HandoffMissed { reason, .. } => format!("missed for {reason:?}"),
            Event::FormSent { .. } => "form sent".to_owned(),
            Event::IdleWarned { .. } => "idle warned".to_owned(),
            Event::HandoffResolved { outcome, .. } => format!("resolved as {outcome:?}"),
            Event::HandoffSnoozed { .. } => "snoozed".to_owned(),
            Event::HandoffWoken { why, .. } => format!("woken by {why:?}"),
            Event::HandoffJoined { agent, .. } => format!("joined by {}", self.name(*agent)),
            Event::HandoffLeft { agent, .. } => format!("left by {}", self.name(*agent)),
            Event::Labelled(_) => "labelled".to_owned(),
            Event::NotePinned { pinned: true, .. } => "pinned".to_owned(),
            Event::NotePinned { pinned: false, .. } => "unpinned".to_owned(),
            Event::Blocked(true) => "blocked".to_owned(),
            Event::Blocked(false) => "unblocked".to_owned(),
            Event::ReplyOverdue { owed, .. } => format!("{owed:?} is late"),
            Event::Rated { stars, .. } => format!("rated {stars}"),
            Event::Thumbed { thumb, .. } => format!("thumb {thumb:?}"),
        }
    }
}

/// The facts as one text, in a fixed order.
pub(crate) fn told(facts: &Facts) -> String {
    let conversations: BTreeMap<_, _> = facts.conversations.iter().collect();
    let agents: BTreeMap<_, _> = facts.agents.iter().collect();
    let mut known: Vec<_> = facts
        .known
        .iter()
        .map(|known| format!("{known:?}"))
        .collect();
    known.sort();
    format!(
        "{conversations:?}\n{agents:?}\n{known:?}\n{:?}",
        facts.trail
    )
}
