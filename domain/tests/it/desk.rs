//! A desk to play at: two workspaces, a few agents, a visitor, and a clock that is set by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::agent::Assigned;
use domain::chatbot::default_settings;
use domain::command::Reply;
use domain::conversation::Run;
use domain::entry::Body;
use domain::{
    Agent, Chatbot, Command, Controller, Conversation, Done, Entry, Facts, Opening, Refusal, Write,
};
use protocol::entry::{Author, Event, Outcome};
use protocol::person::{Availability, Role};
use protocol::{
    AgentId, ChatbotId, ConversationId, HandoffId, Key, PublicSeq, RunId, Seq, Timestamp,
    VisitorId, WorkspaceId,
};

/// A sentence that asks for a person beyond doubt.
pub(crate) const WISH: &str = "Can I talk to a person?";

macro_rules! made_up {
    ($($name:ident -> $id:ident)*) => {$(
        pub(crate) fn $name(number: u32) -> $id {
            $id::new(Timestamp(i64::from(number)), &[0; 10])
        }
    )*};
}

made_up! {
    workspace -> WorkspaceId
    chatbot -> ChatbotId
    visitor -> VisitorId
    agent -> AgentId
    conversation -> ConversationId
    handoff -> HandoffId
    run -> RunId
    key -> Key
}

/// Owner, online, sees every chatbot.
pub(crate) const ANA: u32 = 1;
/// Agent, online, assigned to the chatbot of the stories.
pub(crate) const BEN: u32 = 2;
/// Owner of another workspace.
pub(crate) const FOREIGN: u32 = 3;
/// Assigned to another chatbot of the workspace.
pub(crate) const UNASSIGNED: u32 = 4;
/// Assigned, but chose to be offline.
pub(crate) const OFFLINE: u32 = 5;
/// Assigned, may hold one chat at once.
pub(crate) const BUSY: u32 = 6;

/// The chatbot of the stories, and another one of the same workspace.
pub(crate) const CHATBOT: u32 = 1;
pub(crate) const OTHER_CHATBOT: u32 = 2;

/// What a story plays on. Every command that is refused is checked to have changed nothing.
pub(crate) struct Desk {
    pub(crate) facts: Facts,
    pub(crate) now: Timestamp,
    /// The conversation that the short forms speak of.
    pub(crate) conversation: ConversationId,
    made: u32,
}

impl Desk {
    pub(crate) fn open() -> Self {
        let mut facts = Facts::default();
        for (number, home) in [(CHATBOT, 1), (OTHER_CHATBOT, 1), (3, 2)] {
            let chatbot = Chatbot {
                id: chatbot(number),
                workspace: workspace(home),
                name: format!("Chatbot {number}"),
                settings: default_settings(),
            };
            facts.chatbots.insert(chatbot.id, Arc::new(chatbot));
        }
        let only = |number| Assigned::Only(vec![chatbot(number)]);
        let team = [
            (ANA, "Ana", 1, Role::Owner, Assigned::All, 5),
            (BEN, "Ben", 1, Role::SupportAgent, only(CHATBOT), 5),
            (FOREIGN, "Cleo", 2, Role::Owner, Assigned::All, 5),
            (
                UNASSIGNED,
                "Dan",
                1,
                Role::Supervisor,
                only(OTHER_CHATBOT),
                5,
            ),
            (OFFLINE, "Eve", 1, Role::Agent, only(CHATBOT), 5),
            (BUSY, "Finn", 1, Role::Agent, only(CHATBOT), 1),
        ];
        for (number, name, home, role, assigned, chat_limit) in team {
            let agent = Agent {
                id: agent(number),
                workspace: workspace(home),
                name: name.to_owned(),
                role,
                chosen: if number == OFFLINE {
                    Availability::Offline
                } else {
                    Availability::Online
                },
                assigned,
                chat_limit,
                load: 0,
            };
            facts.agents.insert(agent.id, agent);
        }
        Self {
            facts,
            now: Timestamp(1_000_000),
            conversation: conversation(1),
            made: 1_000,
        }
    }

    /// Lets time pass.
    pub(crate) fn seconds_pass(&mut self, seconds: i64) {
        self.now = Timestamp(self.now.millis() + seconds * 1_000);
    }

    /// A number nobody used before, for ids and keys.
    pub(crate) fn number(&mut self) -> u32 {
        self.made += 1;
        self.made
    }

    /// A write with a key nobody used before.
    pub(crate) fn write(&mut self) -> Write {
        let number = self.number();
        Write {
            key: key(number),
            digest: i64::from(number),
        }
    }

    /// The visitor's way into the conversation, or to a new one.
    pub(crate) fn opening(&self) -> Opening {
        Opening {
            conversation: self.conversation,
            workspace: workspace(1),
            chatbot: chatbot(CHATBOT),
            visitor: visitor(1),
            visitor_name: "Mira".to_owned(),
        }
    }

    /// Decides one command. A refusal has to leave everything as it was.
    pub(crate) fn decide(&mut self, command: &Command) -> Result<Done, Refusal> {
        let before = told(&self.facts);
        let decided = domain::decide(&mut self.facts, command, self.now);
        if let Err(refusal) = &decided {
            assert_eq!(
                before,
                told(&self.facts),
                "{refusal:?} left something behind"
            );
        }
        decided
    }

