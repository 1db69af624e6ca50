//! Tells a conversation again from its entries alone: nothing may follow on what it must not follow
//! on, and at the end everything has to be as the conversation says.

use std::collections::HashSet;

use domain::entry::Body;
use domain::{Controller, Conversation, Entry};
use protocol::card::Tab;
use protocol::entry::{
    Author, Destination, Event, MissedReason, Outcome, Passed, Released, Taken, Woken,
};
use protocol::label::LabelChange;
use protocol::{AgentId, CategoryId, HandoffId, PublicSeq, Seq, TagId, Timestamp};

use super::kept::written_by;

/// Where the story stands.
struct Told {
    controller: Controller,
    newest: Option<HandoffId>,
    /// The newest handoff is proposed.
    proposed: bool,
    /// The newest handoff was missed.
    missed: bool,
    /// The newest handoff has a lead: when it comes to nothing it is missed.
    owed: bool,
    offered_to: Option<AgentId>,
    /// The visitor was told that the message arrived, since it waits this time.
    acknowledged: bool,
    /// Handoffs that ever were.
    seen: HashSet<HandoffId>,
    /// How often control has passed on at least.
    steps: u64,
    /// Whether the visitor said something that the AI may still answer.
    asked: bool,
    /// The visitor's words came just before.
    fresh: bool,
    unread: u32,
    unanswered_since: Option<Timestamp>,
    last_by_visitor: Option<(Seq, PublicSeq)>,
    last: Option<(Author, Timestamp)>,
    ai_from: Seq,
    /// Its holder put it aside.
    snoozed: bool,
    category: Option<CategoryId>,
    tags: Vec<TagId>,
    blocked: bool,
    participants: Vec<AgentId>,
}

pub(super) fn check<'a>(conversation: &Conversation, entries: impl Iterator<Item = &'a Entry>) {
    let mut told = Told {
        controller: Controller::Ai,
        newest: None,
        proposed: false,
        missed: false,
        owed: false,
        offered_to: None,
        acknowledged: false,
        seen: HashSet::new(),
        steps: 0,
        asked: false,
        fresh: false,
        unread: 0,
        unanswered_since: None,
        last_by_visitor: None,
        last: None,
        ai_from: Seq(1),
        snoozed: false,
        category: None,
        tags: Vec::new(),
        blocked: false,
        participants: Vec::new(),
    };
    let (mut seq, mut public_seq) = (Seq(0), PublicSeq(0));
    let mut writes = HashSet::new();
    for entry in entries {
        seq = seq.next();
        assert_eq!(seq, entry.seq, "seq has a gap");
        if is_for_the_team_only(&entry.body) {
            assert_eq!(None, entry.public_seq, "the visitor sees {entry:?}");
        } else {
            public_seq = public_seq.next();
            assert_eq!(Some(public_seq), entry.public_seq, "public_seq has a gap");
        }
        if let Some(write) = entry.write {
            let writer = written_by(entry.author).expect("the AI and the system have no keys");
            assert!(writes.insert((writer, write.key)), "a key was used twice");
        }
        match &entry.body {
            Body::Message { markdown, .. } => told.message(entry, markdown, public_seq),
            Body::Note { .. } | Body::NoteEdited { .. } => {
                assert!(matches!(entry.author, Author::Agent(_)))
            }
            Body::Event(event) => told.event(event, entry),
        }
    }
    assert_eq!(seq, conversation.last_seq);
    assert_eq!(public_seq, conversation.last_public_seq);
    told.ends_as(conversation);
}

fn is_for_the_team_only(body: &Body) -> bool {
    matches!(
        body,
        Body::Note { .. }
            | Body::NoteEdited { .. }
            | Body::Event(
                Event::HandoffOffered { .. }
                    | Event::HandoffRejected { .. }
                    | Event::HandoffSnoozed { .. }
                    | Event::HandoffWoken { .. }
                    | Event::HandoffLeft { .. }
                    | Event::Labelled(_)
                    | Event::NotePinned { .. }
                    | Event::Blocked(_)
                    | Event::ReplyOverdue { .. }
                    | Event::Rated { .. }
                    | Event::Thumbed { .. }
            )
    )
}

