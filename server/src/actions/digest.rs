//! A digest of what a command says, kept with its key.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// The first eight bytes of SHA-256 over the command as JSON: the same key with another digest is
/// another command, and is refused.
pub(crate) fn digest(said: &impl Serialize) -> i64 {
    let bytes = serde_json::to_vec(said).expect("wire types always encode");
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    let [a, b, c, d, e, f, g, h, ..] = hash;
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}