    pub(crate) fn try_visitor_says(&mut self, text: &str) -> Result<Done, Refusal> {
        let command = Command::VisitorSays {
            opening: self.opening(),
            write: self.write(),
            text: text.to_owned(),
            run: run(self.number()),
            handoff: handoff(self.number()),
        };
        self.decide(&command)
    }

    pub(crate) fn visitor_says(&mut self, text: &str) -> Done {
        self.try_visitor_says(text)
            .expect("a visitor may always write")
    }

    /// The visitor presses "Talk to a human".
    pub(crate) fn visitor_asks(&mut self) -> HandoffId {
        let command = Command::AskForHuman {
            opening: self.opening(),
            write: self.write(),
            handoff: handoff(self.number()),
        };
        self.decide(&command).expect("a visitor may always ask");
        self.handoff()
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

    pub(crate) fn visitor_reads(&mut self, seq: u64) {
        let command = Command::VisitorReads {
            conversation: self.conversation,
            seq: PublicSeq(seq),
        };
        self.decide(&command).expect("a visitor may always read");
    }

    pub(crate) fn try_says(&mut self, who: u32, text: &str) -> Result<Done, Refusal> {
        let command = Command::AgentSays {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            text: text.to_owned(),
        };
        self.decide(&command)
    }

    pub(crate) fn says(&mut self, who: u32, text: &str) -> Done {
        self.try_says(who, text).expect("this agent may reply")
    }

    pub(crate) fn notes(&mut self, who: u32, text: &str) -> Done {
        let command = Command::AddNote {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            text: text.to_owned(),
        };
        self.decide(&command).expect("this agent may write notes")
    }

    pub(crate) fn try_claims(&mut self, who: u32, handoff: HandoffId) -> Result<Done, Refusal> {
        let command = Command::Claim {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff,
        };
        self.decide(&command)
    }

    /// The agent takes the newest handoff.
    pub(crate) fn claims(&mut self, who: u32) -> Done {
        let handoff = self.handoff();
        self.try_claims(who, handoff).expect("this agent may claim")
    }

    pub(crate) fn try_releases(&mut self, who: u32) -> Result<Done, Refusal> {
        let command = Command::Release {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
        };
        self.decide(&command)
    }

    pub(crate) fn releases(&mut self, who: u32) -> Done {
        self.try_releases(who).expect("this agent may release")
    }

    pub(crate) fn try_resolves(&mut self, who: u32, outcome: Outcome) -> Result<Done, Refusal> {
        let command = Command::Resolve {
            conversation: self.conversation,
            agent: agent(who),
            write: self.write(),
            handoff: self.handoff(),
            outcome,
        };
        self.decide(&command)
    }

    pub(crate) fn resolves(&mut self, who: u32, outcome: Outcome) -> Done {
        self.try_resolves(who, outcome)
            .expect("this agent may resolve")
    }

    pub(crate) fn reads(&mut self, who: u32, seq: u64) {
        let command = Command::AgentReads {
            conversation: self.conversation,
            agent: agent(who),
            seq: Seq(seq),
        };
        self.decide(&command).expect("this agent may read");
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
        };
        self.decide(&command)
    }

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

    /// What the AI is answering now.
    pub(crate) fn run(&self) -> Run {
        self.conversation()
            .run
            .expect("the AI was asked and has not answered yet")
    }

    pub(crate) fn load(&self, who: u32) -> u32 {
        self.facts.agents[&agent(who)].load
    }

    pub(crate) fn choose(&mut self, who: u32, chosen: Availability) {
        let agent = self.facts.agents.get_mut(&agent(who));
        agent.expect("the agent is of the team").chosen = chosen;
    }

    /// The conversation's timeline, oldest first.
    pub(crate) fn entries(&self) -> Vec<&Entry> {
        let changes = self.facts.trail.changes.iter();
        changes
            .filter(|change| change.conversation.id == self.conversation)
            .flat_map(|change| &change.entries)
            .collect()
    }

    /// The timeline in a few words: who wrote, and what.
    pub(crate) fn timeline(&self) -> Vec<String> {
        self.entries()
            .into_iter()
            .map(|entry| {
                let author = match entry.author {
                    Author::Visitor => "visitor".to_owned(),
                    Author::Ai => "ai".to_owned(),
                    Author::System => "system".to_owned(),
                    Author::Agent(id) => self.facts.agents[&id].name.clone(),
                };
                format!("{author}: {}", said(&entry.body))
            })
            .collect()
    }
}

fn said(body: &Body) -> String {
    match body {
        Body::Message { markdown, .. } => markdown.clone(),
        Body::Note { markdown } => format!("({markdown})"),
        Body::Event(Event::HandoffRequested { trigger, .. }) => format!("requested by {trigger:?}"),
        Body::Event(Event::HandoffClaimed { .. }) => "claimed".to_owned(),
        Body::Event(Event::HandoffReleased { .. }) => "released".to_owned(),
        Body::Event(Event::HandoffCancelled { .. }) => "cancelled".to_owned(),
        Body::Event(Event::HandoffResolved { outcome, .. }) => format!("resolved as {outcome:?}"),
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
        "{conversations:#?}\n{agents:#?}\n{known:#?}\n{:#?}",
        facts.trail
    )
}
