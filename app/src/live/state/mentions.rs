//! Notes in which a colleague wrote my name, until I have seen them.

use protocol::agent::AgentCommand;
use protocol::mention::Mention;
use protocol::{AgentId, ConversationId, Timestamp};

use super::LiveState;
use crate::words::t;

impl LiveState {
    /// Somebody named me: it is told at once, unless it was known.
    pub(super) fn mentioned(&mut self, mention: Mention, now: Timestamp) {
        let same = |known: &Mention| {
            (known.conversation, known.seq) == (mention.conversation, mention.seq)
        };
        if self.mentions.iter().any(same) {
            return;
        }
        self.mentions.insert(0, mention);
        let title = t::mentioned_you(&self.name(mention.by));
        let card = self.card(mention.conversation);
        let about = card.map(|card| t::in_conversation_with(&card.visitor.name));
        let text = (title, about.unwrap_or_default());
        self.toasts
            .call(mention.by, text, mention.conversation, now);
    }

    /// They were seen, here or elsewhere.
    pub(super) fn mentions_seen(&mut self, conversation: ConversationId) {
        self.mentions
            .retain(|mention| mention.conversation != conversation);
    }

    /// Whether a note in a conversation names me and I have not seen it.
    pub(crate) fn is_mentioned(&self, conversation: ConversationId) -> bool {
        self.mentions
            .iter()
            .any(|mention| mention.conversation == conversation)
    }

    /// The notes of a conversation are on screen. The hub is told once.
    pub(crate) fn see_mentions(&mut self, conversation: ConversationId) {
        if self.is_live() && self.is_mentioned(conversation) {
            self.mentions_seen(conversation);
            self.asks.push(AgentCommand::SeeMentions { conversation });
        }
    }

    /// The colleagues whose name begins so, oneself left out.
    pub(crate) fn colleagues(&self, query: &str) -> Vec<(AgentId, String)> {
        let typed = query.to_lowercase();
        let others = self.team.iter().filter(|member| Some(member.id) != self.me);
        let fitting = others.filter(|member| {
            let name = member.face.name.to_lowercase();
            name.starts_with(&typed)
                || name
                    .split_whitespace()
                    .any(|word| word.starts_with(typed.trim()))
        });
        fitting
            .map(|member| (member.id, member.face.name.clone()))
            .collect()
    }
}
