//! A conversation: who controls it, its numbers, and what lists show of it.

use protocol::attachment::Attachment;
use protocol::card::{CardState, Channel, Files, LastLine};
use protocol::entry::Author;
use protocol::targets::{Clock, FirstReply};
use protocol::{
    AgentId, CategoryId, ChatbotId, ConversationId, PublicSeq, RunId, Seq, TagId, Timestamp,
    VisitorId, WorkspaceId, limits,
};

use crate::command::{Opening, Write};
use crate::entry::{Body, Entry};
use crate::handoff::{Claim, Form, Handoff, HandoffState, Holding};
use crate::text;

/// Everything said between one visitor and one chatbot on one channel, less the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub id: ConversationId,
    pub workspace: WorkspaceId,
    pub chatbot: ChatbotId,
    pub visitor: VisitorId,
    pub visitor_name: String,
    /// The visitor's language, such as `de-CH`.
    pub locale: String,
    pub channel: Channel,
    pub created_at: Timestamp,
    /// Raised by every change; of two cards the higher is the newer.
    pub version: u64,
    pub last_seq: Seq,
    pub last_public_seq: PublicSeq,
    /// Raised whenever control passes on. What the AI began under an older epoch is thrown away.
    pub control_epoch: u64,
    /// The newest handoff, open or over.
    pub handoff: Option<Handoff>,
    /// Closed by a person and not written in since.
    pub closed: bool,
    /// How many questions in a row the AI had no answer to.
    pub unsure: u32,
    /// The visitor declined a person whom the AI proposed; it does not ask again until one came.
    pub wants_no_person: bool,
    /// When time changes something here at the earliest; see [`Conversation::due`].
    pub due_at: Option<Timestamp>,
    /// The AI's open attempt to answer.
    pub run: Option<Run>,
    /// The first entry the AI may know of.
    pub ai_from: Seq,
    pub last: Option<LastLine>,
    /// The visitor's messages the team has not read.
    pub unread: u32,
    /// The visitor's newest message.
    pub last_by_visitor: Option<(Seq, PublicSeq)>,
    /// Since when the visitor waits for a reply of a person.
    pub unanswered_since: Option<Timestamp>,
    pub read_by_team: PublicSeq,
    pub read_by_visitor: PublicSeq,
    /// What it is about.
    pub category: Option<CategoryId>,
    /// In the order in which they were put on, each once.
    pub tags: Vec<TagId>,
    /// The visitor is blocked: they can write no more.
    pub blocked: bool,
    /// The reply that the team owes; see [`Conversation::owed`].
    pub clock: Option<Clock>,
    /// The first words of a person in the newest handoff.
    pub first_reply: Option<FirstReply>,
    /// When the clock began that was told to be late last.
    pub told_late: Option<Timestamp>,
}

/// How many of which kind.
fn files(attachments: &[Attachment]) -> Files {
    let pictures = attachments.iter().filter(|file| file.picture.is_some());
    let pictures = pictures.count() as u32;
    Files {
        pictures,
        others: attachments.len() as u32 - pictures,
    }
}

/// One attempt of the AI to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    pub epoch: u64,
    /// The message it answers.
    pub question: Seq,
}

/// Who answers now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Controller {
    Ai,
    Waiting,
    Human(AgentId),
    Closed,
}

/// The one line that tells the visitor who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Assistant,
    /// The AI asks whether to fetch a person.
    Proposed,
    Waiting,
    /// Nobody could answer; the visitor may leave details.
    LeaveDetails,
    /// The visitor left details.
    ByMail,
    Person(AgentId),
    Closed,
}

impl Conversation {
    /// A conversation in which nothing was said yet.
    pub fn open(opening: &Opening, now: Timestamp) -> Self {
        Self {
            id: opening.conversation,
            workspace: opening.workspace,
            chatbot: opening.chatbot,
            visitor: opening.visitor,
            visitor_name: opening.visitor_name.clone(),
            locale: opening.locale.clone(),
            channel: Channel::Web,
            created_at: now,
            version: 0,
            last_seq: Seq(0),
            last_public_seq: PublicSeq(0),
            control_epoch: 0,
            handoff: None,
            closed: false,
            unsure: 0,
            wants_no_person: false,
            due_at: None,
            run: None,
            ai_from: Seq(1),
            last: None,
            unread: 0,
            last_by_visitor: None,
            unanswered_since: None,
            read_by_team: PublicSeq(0),
            read_by_visitor: PublicSeq(0),
            category: None,
            tags: Vec::new(),
            blocked: false,
            clock: None,
            first_reply: None,
            told_late: None,
        }
    }

    /// Who answers beside the holder.
    pub fn participants(&self) -> &[AgentId] {
        match &self.handoff {
            Some(handoff) => &handoff.participants,
            None => &[],
        }
    }

    /// Who answers now. Follows from the handoff, so that the two cannot disagree.
    pub fn controller(&self) -> Controller {
        match self.handoff.as_ref().map(|handoff| &handoff.state) {
            Some(HandoffState::Pending(_)) => Controller::Waiting,
            Some(HandoffState::Active(holding)) => Controller::Human(holding.claim.agent),
            _ if self.closed => Controller::Closed,
            _ => Controller::Ai,
        }
    }

