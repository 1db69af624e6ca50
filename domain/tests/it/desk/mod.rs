//! A desk to play at: two workspaces, a few agents, a visitor, and a clock that is set by hand.

mod look;
mod settings;
mod team;
mod time;
mod visitor;

use std::sync::Arc;

use domain::agent::{Assigned, Presence};
use domain::{Agent, Chatbot, Command, Done, Facts, Fresh, Opening, Refusal, Write};
use protocol::person::{Availability, Role};
use protocol::{
    AgentId, CategoryId, ChatbotId, ConversationId, GroupId, HandoffId, Key, LeadId, RunId, TagId,
    Timestamp, VisitorId, WorkspaceId,
};

pub(crate) use look::told;

/// A sentence that asks for a person beyond doubt.
pub(crate) const WISH: &str = "Can I talk to a person?";
/// A sentence that asks whether there are people.
pub(crate) const UNCLEAR_WISH: &str = "Do you have human support?";

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
    group -> GroupId
    conversation -> ConversationId
    handoff -> HandoffId
    lead -> LeadId
    run -> RunId
    key -> Key
    category -> CategoryId
    tag -> TagId
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

/// A group with Ben in it.
pub(crate) const GROUP: u32 = 1;

/// Something that happens at a desk.
pub(crate) type Step = fn(&mut Desk);

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
                settings: domain::settings::defaults(),
                archived: false,
                picture: None,
                assistant: true,
            };
            facts.chatbots.insert(chatbot.id, Arc::new(chatbot));
        }
        for agent in team() {
            facts.agents.insert(agent.id, agent);
        }
        facts.staffed.extend([workspace(1), workspace(2)]);
        Self {
            facts,
            now: Timestamp(1_000_000),
            conversation: conversation(1),
            made: 1_000,
        }
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

    /// Ids nobody used before.
    pub(crate) fn fresh(&mut self) -> Fresh {
        Fresh {
            handoff: handoff(self.number()),
            lead: lead(self.number()),
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
            locale: "en".to_owned(),
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
}

/// Everybody there is, connected and accepting.
fn team() -> Vec<Agent> {
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
    let agents = team.map(|(number, name, home, role, assigned, chat_limit)| Agent {
        id: agent(number),
        workspace: workspace(home),
        name: name.to_owned(),
        role,
        chosen: if number == OFFLINE {
            Availability::Offline
        } else {
            Availability::Online
        },
        presence: Presence::Connected,
        accepting: true,
        assigned,
        groups: if number == BEN {
            vec![group(GROUP)]
        } else {
            Vec::new()
        },
        languages: Vec::new(),
        hours: None,
        has_outlet: false,
        quiet: None,
        priority: 0,
        chat_limit,
        load: 0,
        offers: Vec::new(),
        last_claim_at: None,
        without: domain::permissions::PermissionSet::NONE,
    });
    agents.to_vec()
}
