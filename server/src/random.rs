//! Randomness from the operating system, for ids and secrets.

/// Random bytes that nobody can guess.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    bytes
}

/// Makes an id of any kind from the time and fresh randomness.
macro_rules! fresh {
    ($id:ty, $now:expr) => {
        <$id>::new($now, &$crate::random::bytes::<10>())
    };
}
pub(crate) use fresh;

/// An id for a thing that only the server names.
pub(crate) fn uuid(now: protocol::Timestamp) -> uuid::Uuid {
    uuid::Builder::from_unix_timestamp_millis(now.millis().unsigned_abs(), &bytes::<10>())
        .into_uuid()
}
