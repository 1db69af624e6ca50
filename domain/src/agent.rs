//! An agent as the rules see one: whom they may see, whether they are there, how much they hold.

use core::time::Duration;

pub use protocol::person::Assigned;
use protocol::person::{Availability, Role};
use protocol::settings::WeekTimes;
use protocol::{AgentId, ChatbotId, ConversationId, GroupId, Refusal, Timestamp, WorkspaceId};

use crate::hours;
use crate::permissions::{self, Permission, PermissionSet, Rights};

/// For so long after the last connection an agent counts as connected.
pub const GRACE: Duration = Duration::from_secs(60);

/// A member of the team who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub name: String,
    pub role: Role,
    /// What a custom role takes away from what the role gives.
    pub without: PermissionSet,
    /// What the agent chose, whether connected or not.
    pub chosen: Availability,
    pub presence: Presence,
    /// Whether routing may give them chats.
    pub accepting: bool,
    pub assigned: Assigned,
    pub groups: Vec<GroupId>,
    /// What they speak, as `de` or `pt-BR`.
    pub languages: Vec<String>,
    /// When they work; none is always.
    pub hours: Option<WeekTimes>,
    /// Whether something reaches them without a connection: push, e-mail or SMS.
    pub has_outlet: bool,
    /// When they want to be reached by nothing; none is never.
    pub quiet: Option<WeekTimes>,
    /// The higher goes first.
    pub priority: u32,
    /// How many handoffs this agent may hold at once.
    pub chat_limit: u32,
    /// How many this agent holds now.
    pub load: u32,
    /// The chats they are asked to take now. Known where the whole team is; see
    /// [`crate::Facts::staffed`].
    pub offers: Vec<ConversationId>,
    /// When the last claim began; of two agents the one with the older waits longer for work.
    pub last_claim_at: Option<Timestamp>,
}

/// Whether an agent has a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Connected,
    /// None was there since.
    Gone {
        since: Timestamp,
    },
}

impl Agent {
    /// Whether the agent may see conversations of a chatbot of a workspace.
    pub fn sees(&self, workspace: WorkspaceId, chatbot: ChatbotId) -> bool {
        self.workspace == workspace && self.assigned.includes(chatbot)
    }

    /// What the agent may do.
    pub const fn rights(&self) -> Rights {
        let (role, without) = (self.role, self.without);
        Rights { role, without }
    }

    /// Refuses what the agent's role does not allow.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn may(&self, permission: Permission) -> Result<(), Refusal> {
        if permissions::has(self.rights(), permission) {
            Ok(())
        } else {
            Err(Refusal::NotAllowed)
        }
    }

    /// Since when the agent has no connection, be it for a moment only.
    pub fn unconnected_since(&self) -> Option<Timestamp> {
        match self.presence {
            Presence::Connected => None,
            Presence::Gone { since } => Some(since),
        }
    }

    /// Since when the agent is gone for good; none while connected or within the grace.
    pub fn gone_since(&self, now: Timestamp) -> Option<Timestamp> {
        self.unconnected_since()
            .filter(|since| now >= since.after(GRACE))
    }

    /// Whether it is the agent's working time.
    pub fn works(&self, now: Timestamp) -> bool {
        self.hours
            .as_ref()
            .is_none_or(|times| hours::is_working_time(times, now))
    }

    /// Whether the agent speaks the language of a locale such as `de-CH`, wherever it is spoken: who
    /// writes to somebody in Zurich need not be from there.
    pub fn speaks(&self, locale: &str) -> bool {
        let wanted = primary(locale);
        let mut languages = self.languages.iter();
        languages.any(|tag| primary(tag).eq_ignore_ascii_case(wanted))
    }

    /// Whether the agent left a chat that they hold: by choice, for good, or with their working
    /// hours. Who takes a chat outside of their hours means to stay with it.
    pub fn has_left(&self, claimed_at: Timestamp, now: Timestamp) -> bool {
        self.chosen == Availability::Offline
            || self.gone_since(now).is_some()
            || (self.works(claimed_at) && !self.works(now))
    }

    /// Whether something reaches the agent without a connection now: not within their quiet hours.
    pub fn is_reached(&self, now: Timestamp) -> bool {
        let quiet = self.quiet.as_ref();
        self.has_outlet && !quiet.is_some_and(|times| hours::is_working_time(times, now))
    }

    /// What the agent chose, at most as much as connection and working hours allow. Who is not
    /// connected but can be reached is away.
    pub fn availability(&self, now: Timestamp) -> Availability {
        let connected = match self.gone_since(now) {
            None => Availability::Online,
            Some(_) if self.is_reached(now) => Availability::Away,
            Some(_) => Availability::Offline,
        };
        let working = if self.works(now) {
            Availability::Online
        } else {
            Availability::Offline
        };
        self.chosen.min(connected).min(working)
    }

    /// Refuses one more chat to somebody who is offline or holds enough.
    ///
    /// # Errors
    /// [`Refusal::NotOnline`] or [`Refusal::ChatLimitReached`].
    pub fn has_room(&self) -> Result<(), Refusal> {
        if self.chosen == Availability::Offline {
            return Err(Refusal::NotOnline);
        }
        if self.is_full() {
            return Err(Refusal::ChatLimitReached {
                held: self.load,
                limit: self.chat_limit,
            });
        }
        Ok(())
    }

    /// Whether the agent is asked to take another chat than this one.
    pub fn is_asked(&self, conversation: ConversationId) -> bool {
        self.offers.iter().any(|asked| *asked != conversation)
    }

    /// Whether the agent holds as many chats as the limit allows.
    pub fn is_full(&self) -> bool {
        self.load >= self.chat_limit
    }
}

/// The language of a tag without its script and region (BCP 47, section 2.2.1).
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}
