//! Ids as text, and new ones. Written by hand: the usual way brings all of text formatting along.

use alloc::string::String;

use js_sys::Date;
use protocol::{ConversationId, Key, Timestamp};
use uuid::Uuid;

use crate::host::host;

/// An id as 32 hexadecimal digits.
pub(crate) fn written(id: Uuid) -> String {
    let mut text = String::with_capacity(32);
    for byte in id.as_bytes() {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from(half + if half < 10 { b'0' } else { b'a' - 10 }));
        }
    }
    text
}

/// The id in 32 hexadecimal digits, with hyphens or without.
pub(crate) fn read(text: &str) -> Option<Uuid> {
    let mut id: u128 = 0;
    let mut digits = 0;
    for character in text.bytes() {
        if character != b'-' {
            id = id << 4 | u128::from(char::from(character).to_digit(16)?);
            digits += 1;
        }
    }
    (digits == 32).then(|| Uuid::from_u128(id))
}

/// A key that no command had before.
pub(crate) fn new_key() -> Key {
    Key::new(now(), &random())
}

/// A conversation that nobody had before.
pub(crate) fn new_conversation() -> ConversationId {
    ConversationId::new(now(), &random())
}

fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

fn random() -> [u8; 10] {
    let mut random = [0; 10];
    host().random(&mut random);
    random
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_as_it_was_written() {
        let id = Uuid::from_u128(0x0189_0000_0000_7abc_8def_0123_4567_89ff);
        assert_eq!("0189000000007abc8def0123456789ff", written(id));
        assert_eq!(Some(id), read(&written(id)));
        assert_eq!(Some(id), read("01890000-0000-7ABC-8def-0123456789ff"));
    }

    #[test]
    fn what_is_no_id_is_not_taken_for_one() {
        for text in [
            "",
            "01",
            "0189000000007abc8def0123456789f",
            "0189000000007abc8def0123456789fff",
            "g189000000007abc8def0123456789ff",
        ] {
            assert_eq!(None, read(text), "{text}");
        }
    }
}
