//! How much anybody may ask for: rates by address, account, visitor and connection.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use domain::Uploader;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use protocol::limits::EMAIL;
use protocol::{AgentId, ApiTokenId, Refusal, Timestamp, VisitorId};

use crate::attack::Attacks;
use crate::config;

/// Signs that a visitor may give for each command.
const SIGNS: u32 = 5;

/// The rates that hold for this server.
pub(crate) struct Limits {
    visits: DefaultKeyedRateLimiter<IpAddr>,
    starts_by_address: DefaultKeyedRateLimiter<IpAddr>,
    starts: DefaultKeyedRateLimiter<VisitorId>,
    sign_ins: DefaultKeyedRateLimiter<(IpAddr, String)>,
    sign_ins_by_address: DefaultKeyedRateLimiter<IpAddr>,
    sign_ins_by_account: DefaultKeyedRateLimiter<String>,
    resets_by_address: DefaultKeyedRateLimiter<IpAddr>,
    resets_by_account: DefaultKeyedRateLimiter<String>,
    codes: DefaultKeyedRateLimiter<(IpAddr, AgentId)>,
    codes_by_account: DefaultKeyedRateLimiter<AgentId>,
    visitor_commands: DefaultKeyedRateLimiter<VisitorId>,
    visitor_signs: DefaultKeyedRateLimiter<VisitorId>,
    uploads: DefaultKeyedRateLimiter<Uploader>,
    uploads_by_address: DefaultKeyedRateLimiter<IpAddr>,
    agent_commands: Quota,
    searches: DefaultKeyedRateLimiter<AgentId>,
    api_requests: DefaultKeyedRateLimiter<ApiTokenId>,
    api_requests_by_address: DefaultKeyedRateLimiter<IpAddr>,
    small_requests: DefaultKeyedRateLimiter<IpAddr>,
    /// Chatbots to which far more come than usual.
    pub(crate) attacks: Attacks,
    complaints: DefaultDirectRateLimiter,
}

impl Limits {
    pub(crate) fn new(limits: &config::Limits, attack: &config::Attack) -> Self {
        let minute = Duration::from_secs(60);
        let ten_seconds = Duration::from_secs(10);
        let hour = Duration::from_secs(60 * 60);
        Self {
            visits: RateLimiter::keyed(quota(limits.visits_per_minute, minute)),
            starts_by_address: RateLimiter::keyed(quota(
                limits.starts_per_minute_per_address,
                minute,
            )),
            starts: RateLimiter::keyed(quota(limits.starts_per_minute, minute)),
            sign_ins: RateLimiter::keyed(quota(limits.sign_ins_per_minute, minute)),
            sign_ins_by_address: RateLimiter::keyed(quota(
                limits.sign_ins_per_minute_per_address,
                minute,
            )),
            sign_ins_by_account: RateLimiter::keyed(quota(
                limits.sign_ins_per_minute_per_account,
                minute,
            )),
            resets_by_address: RateLimiter::keyed(quota(limits.resets_per_hour_per_address, hour)),
            resets_by_account: RateLimiter::keyed(quota(limits.resets_per_hour_per_account, hour)),
            codes: RateLimiter::keyed(codes()),
            codes_by_account: RateLimiter::keyed(codes()),
            visitor_signs: RateLimiter::keyed(quota(
                limits.visitor_commands_per_10s.saturating_mul(SIGNS),
                ten_seconds,
            )),
            visitor_commands: RateLimiter::keyed(quota(
                limits.visitor_commands_per_10s,
                ten_seconds,
            )),
            uploads: RateLimiter::keyed(quota(limits.uploads_per_minute, minute)),
            uploads_by_address: RateLimiter::keyed(quota(
                limits.uploads_per_minute_per_address,
                minute,
            )),
            agent_commands: quota(limits.agent_commands_per_10s, ten_seconds),
            searches: RateLimiter::keyed(quota(limits.searches_per_10s, ten_seconds)),
            api_requests: RateLimiter::keyed(quota(limits.api_requests_per_minute, minute)),
            api_requests_by_address: RateLimiter::keyed(quota(
                limits.api_requests_per_minute_per_address,
                minute,
            )),
            small_requests: RateLimiter::keyed(quota(
                limits.small_requests_per_minute_per_address,
                minute,
            )),
            attacks: Attacks::new(attack),
            complaints: RateLimiter::direct(quota(1, minute)),
        }
    }

