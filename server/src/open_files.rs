//! How many files and sockets the system lets this process hold at once.

use rustix::process::{Resource, getrlimit, setrlimit};

use crate::config;

/// The database, the program's own files and what it listens on.
const OTHERS: u64 = 256;

/// Raises the limit as far as the system allows, and says so when it is too low for what the
/// operator wants.
pub(crate) fn raise(limits: &config::Limits) {
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        let before = limit.current;
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!(%error, "the limit of open files could not be raised");
            limit.current = before;
        }
    }
    let needed = needed(limits);
    if let Some(allowed) = limit.current.filter(|allowed| *allowed < needed) {
        tracing::warn!(
            allowed,
            needed,
            "the system allows fewer open files than limits.connections and limits.requests need; \
             raise LimitNOFILE= of the service or lower them"
        );
    }
}

/// One file for each socket, and some more.
fn needed(limits: &config::Limits) -> u64 {
    let sockets = limits.connections.saturating_add(limits.requests);
    u64::try_from(sockets).map_or(u64::MAX, |sockets| sockets.saturating_add(OTHERS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_limit_is_as_high_as_the_system_allows() {
        let before = getrlimit(Resource::Nofile);
        let lower = rustix::process::Rlimit {
            current: Some(512),
            maximum: before.maximum,
        };
        setrlimit(Resource::Nofile, lower).unwrap();

        let limits = Config::load(None).unwrap().limits;
        raise(&limits);

        assert_eq!(before.maximum, getrlimit(Resource::Nofile).current);
        assert!(needed(&limits) > u64::try_from(limits.connections).unwrap());
    }
}
