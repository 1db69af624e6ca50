//! Who has given the right password and not yet the code: kept in memory for a few minutes. A server
//! that starts again asks for the password once more.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::{AgentId, Timestamp, WorkspaceId};

use super::token::{self, TokenHash};

/// For how long a code is waited for.
const LASTS_MILLIS: i64 = 5 * 60 * 1000;
/// Codes that may be tried before the password is asked for again.
const TRIES: u32 = 5;
/// Browsers of one agent in one network that are half way at once; the earliest gives way. Not counted
/// for all networks together, lest somebody elsewhere who has the password keeps its owner out.
const TOGETHER: usize = 5;

/// What was proven so far.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Half {
    /// The network it comes from.
    pub(crate) from: IpAddr,
    pub(crate) workspace: WorkspaceId,
    pub(crate) agent: AgentId,
    /// The password's, which has to be the same in the end.
    pub(crate) password_hash: String,
}

/// Everybody who is half way.
#[derive(Default)]
pub(crate) struct HalfWay(Mutex<HashMap<TokenHash, Waiting>>);

struct Waiting {
    half: Half,
    until: Timestamp,
    tries: u32,
}

impl HalfWay {
    /// Keeps what was proven; the secret stands for it.
    pub(crate) fn begin(&self, half: Half, now: Timestamp) -> String {
        let token = token::fresh();
        let mut all = self.all();
        all.retain(|_, waiting| now < waiting.until);
        let alike = all.iter().filter(|(_, waiting)| {
            waiting.half.agent == half.agent && waiting.half.from == half.from
        });
        if alike.clone().count() >= TOGETHER {
            let earliest = alike.min_by_key(|(_, waiting)| waiting.until);
            let earliest = earliest.map(|(hash, _)| *hash);
            earliest.map(|hash| all.remove(&hash));
        }
        let waiting = Waiting {
            half,
            until: Timestamp(now.millis() + LASTS_MILLIS),
            tries: TRIES,
        };
        all.insert(token::hash(&token), waiting);
        token
    }

    /// What a secret stands for, for one more try.
    pub(crate) fn try_on(&self, token: &str, now: Timestamp) -> Option<Half> {
        let hash = token::hash(token);
        let mut all = self.all();
        let waiting = all.get_mut(&hash)?;
        if waiting.until <= now || waiting.tries == 0 {
            all.remove(&hash);
            return None;
        }
        waiting.tries -= 1;
        Some(waiting.half.clone())
    }

    /// The secret has done its work.
    pub(crate) fn spend(&self, token: &str) {
        self.all().remove(&token::hash(token));
    }

    fn all(&self) -> MutexGuard<'_, HashMap<TokenHash, Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn half() -> Half {
        Half {
            from: [192, 0, 2, 1].into(),
            workspace: WorkspaceId(Uuid::nil()),
            agent: AgentId(Uuid::nil()),
            password_hash: String::new(),
        }
    }

    #[test]
    fn a_secret_ends_with_its_time_its_tries_and_its_use() {
        let all = HalfWay::default();
        let now = Timestamp(0);
        let late = Timestamp(LASTS_MILLIS);
        let token = all.begin(half(), now);
        assert!(all.try_on("", now).is_none());
        for _ in 0..TRIES {
            assert!(all.try_on(&token, now).is_some());
        }
        assert!(all.try_on(&token, now).is_none());
        let token = all.begin(half(), now);
        assert!(all.try_on(&token, late).is_none());
        let token = all.begin(half(), now);
        all.spend(&token);
        assert!(all.try_on(&token, now).is_none());
    }

    #[test]
    fn no_more_wait_for_one_agent_in_one_network_than_may() {
        let all = HalfWay::default();
        let first = all.begin(half(), Timestamp(0));
        let second = all.begin(half(), Timestamp(1));
        let elsewhere = Half {
            from: [192, 0, 2, 2].into(),
            ..half()
        };
        let elsewhere = all.begin(elsewhere, Timestamp(0));
        for at in 2..=TOGETHER as i64 {
            all.begin(half(), Timestamp(at));
        }
        assert!(all.try_on(&elsewhere, Timestamp(9)).is_some());
        assert!(all.try_on(&first, Timestamp(9)).is_none());
        assert!(all.try_on(&second, Timestamp(9)).is_some());
    }
}
