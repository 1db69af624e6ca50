//! The second step of signing in: one-time codes by time (RFC 6238), and recovery codes for who lost
//! the device that makes them.

use fast_qr::QRBuilder;
use protocol::profile::KeyOffer;
use protocol::{Refusal, Timestamp};
use totp_rs::{Builder, Secret, Totp};

use super::token::{self, TokenHash};
use crate::random;

/// Bytes of a key: as many as its HMAC has (RFC 4226, section 4, R6).
const KEY: usize = 20;
/// Recovery codes of one agent.
const RECOVERY: usize = 10;
/// Bytes of a recovery code. From 112 bits on a plain hash is enough (NIST SP 800-63B-4, 3.1.2.2).
const RECOVERY_BYTES: usize = 15;
/// What stands before the agent's address in an app.
const ISSUER: &str = "Baton";

/// A fresh key.
pub(crate) fn fresh_key() -> Vec<u8> {
    random::bytes::<KEY>().to_vec()
}

/// The key as it is shown once, to be typed or scanned.
///
/// # Errors
/// [`Refusal::Unavailable`] when it does not fit, which no address that we take brings about.
pub(crate) fn offer(key: &[u8], email: &str) -> Result<KeyOffer, Refusal> {
    let failed = |error: String| {
        tracing::error!(%error, "a key could not be drawn");
        Refusal::Unavailable
    };
    // A colon parts the issuer from the address there.
    let account = email.replace(':', " ");
    let totp = builder(key).with_account_name(account);
    let totp = totp.with_issuer(Some(ISSUER)).build();
    let totp = totp.map_err(|error| failed(error.to_string()))?;
    let address = totp.to_url().map_err(|error| failed(error.to_string()))?;
    let code = QRBuilder::new(address).build();
    let code = code.map_err(|error| failed(format!("{error:?}")))?;
    let mut dark = String::new();
    for (y, row) in (0..code.size).map(|y| (y, &code[y])) {
        for (x, module) in row.iter().take(code.size).enumerate() {
            if module.value() {
                dark.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    Ok(KeyOffer {
        key: in_groups(&totp.secret().to_base32()),
        side: u32::try_from(code.size).unwrap_or(u32::MAX),
        dark,
    })
}

/// The step of time that a code is of, if it is one of this moment: the step before and the one after
/// count too, because clocks differ (RFC 6238, section 5.2).
pub(crate) fn step(key: &[u8], code: &str, now: Timestamp) -> Option<u64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp: Totp = builder(key).build().ok()?;
    totp.check(&digits, now.millis().unsigned_abs() / 1000)
}

/// As authenticator apps take for granted: SHA-1, six digits, 30 seconds.
fn builder(key: &[u8]) -> Builder {
    Builder::new()
        .with_secret(key.to_vec())
        .with_digits(6)
        .with_step_duration(30)
        .with_skew(1)
}

/// Fresh recovery codes, and what is kept of them.
pub(crate) fn fresh_recovery() -> (Vec<String>, Vec<TokenHash>) {
    let codes = (0..RECOVERY).map(|_| {
        let bytes = random::bytes::<RECOVERY_BYTES>().to_vec();
        let code = Secret::new(bytes.into_boxed_slice()).to_base32();
        let hash = token::hash(&code);
        (in_groups(&code), hash)
    });
    codes.unzip()
}

/// The hash of a recovery code, however it is typed; none for what cannot be one.
pub(crate) fn recovery(code: &str) -> Option<TokenHash> {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let length = RECOVERY_BYTES * 8 / 5;
    (code.len() == length).then(|| token::hash(&code.to_ascii_uppercase()))
}

fn in_groups(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 6238, appendix B, for SHA-1.
    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_rfc() {
        // The last six of the eight digits that its table has.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = |seconds: i64| Timestamp(seconds * 1000);
            let of = u64::try_from(seconds / 30).unwrap();
            assert_eq!(Some(of), step(RFC, code, at(seconds)), "{seconds}");
            assert_eq!(Some(of), step(RFC, code, at(seconds + 30)), "a step late");
            assert_eq!(Some(of), step(RFC, code, at(seconds - 30)), "a step early");
            assert_eq!(None, step(RFC, code, at(seconds + 90)), "too late");
        }
        let with_gap = step(RFC, " 287 082", Timestamp(59_000));
        assert_eq!(Some(1), with_gap);
        for wrong in ["", "28708", "2870822", "287O82", "２８７０８２"] {
            assert_eq!(None, step(RFC, wrong, Timestamp(59_000)), "{wrong}");
        }
    }

    #[test]
    fn a_key_is_offered_as_text_and_as_a_code_to_scan() {
        let long = format!("{}@example.org", "a".repeat(240));
        for email in ["olga@example.org", "o:l@example.org", &long] {
            let offer = offer(RFC, email).unwrap();
            assert_eq!("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", offer.key);
            assert!(offer.dark.starts_with("M0 0h1v1h-1z"), "{}", offer.dark);
            assert!((21..=177).contains(&offer.side), "{}", offer.side);
        }
    }

    #[test]
    fn a_recovery_code_is_found_however_it_is_typed() {
        let (codes, hashes) = fresh_recovery();
        assert_eq!((RECOVERY, RECOVERY), (codes.len(), hashes.len()));
        assert_eq!(Some(hashes[0]), recovery(&codes[0].to_lowercase()));
        assert_eq!(Some(hashes[1]), recovery(&codes[1].replace(' ', "-")));
        assert_ne!(hashes[0], hashes[1]);
        assert_eq!(None, recovery("287082"));
    }
}