impl Told {
    fn message(&mut self, entry: &Entry, markdown: &str, public_seq: PublicSeq) {
        self.last = Some((entry.author, entry.at));
        self.fresh = false;
        match entry.author {
            Author::Visitor => {
                assert!(!self.blocked, "a blocked visitor wrote");
                if self.controller == Controller::Closed {
                    self.controller = Controller::Ai;
                }
                self.last_by_visitor = Some((entry.seq, public_seq));
                self.unread += 1;
                self.unanswered_since.get_or_insert(entry.at);
                self.asked = !matches!(self.controller, Controller::Human(_));
                self.fresh = self.asked;
            }
            Author::Ai if self.controller == Controller::Waiting => {
                let waiting = domain::settings::defaults().messages.texts.waiting;
                if markdown == waiting {
                    assert!(!self.acknowledged, "it was said twice");
                    self.acknowledged = true;
                } else {
                    assert!(self.asked, "the AI spoke without a question");
                    self.asked = false;
                }
            }
            Author::Ai => {
                assert_eq!(
                    Controller::Ai,
                    self.controller,
                    "the AI spoke over somebody"
                );
                assert!(self.asked, "the AI spoke without a question");
                (self.unread, self.unanswered_since, self.asked) = (0, None, false);
            }
            Author::Agent(agent) => {
                let held = Controller::Human(agent) == self.controller;
                let joined = self.participants.contains(&agent);
                assert!(held || joined, "spoke without a claim");
                (self.unread, self.unanswered_since) = (0, None);
            }
            Author::System => panic!("the system says nothing yet"),
        }
    }