    /// A visitor without a token begins a visit.
    pub(crate) fn visit(&self, from: IpAddr) -> Result<(), Refusal> {
        check(&self.visits, &network(from))
    }

    /// A visitor's browser connects, whoever it turns out to be.
    pub(crate) fn start(&self, from: IpAddr) -> Result<(), Refusal> {
        check(&self.starts_by_address, &network(from))
    }

    /// Something small beside a chat: a thumb, a rating, a page of a transcript, the form before it, a
    /// face. It takes nothing from what connecting may.
    pub(crate) fn small_request(&self, from: IpAddr) -> Result<(), Refusal> {
        check(&self.small_requests, &network(from))
    }

    /// A known visitor's browser connects.
    pub(crate) fn start_of(&self, visitor: VisitorId) -> Result<(), Refusal> {
        check(&self.starts, &visitor)
    }

    /// Somebody tries a password or the secret of a link: limited by where they are and by whom they
    /// claim to be, both together above all.
    pub(crate) fn sign_in(&self, from: IpAddr, account: &str) -> Result<(), Refusal> {
        self.sign_in_here(from, account)?;
        self.sign_in_anywhere(account)
    }

    /// Somebody tries a password, as far as it is limited by where they are.
    pub(crate) fn sign_in_here(&self, from: IpAddr, account: &str) -> Result<(), Refusal> {
        let from = network(from);
        check(&self.sign_ins_by_address, &from)?;
        check(&self.sign_ins, &(from, one_spelling(account)))
    }

    /// Somebody tries a password, all who do so for this account together. By this alone strangers
    /// could keep its owner out, so it does not hold for who comes from where they always do.
    pub(crate) fn sign_in_anywhere(&self, account: &str) -> Result<(), Refusal> {
        check(&self.sign_ins_by_account, &one_spelling(account))
    }

    /// Somebody who knows the password tries a code, as far as it is limited by where they are.
    pub(crate) fn code_here(&self, from: IpAddr, agent: AgentId) -> Result<(), Refusal> {
        check(&self.codes, &(network(from), agent))
    }

    /// The same, all who do so for this account together; not for who comes from where they always do.
    pub(crate) fn code_anywhere(&self, agent: AgentId) -> Result<(), Refusal> {
        check(&self.codes_by_account, &agent)
    }

    /// Somebody asks for a link to a new password, whoever they are.
    pub(crate) fn reset(&self, from: IpAddr) -> Result<(), Refusal> {
        check(&self.resets_by_address, &network(from))
    }

    /// Whether an account, known or not, may be mailed one more link.
    pub(crate) fn reset_of(&self, account: &str) -> bool {
        let account: String = account.chars().take(EMAIL).collect();
        check(&self.resets_by_account, &account.to_lowercase()).is_ok()
    }

    /// A visitor sends a command, over whichever of their connections.
    pub(crate) fn visitor_command(&self, visitor: VisitorId) -> Result<(), Refusal> {
        check(&self.visitor_commands, &visitor)
    }

    /// A visitor types or has read: small signs that come with every message.
    pub(crate) fn visitor_sign(&self, visitor: VisitorId) -> Result<(), Refusal> {
        check(&self.visitor_signs, &visitor)
    }

    /// Somebody uploads a file, whoever they turn out to be.
    pub(crate) fn upload(&self, from: IpAddr) -> Result<(), Refusal> {
        check(&self.uploads_by_address, &network(from))
    }

    /// A visitor or agent uploads a file.
    pub(crate) fn upload_of(&self, by: Uploader) -> Result<(), Refusal> {
        check(&self.uploads, &by)
    }

    /// The limit of one agent's connection.
    pub(crate) fn agent_connection(&self) -> DefaultDirectRateLimiter {
        RateLimiter::direct(self.agent_commands)
    }

    /// An agent searches, over whichever of their connections.
    pub(crate) fn search(&self, agent: AgentId) -> Result<(), Refusal> {
        check(&self.searches, &agent)
    }

    /// A program asks from somewhere, whoever it turns out to be.
    pub(crate) fn api_from(&self, from: IpAddr) -> Result<(), Refusal> {
        check(&self.api_requests_by_address, &network(from))
    }

    /// A program asks with a token.
    pub(crate) fn api_request(&self, token: ApiTokenId) -> Result<(), Refusal> {
        check(&self.api_requests, &token)
    }

    /// Whether it is time to write again that there is no place, which may happen all the time.
    pub(crate) fn complains_of_full(&self) -> bool {
        self.complaints.check().is_ok()
    }