    /// What the visitor is told of who answers: exactly one line, whatever the state.
    pub fn line(&self) -> Line {
        let handoff = self.handoff.as_ref();
        let missed = |handoff: &&Handoff| matches!(handoff.state, HandoffState::Missed { .. });
        match self.controller() {
            Controller::Waiting => Line::Waiting,
            Controller::Human(agent) => Line::Person(agent),
            Controller::Closed => Line::Closed,
            Controller::Ai => match handoff.map(|handoff| &handoff.state) {
                Some(HandoffState::Proposed { .. }) => Line::Proposed,
                _ => match handoff.filter(missed).map(|handoff| handoff.form) {
                    Some(Form::Asked { .. }) => Line::LeaveDetails,
                    Some(Form::Sent { .. }) => Line::ByMail,
                    _ => Line::Assistant,
                },
            },
        }
    }

    /// Whether the visitor may leave details now.
    pub fn asks_for_details(&self) -> bool {
        let handoff = self.handoff.as_ref();
        handoff.is_some_and(|handoff| matches!(handoff.form, Form::Asked { .. }))
    }

    /// The handoff that is proposed, pending or active.
    pub fn open_handoff(&self) -> Option<&Handoff> {
        self.handoff.as_ref().filter(|handoff| handoff.is_open())
    }

    /// Who is asked to take it now.
    pub fn offered_to(&self) -> Option<AgentId> {
        let waiting = self.handoff.as_ref().and_then(Handoff::waiting)?;
        waiting.offer.map(|offer| offer.agent)
    }

    /// The claim that is open now.
    pub fn claim(&self) -> Option<Claim> {
        self.handoff.as_ref().and_then(Handoff::claim)
    }

    /// What lists show of its state.
    pub fn card_state(&self) -> CardState {
        let Some(handoff) = &self.handoff else {
            return CardState::Assistant;
        };
        match &handoff.state {
            HandoffState::Pending(waiting) => CardState::Pending {
                handoff: handoff.id,
                trigger: handoff.trigger,
                waiting_since: handoff.waiting_since(),
                offer: waiting.offer,
            },
            HandoffState::Active(Holding { claim, snooze, .. }) => CardState::Active {
                handoff: handoff.id,
                agent: claim.agent,
                claimed_at: claim.at,
                unanswered_since: self.unanswered_since,
                snooze: *snooze,
            },
            HandoffState::Missed { reason, at } => CardState::Missed {
                handoff: handoff.id,
                reason: *reason,
                at: *at,
                details: matches!(handoff.form, Form::Sent { .. }),
            },
            HandoffState::Resolved { claim, outcome, at } => CardState::Resolved {
                handoff: handoff.id,
                agent: claim.agent,
                outcome: *outcome,
                at: *at,
            },
            HandoffState::Proposed { .. } | HandoffState::Cancelled { .. } => CardState::Assistant,
        }
    }

    /// The time by which lists sort it.
    pub fn sorts_by(&self) -> Timestamp {
        let last = self.last.as_ref().map_or(self.created_at, |last| last.at);
        self.card_state().sorts_by(last)
    }

    pub(crate) fn holding_mut(&mut self) -> Option<&mut Holding> {
        match &mut self.handoff.as_mut()?.state {
            HandoffState::Active(holding) => Some(holding),
            _ => None,
        }
    }

    /// Control passes on: whatever the AI has under way is void from here.
    pub(crate) fn pass_control(&mut self) {
        self.control_epoch += 1;
        self.run = None;
    }

    /// Writes the next entry and keeps what lists show in step with it.
    pub(crate) fn append(
        &mut self,
        author: Author,
        body: Body,
        write: Option<Write>,
        now: Timestamp,
    ) -> Entry {
        self.last_seq = self.last_seq.next();
        let public_seq = body.is_public().then(|| {
            self.last_public_seq = self.last_public_seq.next();
            self.last_public_seq
        });
        if let Body::Message {
            markdown,
            attachments,
            ..
        } = &body
        {
            self.last = Some(LastLine {
                author,
                text: text::cut(markdown, limits::LAST_LINE),
                at: now,
                files: files(attachments),
            });
            match author {
                Author::Visitor => {
                    self.unread += 1;
                    self.last_by_visitor = Some((self.last_seq, self.last_public_seq));
                    self.unanswered_since.get_or_insert(now);
                    if let Some(holding) = self.holding_mut() {
                        holding.warned_at = None;
                    }
                }
                Author::Agent(_) => {
                    self.note_first_reply(now);
                    self.unanswered_since = None;
                    if let Some(holding) = self.holding_mut() {
                        holding.warned_at = None;
                    }
                }
                Author::Ai | Author::System => {}
            }
        }
        Entry {
            conversation: self.id,
            seq: self.last_seq,
            public_seq,
            at: now,
            write,
            author,
            body,
        }
    }
}