    /// An event that must not follow on what was before fails the test.
    fn event(&mut self, event: &Event, entry: &Entry) {
        let author = entry.author;
        let fresh = self.fresh;
        self.fresh = false;
        match event {
            Event::HandoffProposed { handoff, .. } => {
                assert_eq!((Controller::Ai, Author::Ai), (self.controller, author));
                assert!(!self.proposed && !self.missed);
                self.begins(*handoff);
                self.proposed = true;
            }
            Event::ProposalEnded { handoff, by } => {
                assert!(self.proposed && self.newest == Some(*handoff));
                assert!(matches!(by, Author::Visitor | Author::System) && *by == author);
                self.proposed = false;
            }
            Event::HandoffRequested { handoff, .. } => {
                assert!(matches!(
                    self.controller,
                    Controller::Ai | Controller::Closed
                ));
                assert!(matches!(author, Author::Visitor | Author::Ai));
                if self.proposed {
                    assert_eq!(Some(*handoff), self.newest);
                    assert_eq!(Author::Visitor, author, "the visitor says yes");
                } else {
                    self.begins(*handoff);
                }
                (self.proposed, self.missed) = (false, false);
                self.unanswered_since.get_or_insert(entry.at);
                self.waits();
                self.asked = fresh;
                self.fresh = fresh;
            }
            Event::HandoffOffered { handoff, agent, .. } => {
                self.is_waiting(*handoff);
                assert_eq!((Author::System, None), (author, self.offered_to));
                self.offered_to = Some(*agent);
            }
            Event::HandoffRejected {
                handoff,
                agent,
                why,
            } => {
                self.is_waiting(*handoff);
                match why {
                    Passed::Rejected => assert_eq!(Author::Agent(*agent), author),
                    Passed::Expired | Passed::Withdrawn => {
                        let asked = (Author::System, Some(*agent));
                        assert_eq!(asked, (author, self.offered_to));
                    }
                }
                self.offered_to = self.offered_to.filter(|asked| asked != agent);
            }
            Event::HandoffClaimed {
                handoff,
                agent,
                how,
                ..
            } => {
                if self.missed {
                    self.unanswered_since.get_or_insert(entry.at);
                }
                self.claimed(*handoff, *agent, *how, author);
            }
            Event::HandoffReleased {
                handoff,
                agent,
                why,
            } => {
                self.is_held(*handoff, *agent);
                let by = match why {
                    Released::Given => Author::Agent(*agent),
                    Released::Lost | Released::Unassigned => Author::System,
                };
                assert_eq!(by, author);
                self.unanswered_since.get_or_insert(entry.at);
                self.waits();
            }
            Event::HandoffTransferred {
                handoff,
                by,
                from,
                to,
                ..
            } => {
                assert_eq!(Author::Agent(*by), author);
                match from {
                    Some(from) => self.is_held(*handoff, *from),
                    None => assert!(
                        self.newest == Some(*handoff)
                            && (self.missed || self.controller == Controller::Waiting)
                    ),
                }
                self.missed = false;
                self.unanswered_since.get_or_insert(entry.at);
                match to {
                    Destination::Agent(agent) => self.holds(*agent),
                    Destination::Group(_) | Destination::Queue => self.waits(),
                }
            }
            Event::HandoffCancelled { handoff, by, .. } => {
                self.is_waiting(*handoff);
                assert_eq!(*by, author);
                (self.unread, self.unanswered_since) = (0, None);
                self.controller = Controller::Ai;
                self.offered_to = None;
                self.missed = self.owed;
                match author {
                    Author::Visitor => (self.steps, self.asked) = (self.steps + 1, false),
                    Author::System => self.fresh = fresh,
                    _ => panic!("{author:?} cancelled"),
                }
            }
            Event::HandoffOverdue { handoff, .. } => {
                self.is_waiting(*handoff);
                assert_eq!(Author::System, author);
            }
            Event::HandoffMissed {
                handoff, reason, ..
            } => {
                self.is_waiting(*handoff);
                assert_eq!(Author::System, author);
                assert!(*reason != MissedReason::OutOfHours || self.offered_to.is_none());
                self.offered_to = None;
                (self.missed, self.owed) = (true, true);
                self.controller = Controller::Ai;
                self.steps += 1;
                self.asked = fresh;
                self.fresh = fresh;
            }
            Event::FormSent { handoff, .. } => {
                assert_eq!((Author::Visitor, Some(*handoff)), (author, self.newest));
                assert!(self.missed || self.controller == Controller::Waiting);
                self.owed = true;
            }
            Event::IdleWarned { handoff, .. } => {
                assert_eq!((Author::System, Some(*handoff)), (author, self.newest));
                assert!(matches!(self.controller, Controller::Human(_)));
                assert_eq!(None, self.unanswered_since, "who waits is not idle");
            }
            Event::HandoffResolved {
                handoff,
                agent,
                outcome,
                ..
            } => {
                self.snoozed = false;
                self.participants.clear();
                if *outcome == Outcome::Spam {
                    // What nobody has goes through the hands of whoever blocks.
                    assert_eq!(Some(*handoff), self.newest);
                } else {
                    self.is_held(*handoff, *agent);
                }
                self.controller = match (outcome, author) {
                    (Outcome::RestoredToAi, Author::Agent(by)) if by == *agent => Controller::Ai,
                    (Outcome::Closed, Author::Agent(by)) if by == *agent => Controller::Closed,
                    (Outcome::AutoClosed, Author::System) => Controller::Closed,
                    (Outcome::Spam, Author::Agent(_)) => Controller::Closed,
                    other => panic!("nobody may choose {other:?}"),
                };
                (self.unread, self.unanswered_since, self.asked) = (0, None, false);
                self.steps += 1;
                self.ai_from = entry.seq.next();
            }
            Event::HandoffSnoozed { handoff, agent, .. } => {
                self.is_held(*handoff, *agent);
                assert_eq!(Author::Agent(*agent), author);
                self.snoozed = true;
                self.fresh = fresh;
            }
            Event::HandoffWoken { handoff, why } => {
                assert!(self.snoozed && self.newest == Some(*handoff));
                let by_hand = matches!(author, Author::Agent(_));
                assert_eq!(*why == Woken::Agent, by_hand);
                self.snoozed = false;
            }
            Event::HandoffJoined { handoff, agent, .. } => {
                assert_eq!(
                    (Author::Agent(*agent), Some(*handoff)),
                    (author, self.newest)
                );
                assert!(matches!(self.controller, Controller::Human(_)));
                assert_ne!(Controller::Human(*agent), self.controller);
                assert!(!self.participants.contains(agent));
                self.participants.push(*agent);
                self.fresh = fresh;
            }
            Event::HandoffLeft { agent, .. } => {
                assert_eq!(Author::Agent(*agent), author);
                assert!(self.participants.contains(agent));
                self.participants.retain(|participant| participant != agent);
                self.fresh = fresh;
            }
            Event::ReplyOverdue { handoff, .. } => {
                assert_eq!((Author::System, Some(*handoff)), (author, self.newest));
                let open = matches!(self.controller, Controller::Human(_) | Controller::Waiting);
                assert!(open && !self.snoozed, "nobody owes a reply");
                self.fresh = fresh;
            }
            Event::Rated { .. } | Event::Thumbed { .. } => {
                assert_eq!(Author::Visitor, author);
                self.fresh = fresh;
            }
            Event::NotePinned { .. } => {
                assert!(matches!(author, Author::Agent(_)));
                self.fresh = fresh;
            }
            Event::Blocked(blocked) => {
                assert!(matches!(author, Author::Agent(_)));
                assert_ne!(self.blocked, *blocked);
                self.blocked = *blocked;
                self.fresh = fresh;
                if *blocked {
                    self.controller = Controller::Closed;
                    (self.unread, self.unanswered_since, self.asked) = (0, None, false);
                    self.steps += 1;
                    self.ai_from = entry.seq.next();
                }
            }
            Event::Labelled(change) => {
                assert!(matches!(author, Author::Agent(_)));
                match change {
                    LabelChange::Category(category) => {
                        assert_ne!(self.category, *category);
                        self.category = *category;
                    }
                    LabelChange::AddTag(tag) => {
                        assert!(!self.tags.contains(tag));
                        self.tags.push(*tag);
                    }
                    LabelChange::RemoveTag(tag) => {
                        assert!(self.tags.contains(tag));
                        self.tags.retain(|found| found != tag);
                    }
                }
                self.fresh = fresh;
            }
        }
    }

