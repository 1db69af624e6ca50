//! A conversation: who controls it, its numbers, and what lists show of it.

use protocol::card::{CardState, Channel, LastLine};
use protocol::entry::Author;
use protocol::{
    AgentId, ChatbotId, ConversationId, PublicSeq, RunId, Seq, Timestamp, VisitorId, WorkspaceId,
    limits,
};

use crate::command::{Opening, Write};
use crate::entry::{Body, Entry};
use crate::handoff::{Claim, Handoff, HandoffState};
use crate::text;

/// Everything said between one visitor and one chatbot on one channel, less the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub id: ConversationId,
    pub workspace: WorkspaceId,
    pub chatbot: ChatbotId,
    pub visitor: VisitorId,
    pub visitor_name: String,
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

impl Conversation {
    /// A conversation in which nothing was said yet.
    pub fn open(opening: &Opening, now: Timestamp) -> Self {
        Self {
            id: opening.conversation,
            workspace: opening.workspace,
            chatbot: opening.chatbot,
            visitor: opening.visitor,
            visitor_name: opening.visitor_name.clone(),
            channel: Channel::Web,
            created_at: now,
            version: 0,
            last_seq: Seq(0),
            last_public_seq: PublicSeq(0),
            control_epoch: 0,
            handoff: None,
            closed: false,
            run: None,
            ai_from: Seq(1),
            last: None,
            unread: 0,
            last_by_visitor: None,
            unanswered_since: None,
            read_by_team: PublicSeq(0),
            read_by_visitor: PublicSeq(0),
        }
    }

    /// Who answers now. Follows from the handoff, so that the two cannot disagree.
    pub fn controller(&self) -> Controller {
        match self.handoff.as_ref().map(|handoff| &handoff.state) {
            Some(HandoffState::Pending) => Controller::Waiting,
            Some(HandoffState::Active(claim)) => Controller::Human(claim.agent),
            _ if self.closed => Controller::Closed,
            _ => Controller::Ai,
        }
    }

    /// The handoff that is pending or active.
    pub fn open_handoff(&self) -> Option<&Handoff> {
        self.handoff.as_ref().filter(|handoff| handoff.is_open())
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
            HandoffState::Pending => CardState::Pending {
                handoff: handoff.id,
                trigger: handoff.trigger,
                waiting_since: handoff.waiting_since(),
            },
            HandoffState::Active(claim) => CardState::Active {
                handoff: handoff.id,
                agent: claim.agent,
                claimed_at: claim.at,
                unanswered_since: self.unanswered_since,
            },
            HandoffState::Resolved { claim, outcome, at } => CardState::Resolved {
                handoff: handoff.id,
                agent: claim.agent,
                outcome: *outcome,
                at: *at,
            },
            HandoffState::Cancelled { .. } => CardState::Assistant,
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
        if let Body::Message { markdown, .. } = &body {
            self.last = Some(LastLine {
                author,
                text: text::cut(markdown, limits::LAST_LINE),
                at: now,
            });
            match author {
                Author::Visitor => {
                    self.unread += 1;
                    self.last_by_visitor = Some((self.last_seq, self.last_public_seq));
                    self.unanswered_since.get_or_insert(now);
                }
                Author::Agent(_) => self.unanswered_since = None,
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