    /// Forgets who has not been here for a while, so that the tables stay small.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        self.attacks.forget_idle(now);
        self.visits.retain_recent();
        self.starts_by_address.retain_recent();
        self.starts.retain_recent();
        self.sign_ins.retain_recent();
        self.sign_ins_by_address.retain_recent();
        self.sign_ins_by_account.retain_recent();
        self.resets_by_address.retain_recent();
        self.resets_by_account.retain_recent();
        self.codes.retain_recent();
        self.codes_by_account.retain_recent();
        self.visitor_commands.retain_recent();
        self.visitor_signs.retain_recent();
        self.uploads.retain_recent();
        self.uploads_by_address.retain_recent();
        self.searches.retain_recent();
        self.api_requests.retain_recent();
        self.api_requests_by_address.retain_recent();
        self.small_requests.retain_recent();
    }
}

/// Ten codes at once, and then one in two minutes. Of a million codes three are right at any moment, so
/// who tries all the time comes in once in a year or two.
fn codes() -> Quota {
    Quota::with_period(Duration::from_secs(120))
        .expect("two minutes are longer than nothing")
        .allow_burst(NonZeroU32::MIN.saturating_add(9))
}

/// An account however it is written. Nothing longer is one; a key is not longer than that either.
fn one_spelling(account: &str) -> String {
    let account: String = account.trim().chars().take(EMAIL).collect();
    account.to_lowercase()
}

/// One agent's connection sends a command.
pub(crate) fn agent_command(limiter: &DefaultDirectRateLimiter) -> Result<(), Refusal> {
    limiter
        .check()
        .map_err(|until| too_fast(until.wait_time_from(DefaultClock::default().now())))
}

pub(crate) fn check<K: Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
) -> Result<(), Refusal> {
    limiter
        .check_key(key)
        .map_err(|until| too_fast(until.wait_time_from(DefaultClock::default().now())))
}

fn too_fast(wait: Duration) -> Refusal {
    Refusal::TooFast {
        retry_after_ms: u32::try_from(wait.as_millis()).unwrap_or(u32::MAX).max(1),
    }
}

/// So many in a period, all at once if need be.
pub(crate) fn quota(count: u32, period: Duration) -> Quota {
    let count = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(period / count.get())
        .expect("a period of a minute or ten seconds is longer than nothing")
        .allow_burst(count)
}

/// An IPv6 network of one customer (/64) counts as one address.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_who_guess_do_not_keep_the_owner_of_an_account_out() {
        let config = config::Config::load(None).unwrap();
        let limits = Limits::new(&config.limits, &config.attack);
        let from = |last: u8| IpAddr::V4([192, 0, 2, last].into());
        let tries = |from, account: &'static str, times: usize| {
            let tries = (0..times).map(|_| limits.sign_in(from, account));
            tries.filter(Result::is_ok).count()
        };
        assert_eq!(
            10,
            tries(from(1), "Olga@Example.org ", 20),
            "one who guesses"
        );
        assert_eq!(
            0,
            tries(from(1), "olga@example.org", 1),
            "in another spelling"
        );
        assert_eq!(
            1,
            tries(from(2), "olga@example.org", 1),
            "the owner elsewhere"
        );
        assert_eq!(10, tries(from(1), "ben@example.org", 20), "another account");

        let all: usize = (10..40)
            .map(|last| tries(from(last), "olga@example.org", 20))
            .sum();
        assert_eq!(100 - 11, all, "all addresses together");
        let many =
            ["a", "b", "c", "d", "e", "f", "g", "h"].map(|account| tries(from(50), account, 10));
        assert_eq!(60, many.iter().sum::<usize>(), "one address, many accounts");
    }

    #[test]
    fn a_network_cannot_get_around_its_limit_by_changing_addresses() {
        let mut config = config::Config::load(None).unwrap();
        config.limits.visits_per_minute = 3;
        let limits = Limits::new(&config.limits, &config.attack);
        let from = |last: u16| IpAddr::V6([0x2001, 0xdb8, 0, 7, 0, 0, 0, last].into());
        for last in 1..=3 {
            assert_eq!(Ok(()), limits.visit(from(last)));
        }
        assert!(matches!(
            limits.visit(from(4)),
            Err(Refusal::TooFast { .. })
        ));
        assert_eq!(Ok(()), limits.visit(IpAddr::V4([192, 0, 2, 1].into())));
    }
}
