//! The saved replies that I may use, once somebody has asked for them.

use protocol::agent::AgentCommand;
use protocol::reply::{SavedReply, Share};
use protocol::{ChatbotId, ConversationId};

use super::LiveState;
use crate::live::search::matches;

/// How many are offered at once.
const OFFERED: usize = 20;

/// The saved replies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Replies {
    all: Vec<SavedReply>,
    /// Whether a composer has asked for them: from then on they are kept up to date.
    wanted: bool,
}

impl Replies {
    /// Takes in a page of them.
    pub(super) fn add_page(&mut self, from: u32, replies: Vec<SavedReply>) {
        self.all.truncate(from as usize);
        self.all.extend(replies);
    }

    /// Those of a chatbot's conversations that fit to what was typed: by shortcut first, then by
    /// title, then by text.
    pub(crate) fn found(&self, chatbot: ChatbotId, query: &str) -> Vec<SavedReply> {
        let typed = query.trim().to_lowercase();
        let rank = |reply: &SavedReply| {
            if reply.shortcut == typed {
                Some(0)
            } else if reply.shortcut.starts_with(&typed) {
                Some(1)
            } else if matches(&reply.title, &typed) {
                Some(2)
            } else if reply.shortcut.contains(&typed) {
                Some(3)
            } else {
                matches(&reply.text, &typed).then_some(4)
            }
        };
        let here = self.all.iter().filter(|reply| match reply.share {
            Share::Chatbot(of) => of == chatbot,
            Share::Workspace | Share::Own => true,
        });
        let mut found: Vec<_> = here
            .filter_map(|reply| Some((rank(reply)?, reply)))
            .collect();
        // Of the same rank in the order of the team.
        found.sort_by_key(|(rank, _)| *rank);
        let first = found.into_iter().take(OFFERED);
        first.map(|(_, reply)| reply.clone()).collect()
    }
}

impl LiveState {
    /// Whether a composer has asked for them already.
    pub(crate) fn wants_replies(&self) -> bool {
        self.replies.wanted
    }

    /// A composer is open: the replies are asked for once.
    pub(crate) fn want_replies(&mut self) {
        if !self.replies.wanted {
            self.replies.wanted = true;
            self.ask_replies();
        }
    }

    /// They changed, or the connection is a new one.
    pub(super) fn replies_changed(&mut self) {
        if self.replies.wanted {
            self.ask_replies();
        }
    }

    fn ask_replies(&mut self) {
        // Without a connection the next welcome asks.
        if self.is_live() {
            self.asks.push(AgentCommand::ListReplies);
        }
    }

    /// The replies for a conversation that fit to what was typed.
    pub(crate) fn replies_for(&self, conversation: ConversationId, query: &str) -> Vec<SavedReply> {
        let card = self.card(conversation);
        card.map(|card| self.replies.found(card.chatbot, query))
            .unwrap_or_default()
    }

    /// What the variables of a reply stand for in a conversation.
    pub(crate) fn values(&self, conversation: ConversationId) -> domain::reply::Values {
        let visitor = self
            .thread(conversation)
            .and_then(|thread| thread.visitor.as_ref());
        let (visitor_name, visitor_email) = visitor
            .map(|visitor| (visitor.name.clone(), visitor.email.clone()))
            .unwrap_or_default();
        let me = self.me.and_then(|me| self.face(me));
        let chatbot = self.card(conversation).map(|card| card.chatbot);
        let chatbot = self.chatbots.iter().find(|known| Some(known.id) == chatbot);
        domain::reply::Values {
            visitor_name,
            visitor_email,
            agent_name: me.map(|face| face.name.clone()).unwrap_or_default(),
            chatbot_name: chatbot
                .map(|chatbot| chatbot.name.clone())
                .unwrap_or_default(),
        }
    }
}
