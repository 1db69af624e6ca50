//! What a visitor and the AI do.

use domain::command::Reply;
use domain::conversation::Run;
use domain::{Command, Done, Refusal};
use protocol::lead::LeadDetails;
use protocol::{HandoffId, PublicSeq};

use super::{Desk, run};

impl Desk {
    pub(crate) fn try_visitor_says(&mut self, text: &str) -> Result<Done, Refusal> {
        let command = Command::VisitorSays {
            opening: self.opening(),
            write: self.write(),
            text: text.to_owned(),
            attachments: Vec::new(),
            run: run(self.number()),
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    pub(crate) fn visitor_says(&mut self, text: &str) -> Done {
        self.try_visitor_says(text)
            .expect("a visitor may always write")
    }

    pub(crate) fn try_visitor_asks(&mut self) -> Result<Done, Refusal> {
        let command = Command::AskForHuman {
            opening: self.opening(),
            write: self.write(),
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    /// The visitor presses "Talk to a human".
    pub(crate) fn visitor_asks(&mut self) -> HandoffId {
        self.try_visitor_asks().expect("a visitor may always ask");
        self.handoff()
    }

    pub(crate) fn try_visitor_answers(&mut self, accept: bool) -> Result<Done, Refusal> {
        let command = Command::AnswerProposal {
            conversation: self.conversation,
            write: self.write(),
            accept,
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    /// The visitor presses yes or no to what the AI proposed.
    pub(crate) fn visitor_answers(&mut self, accept: bool) -> Done {
        self.try_visitor_answers(accept)
            .expect("a proposal may be answered")
    }

    pub(crate) fn try_visitor_cancels(&mut self) -> Result<Done, Refusal> {
        let command = Command::CancelHandoff {
            conversation: self.conversation,
            write: self.write(),
        };
        self.decide(&command)
    }

    pub(crate) fn visitor_cancels(&mut self) -> Done {
        self.try_visitor_cancels()
            .expect("a waiting visitor may cancel")
    }

    pub(crate) fn try_visitor_sends(&mut self, details: LeadDetails) -> Result<Done, Refusal> {
        let command = Command::SendForm {
            opening: self.opening(),
            write: self.write(),
            details,
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    /// The visitor leaves an address in the form.
    pub(crate) fn visitor_sends(&mut self, email: &str) -> Done {
        let details = LeadDetails {
            email: email.to_owned(),
            ..LeadDetails::default()
        };
        self.try_visitor_sends(details)
            .expect("who is asked for details may send them")
    }

    pub(crate) fn visitor_reads(&mut self, seq: u64) {
        let command = Command::VisitorReads {
            conversation: self.conversation,
            seq: PublicSeq(seq),
        };
        self.decide(&command).expect("a visitor may always read");
    }

    /// The AI comes back with an answer to what it was asked.
    pub(crate) fn ai_answers(&mut self, run: Run) -> Result<Done, Refusal> {
        let reply = Reply::Answer {
            markdown: "It **is**.".to_owned(),
            sources: Vec::new(),
            choices: Vec::new(),
        };
        self.ai_replies(run, reply)
    }

    pub(crate) fn ai_replies(&mut self, run: Run, reply: Reply) -> Result<Done, Refusal> {
        let command = Command::AiAnswers {
            conversation: self.conversation,
            run: run.id,
            epoch: run.epoch,
            reply,
            fresh: self.fresh(),
        };
        self.decide(&command)
    }

    /// The visitor asks what the AI does not know.
    pub(crate) fn ai_knows_nothing(&mut self) {
        self.visitor_says("What is the meaning of it all?");
        let run = self.run();
        self.ai_replies(run, Reply::Unknown)
            .expect("the AI may say that it does not know");
    }
}
