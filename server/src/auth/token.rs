//! Secrets that a browser keeps: made here, handed out once, stored only as a hash.

use sha2::{Digest, Sha256};

/// What is stored of a token.
pub(crate) type TokenHash = [u8; 32];

/// A fresh token with 256 bits of randomness, in hexadecimal.
pub(crate) fn fresh() -> String {
    hex(&crate::random::bytes::<32>())
}

/// The hash by which a token is found again.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// Whether two hashes are equal, in the same time for every pair.
pub(crate) fn matches(one: &TokenHash, other: &TokenHash) -> bool {
    one.iter()
        .zip(other)
        .fold(0, |difference, (a, b)| difference | (a ^ b))
        == 0
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_hash_and_no_other() {
        let (one, other) = (fresh(), fresh());
        assert_eq!(64, one.len());
        assert!(matches(&hash(&one), &hash(&one)));
        assert!(!matches(&hash(&one), &hash(&other)));
    }
}
