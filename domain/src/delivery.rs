//! What leaves by mail: when it is tried again, and when it is given up.

use core::time::Duration;

use protocol::Timestamp;
use protocol::delivery::{DeliveryKind, DeliveryState, Outcome};

/// So long after somebody began to wait, and nobody took them, those who are away are told. Who is
/// there has seen and heard it by then; a mail about a chat that is answered already is only noise.
pub const GRACE: Duration = Duration::from_secs(60);

/// A request that waits for so long is nothing new, as after a server was down overnight.
pub const NEW_FOR: Duration = Duration::from_secs(60 * 60);

/// The first pause after a failure.
const FIRST: Duration = Duration::from_secs(15);
/// The longest.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// For so long after it was asked for a mail is worth sending; a link that it holds works as long.
pub fn lasts(kind: DeliveryKind) -> Duration {
    const MINUTE: u64 = 60;
    Duration::from_secs(match kind {
        DeliveryKind::Invite | DeliveryKind::PasswordChanged => 24 * 60 * MINUTE,
        DeliveryKind::Reset => 60 * MINUTE,
        DeliveryKind::Handoff => 30 * MINUTE,
        DeliveryKind::Test => 10 * MINUTE,
    })
}

/// Where a delivery stands after an attempt.
///
/// `tries` counts the attempts since it was asked for, this one as well; `chance` is anything from 0
/// to 1000, the same for nobody else.
pub fn after(
    outcome: &Outcome,
    tries: u32,
    now: Timestamp,
    give_up_at: Timestamp,
    chance: u32,
) -> DeliveryState {
    match outcome {
        Outcome::Accepted => DeliveryState::Sent { at: now },
        Outcome::Refused { .. } => DeliveryState::Failed { at: now },
        Outcome::Later { .. } => {
            let due_at = now.after(pause(tries, chance));
            if due_at < give_up_at {
                DeliveryState::Waiting { due_at }
            } else {
                DeliveryState::Failed { at: now }
            }
        }
    }
}

/// The pause after so many attempts: twice the one before, and of that half to all of it by chance,
/// so that what failed together does not come back together.
pub fn pause(tries: u32, chance: u32) -> Duration {
    let doublings = tries.saturating_sub(1).min(16);
    let whole = (FIRST * (1 << doublings)).min(LONGEST);
    whole / 2 + whole / 2 * chance.min(1000) / 1000
}

/// What the subject of a mail may say of a visitor: what they call themselves, unless that could
/// pass for an address. Mail programs make links of those by themselves, and then a stranger could
/// place one in a mail that comes from us.
pub fn name_for_mail(name: &str) -> Option<&str> {
    let name = name.trim();
    let dotted = name
        .split_whitespace()
        .any(|word| word.trim_end_matches('.').contains('.'));
    let plain = !name.contains(['/', '@', ':', '\\', '<', '>']) && !dotted;
    (plain && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    fn later() -> Outcome {
        Outcome::Later {
            why: "try again".to_owned(),
        }
    }

    #[test]
    fn what_is_taken_is_sent_and_what_is_refused_for_good_is_not_tried_again() {
        let much_later = NOW.after(LONGEST * 24);
        let sent = after(&Outcome::Accepted, 1, NOW, much_later, 0);
        assert_eq!(DeliveryState::Sent { at: NOW }, sent);
        let refused = Outcome::Refused {
            why: "no such mailbox".to_owned(),
        };
        let failed = after(&refused, 1, NOW, much_later, 0);
        assert_eq!(DeliveryState::Failed { at: NOW }, failed);
    }

    #[test]
    fn pauses_double_up_to_an_hour_and_chance_takes_half_of_one_away_at_most() {
        let seconds = |tries, chance| pause(tries, chance).as_secs_f32();
        assert_eq!(15.0, seconds(1, 1000));
        assert_eq!(7.5, seconds(1, 0));
        assert_eq!(30.0, seconds(2, 1000));
        assert_eq!(120.0, seconds(4, 1000));
        assert_eq!(3600.0, seconds(9, 1000));
        assert_eq!(3600.0, seconds(u32::MAX, u32::MAX));
        assert_eq!(1800.0, seconds(40, 0));
        for chance in 0..1000 {
            assert!(pause(3, chance) <= pause(3, chance + 1));
        }
    }

    #[test]
    fn it_is_given_up_when_the_next_attempt_would_come_too_late() {
        let due_at = NOW.after(pause(1, 500));
        let waits = after(&later(), 1, NOW, Timestamp(due_at.0 + 1), 500);
        assert_eq!(DeliveryState::Waiting { due_at }, waits);
        let failed = after(&later(), 1, NOW, due_at, 500);
        assert_eq!(DeliveryState::Failed { at: NOW }, failed);
    }

    #[test]
    fn a_name_that_could_become_a_link_is_left_out() {
        for name in ["Mira Berg", "Mr. Smith", "O'Neill & Co.", "李"] {
            assert_eq!(Some(name), name_for_mail(name));
        }
        for name in [
            "",
            "  ",
            "http://evil.example",
            "evil.example",
            "www.evil",
            "mira@evil.example",
            "Win at evil.example/now",
            "javascript:alert",
            "<b>Mira</b>",
        ] {
            assert_eq!(None, name_for_mail(name), "{name}");
        }
    }
}
