//! What asks for my attention: a request that I could take, and words of a visitor whom I hold.
//!
//! Whether it makes a sound, shows a notification or is left for later is decided elsewhere.

use protocol::card::{Card, CardState};
use protocol::entry::Author;
use protocol::person::Availability;
use protocol::{AgentId, ConversationId, HandoffId, Timestamp};

use super::LiveState;

/// Something that asks for my attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ring {
    /// A request that waits and that I could take; again when it has waited on.
    Request {
        conversation: ConversationId,
        handoff: HandoffId,
        again: bool,
    },
    /// New words in a conversation that I hold and do not look at.
    Reply { conversation: ConversationId },
    /// A conversation that I put aside is back, because its time came.
    Back { conversation: ConversationId },
    /// A note that names me, in a conversation that I do not look at.
    Mention {
        conversation: ConversationId,
        by: AgentId,
    },
}

/// What I look at, and how often a request rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// The open conversation, while the page is seen.
    pub(crate) at: Option<ConversationId>,
    /// After how long a request rings again.
    pub(crate) again_ms: u64,
}

/// A conversation that I hold, as it was when the bell last listened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    handoff: HandoffId,
    conversation: ConversationId,
    /// The visitor's newest words.
    heard: Timestamp,
    snoozed: bool,
}

/// What has rung already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bell {
    /// The requests that wait for me, and when each rang last.
    rung: Vec<(HandoffId, Timestamp)>,
    /// What I hold, and the visitor's newest words there.
    held: Vec<Held>,
    /// When it began to listen: what was said before is no news.
    since: Option<Timestamp>,
    /// The newest mention that was heard.
    named: Timestamp,
}

impl Bell {
    /// A bell that knows what rang on an earlier page or in another tab.
    pub(crate) fn of_rung(rung: Vec<(HandoffId, Timestamp)>) -> Self {
        Self {
            rung,
            ..Self::default()
        }
    }

    /// What rang, for whoever rings next.
    pub(crate) fn rung(&self) -> &[(HandoffId, Timestamp)] {
        &self.rung
    }

    /// What rings now. Nothing rings twice, and nothing that I did myself.
    pub(crate) fn listen(&mut self, state: &LiveState, look: Look, now: Timestamp) -> Vec<Ring> {
        // A list that may be old rings for nobody.
        if !state.is_live() || state.me.is_none() {
            return Vec::new();
        }
        let mut rings = Vec::new();
        let waits: Vec<_> = state
            .lists
            .all()
            .iter()
            .filter_map(|card| Some((card.conversation, state.calls_me(card)?)))
            .collect();
        // Taken, passed on or over: it is silent, and would ring as new if it came back.
        self.rung
            .retain(|(rung, _)| waits.iter().any(|(_, handoff)| handoff == rung));
        for (conversation, handoff) in waits {
            let own = self.held.iter().any(|held| held.handoff == handoff);
            let rung = self.rung.iter_mut().find(|(rung, _)| *rung == handoff);
            let again = match rung {
                Some((_, at)) if now.millis_since(*at) >= look.again_ms => {
                    *at = now;
                    true
                }
                Some(_) => continue,
                None => {
                    self.rung.push((handoff, now));
                    // Who gives something back need not be told.
                    if own {
                        continue;
                    }
                    false
                }
            };
            rings.push(Ring::Request {
                conversation,
                handoff,
                again,
            });
        }
        let since = *self.since.get_or_insert(now);
        rings.extend(self.replies(state, look, since));
        rings.extend(self.mentions(state, look, since));
        rings
    }

    /// Mentions that are newer than what was heard. The hub's time is close enough to this browser's.
    fn mentions(&mut self, state: &LiveState, look: Look, since: Timestamp) -> Vec<Ring> {
        let heard = self.named.max(since);
        let new = state.mentions.iter().filter(|mention| mention.at > heard);
        let new: Vec<_> = new.copied().collect();
        if let Some(newest) = new.iter().map(|mention| mention.at).max() {
            self.named = newest;
        }
        let elsewhere = new
            .into_iter()
            .filter(|mention| look.at != Some(mention.conversation));
        let ring = |mention: protocol::mention::Mention| Ring::Mention {
            conversation: mention.conversation,
            by: mention.by,
        };
        elsewhere.map(ring).collect()
    }

    fn replies(&mut self, state: &LiveState, look: Look, since: Timestamp) -> Vec<Ring> {
        let mine = state.lists.all().iter().filter(|card| state.answers(card));
        let mut rings = Vec::new();
        let mut now_held = Vec::new();
        for card in mine {
            let CardState::Active {
                handoff,
                claimed_at,
                snooze,
                ..
            } = card.state
            else {
                continue;
            };
            let conversation = card.conversation;
            let at = match card.last.author {
                Author::Visitor => card.last.at,
                Author::Agent(_) | Author::Ai | Author::System => Timestamp(0),
            };
            let before = self.held.iter().find(|held| held.handoff == handoff);
            // Of what I see for the first time, the words from before I took it are no news to me.
            let heard = before.map_or(since.max(claimed_at), |held| held.heard);
            let back = before.is_some_and(|held| held.snoozed) && snooze.is_none();
            match look.at == Some(conversation) {
                true => {}
                false if at > heard => rings.push(Ring::Reply { conversation }),
                false if back => rings.push(Ring::Back { conversation }),
                false => {}
            }
            now_held.push(Held {
                handoff,
                conversation,
                heard: at.max(heard),
                snoozed: snooze.is_some(),
            });
        }
        self.held = now_held;
        rings
    }
}

impl LiveState {
    /// The handoff of a card that asks me: I am online, it is offered to me or to everybody, and I
    /// have not passed it on.
    fn calls_me(&self, card: &Card) -> Option<HandoffId> {
        let CardState::Pending { handoff, offer, .. } = card.state else {
            return None;
        };
        let me = self.me?;
        let member = self.member(me)?;
        let asked = match offer {
            Some(offer) => offer.agent == me,
            None => member.accepting,
        };
        let there = member.availability == Availability::Online;
        (asked && there && !card.declined_by.contains(&me)).then_some(handoff)
    }
}
