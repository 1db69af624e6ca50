//! Chatbots under attack: far more strangers or messages than usual come to one of them. Until it is over,
//! strangers are let in slowly, by address and by network. Whoever was here before notices nothing.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, RateLimiter};
use protocol::{ChatbotId, Refusal, Timestamp, VisitorId};

use crate::config;
use crate::limits::{check, network, quota};

/// What is counted is counted by the minute.
const MINUTE: Duration = Duration::from_secs(60);

/// Who comes and what is written, chatbot by chatbot.
pub(crate) struct Attacks {
    numbers: config::Attack,
    watched: Mutex<HashMap<ChatbotId, Watch>>,
    visits: Strict,
    messages: Strict,
}

/// What strangers may do meanwhile: in all, from one network, and from one address.
struct Strict {
    all: DefaultKeyedRateLimiter<ChatbotId>,
    by_network: DefaultKeyedRateLimiter<(ChatbotId, IpAddr)>,
    by_address: DefaultKeyedRateLimiter<(ChatbotId, IpAddr)>,
}

impl Strict {
    fn new(all: u32, by_network: u32, by_address: u32) -> Self {
        Self {
            all: RateLimiter::keyed(quota(all, MINUTE)),
            by_network: RateLimiter::keyed(quota(by_network, MINUTE)),
            by_address: RateLimiter::keyed(quota(by_address, MINUTE)),
        }
    }

    /// The narrowest first, so that one address uses up nothing of what all have.
    fn allow(&self, chatbot: ChatbotId, from: IpAddr) -> Result<(), Refusal> {
        check(&self.by_address, &(chatbot, network(from)))?;
        check(&self.by_network, &(chatbot, wide(from)))?;
        check(&self.all, &chatbot)
    }

    fn forget_idle(&self) {
        self.all.retain_recent();
        self.by_network.retain_recent();
        self.by_address.retain_recent();
    }
}

/// What came to one chatbot.
#[derive(Debug, Default)]
struct Watch {
    visits: Minute,
    messages: Minute,
    /// Since when it is under attack, and until when at least.
    attack: Option<(Timestamp, Timestamp)>,
}

/// How many came within the last minute, about: those of this one, and of the one before as much as is
/// left of it.
#[derive(Debug, Default)]
struct Minute {
    number: i64,
    count: u32,
    before: u32,
}

impl Minute {
    fn one_more(&mut self, now: Timestamp) -> u32 {
        let length = 60_000;
        let number = now.millis().div_euclid(length);
        if number != self.number {
            self.before = if number == self.number + 1 {
                self.count
            } else {
                0
            };
            (self.number, self.count) = (number, 0);
        }
        self.count = self.count.saturating_add(1);
        let left = length - now.millis().rem_euclid(length);
        let before = i64::from(self.before) * left / length;
        self.count
            .saturating_add(u32::try_from(before).unwrap_or(u32::MAX))
    }
}

impl Attacks {
    pub(crate) fn new(numbers: &config::Attack) -> Self {
        Self {
            visits: Strict::new(
                numbers.new_visitors_per_minute,
                numbers.visits_per_minute_per_network,
                numbers.visits_per_minute_per_address,
            ),
            messages: Strict::new(
                numbers.messages_per_minute,
                numbers.messages_per_minute_per_network,
                numbers.messages_per_minute_per_address,
            ),
            numbers: numbers.clone(),
            watched: Mutex::default(),
        }
    }

    /// A stranger comes, who was let in so far.
    ///
    /// # Errors
    /// [`Refusal::TooFast`] while the chatbot is under attack and too many came from where they are.
    pub(crate) fn visit(
        &self,
        chatbot: ChatbotId,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let many = self.numbers.new_visitors_per_minute;
        match self.note(chatbot, now, |watch| watch.visits.one_more(now) > many) {
            Some(_) => self.visits.allow(chatbot, from),
            None => Ok(()),
        }
    }

    /// A visitor writes.
    ///
    /// # Errors
    /// [`Refusal::TooFast`] for who came with the attack, when too much comes from where they are.
    pub(crate) fn message(
        &self,
        (chatbot, visitor): (ChatbotId, VisitorId),
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let many = self.numbers.messages_per_minute;
        match self.note(chatbot, now, |watch| watch.messages.one_more(now) > many) {
            // Whoever made it an attack came within the minute before it was known as one.
            Some(since) if came_at(visitor) + 60_000 >= since.millis() => {
                self.messages.allow(chatbot, from)
            }
            _ => Ok(()),
        }
    }

    /// Since when a chatbot is under attack; none while it is not.
    pub(crate) fn since(&self, chatbot: ChatbotId, now: Timestamp) -> Option<Timestamp> {
        let watched = self.watched();
        let (since, until) = watched.get(&chatbot)?.attack?;
        (now < until).then_some(since)
    }