    fn claimed(&mut self, handoff: HandoffId, agent: AgentId, how: Taken, author: Author) {
        match how {
            Taken::Assigned => assert_eq!(Author::System, author),
            Taken::Claimed | Taken::SteppedIn => assert_eq!(Author::Agent(agent), author),
        }
        assert!(!matches!(self.controller, Controller::Human(_)));
        if self.offered_to.is_some() {
            assert_eq!(Some(agent), self.offered_to, "somebody else was asked");
        }
        let free = self.missed || self.proposed || self.controller == Controller::Waiting;
        if how == Taken::SteppedIn && !free {
            self.begins(handoff);
        } else {
            assert!(free && self.newest == Some(handoff));
            assert!(!self.proposed || how == Taken::SteppedIn);
        }
        self.holds(agent);
    }

    fn begins(&mut self, handoff: HandoffId) {
        assert!(self.seen.insert(handoff), "a handoff began twice");
        self.newest = Some(handoff);
        self.owed = self.missed;
    }

    fn waits(&mut self) {
        self.participants.clear();
        self.controller = Controller::Waiting;
        self.snoozed = false;
        self.offered_to = None;
        self.acknowledged = false;
        self.asked = false;
        self.steps += 1;
    }

    fn holds(&mut self, agent: AgentId) {
        self.participants.clear();
        self.controller = Controller::Human(agent);
        self.snoozed = false;
        self.offered_to = None;
        self.asked = false;
        (self.proposed, self.missed) = (false, false);
        self.steps += 1;
    }

    fn is_waiting(&self, handoff: HandoffId) {
        let waiting = (Controller::Waiting, Some(handoff));
        assert_eq!(waiting, (self.controller, self.newest));
    }

    fn is_held(&self, handoff: HandoffId, agent: AgentId) {
        let held = (Controller::Human(agent), Some(handoff));
        assert_eq!(held, (self.controller, self.newest));
    }

    fn ends_as(&self, conversation: &Conversation) {
        assert_eq!(self.controller, conversation.controller());
        let aside = conversation.card_state().tab() == Tab::Snoozed;
        assert_eq!(self.snoozed, aside);
        assert_eq!(self.category, conversation.category);
        assert_eq!(self.tags, conversation.tags);
        assert_eq!(self.blocked, conversation.blocked);
        let joined = conversation.handoff.as_ref();
        let joined = joined.map_or(&[][..], |handoff| &handoff.participants);
        assert_eq!(self.participants, joined);
        assert!(
            conversation.control_epoch >= self.steps,
            "the epoch did not rise"
        );
        assert_eq!(self.last_by_visitor, conversation.last_by_visitor);
        assert_eq!(self.unanswered_since, conversation.unanswered_since);
        let shown = conversation.last.as_ref();
        assert_eq!(self.last, shown.map(|last| (last.author, last.at)));
        assert_eq!(self.ai_from, conversation.ai_from);
        assert!(
            conversation.unread <= self.unread,
            "more unread than was written"
        );
        assert!(conversation.read_by_team <= conversation.last_public_seq);
        assert!(conversation.read_by_visitor <= conversation.last_public_seq);
        let newest = conversation.handoff.as_ref();
        assert_eq!(self.newest, newest.map(|handoff| handoff.id));
        let offer = newest.and_then(|handoff| handoff.waiting()?.offer);
        if self.controller == Controller::Waiting {
            assert_eq!(self.offered_to, offer.map(|offer| offer.agent));
        }
        if let Some(run) = conversation.run {
            assert_eq!(conversation.control_epoch, run.epoch);
            // A bare no to a proposal is no question: the attempt before it goes on.
            let last = self.last_by_visitor.map(|(seq, _)| seq);
            assert!(Some(run.question) <= last);
            assert!(self.asked, "the AI answers nothing");
        }
    }
}