    /// Forgets which chatbots nobody came to for a while, and says which attacks are over.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        self.watched().retain(|chatbot, watch| {
            watch.end(*chatbot, now);
            let this = now.millis().div_euclid(60_000);
            let latest = watch.visits.number.max(watch.messages.number);
            watch.attack.is_some() || this - latest <= 1
        });
        self.visits.forget_idle();
        self.messages.forget_idle();
    }

    /// Counts, and answers since when the chatbot is under attack.
    fn note(
        &self,
        chatbot: ChatbotId,
        now: Timestamp,
        too_many: impl FnOnce(&mut Watch) -> bool,
    ) -> Option<Timestamp> {
        let mut watched = self.watched();
        let watch = watched.entry(chatbot).or_default();
        watch.end(chatbot, now);
        if too_many(watch) {
            let calm = Duration::from_secs(60 * u64::from(self.numbers.calm_minutes));
            let since = watch.attack.map_or(now, |(since, _)| since);
            if watch.attack.is_none() {
                tracing::warn!(%chatbot, "a chatbot is under attack: strangers are let in slowly");
            }
            watch.attack = Some((since, now.after(calm)));
        }
        watch.attack.map(|(since, _)| since)
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<ChatbotId, Watch>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch {
    /// Ends an attack whose time is over.
    fn end(&mut self, chatbot: ChatbotId, now: Timestamp) {
        if let Some((since, until)) = self.attack
            && now >= until
        {
            let minutes = until.millis_since(since) / 60_000;
            tracing::warn!(%chatbot, minutes, "an attack on a chatbot is over");
            self.attack = None;
        }
    }
}

/// When a visitor came the first time: their id says it (RFC 9562, section 5.7), and it is the server's.
fn came_at(visitor: VisitorId) -> i64 {
    let [a, b, c, d, e, f, ..] = *visitor.0.as_bytes();
    i64::from_be_bytes([0, 0, a, b, c, d, e, f])
}

/// The network of an address: the first 24 bits of an IPv4 address, 48 of an IPv6 one.
fn wide(address: IpAddr) -> IpAddr {
    match network(address) {
        IpAddr::V4(four) => {
            let [a, b, c, _] = four.octets();
            Ipv4Addr::from([a, b, c, 0]).into()
        }
        IpAddr::V6(six) => {
            let [a, b, c, ..] = six.segments();
            IpAddr::V6([a, b, c, 0, 0, 0, 0, 0].into())
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    fn attacks() -> Attacks {
        let mut numbers = config::Config::load(None).unwrap().attack;
        numbers.new_visitors_per_minute = 50;
        numbers.messages_per_minute = 50;
        Attacks::new(&numbers)
    }

    fn chatbot(number: u8) -> ChatbotId {
        ChatbotId::new(Timestamp(1), &[number; 10])
    }

    fn from(third: u8, last: u8) -> IpAddr {
        IpAddr::V4([198, 51, third, last].into())
    }

    /// How many of so many strangers, each from an address of its own, are let in.
    fn let_in(attacks: &Attacks, count: u8, third: u8, now: i64) -> usize {
        let come =
            (0..count).map(|last| attacks.visit(chatbot(1), from(third, last), Timestamp(now)));
        come.filter(Result::is_ok).count()
    }

    #[test]
    fn many_at_once_are_an_attack_until_it_was_calm_for_a_while() {
        let attacks = attacks();
        let begin = 600_000;
        assert_eq!(50, let_in(&attacks, 50, 100, begin), "as usual");
        assert_eq!(None, attacks.since(chatbot(1), Timestamp(begin)));
        assert_eq!(
            10,
            let_in(&attacks, 200, 101, begin + 1),
            "one network of a flood"
        );
        let since = attacks.since(chatbot(1), Timestamp(begin + 1));
        assert_eq!(Some(Timestamp(begin + 1)), since);
        assert_eq!(
            3,
            (0..9)
                .filter(|_| attacks
                    .visit(chatbot(1), from(102, 1), Timestamp(begin + 2))
                    .is_ok())
                .count(),
            "one address"
        );
        assert_eq!(
            Ok(()),
            attacks.visit(chatbot(2), from(101, 1), Timestamp(begin + 2))
        );
        // A few still come, and it ends by itself.
        let later = begin + 5 * 60_000 + 2;
        attacks.forget_idle(Timestamp(later));
        assert_eq!(None, attacks.since(chatbot(1), Timestamp(later)));
        assert_eq!(40, let_in(&attacks, 40, 101, later), "as usual again");
    }

    #[test]
    fn whoever_was_there_before_writes_as_ever() {
        let attacks = attacks();
        let now = Timestamp(10_000_000);
        let old = VisitorId::new(Timestamp(9_000_000), &[1; 10]);
        let new = VisitorId::new(now, &[2; 10]);
        let says = |visitor, count: usize| {
            let says = (0..count).map(|_| attacks.message((chatbot(1), visitor), from(1, 1), now));
            says.filter(Result::is_ok).count()
        };
        assert_eq!(
            50 + 10,
            says(new, 200),
            "until it is an attack, and what one address may then"
        );
        assert_eq!(200, says(old, 200));
    }

    #[test]
    fn a_few_in_each_minute_are_no_flood_and_two_halves_of_one_are() {
        let mut minute = Minute::default();
        assert_eq!(1, minute.one_more(Timestamp(59_000)));
        assert_eq!(
            1,
            minute.one_more(Timestamp(119_999)),
            "nothing is left of the one before"
        );
        for _ in 0..9 {
            minute.one_more(Timestamp(119_999));
        }
        assert_eq!(6, minute.one_more(Timestamp(150_000)));
        assert_eq!(1, minute.one_more(Timestamp(500_000)));
    }
}
