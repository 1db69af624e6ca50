//! The words of postcard (<https://postcard.jamesmunns.com/wire-format>): numbers, texts, ids, lists.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use uuid::Uuid;

/// A frame that is being read. What is missing reads as nothing and is remembered, so that there is
/// one question at the end instead of one at every word.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    whole: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(frame: &'a [u8]) -> Self {
        Self {
            rest: frame,
            whole: true,
        }
    }

    /// Whether everything read so far was there and made sense.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Stands in for what makes no sense.
    pub(super) fn unknown<T>(&mut self, instead: T) -> T {
        self.whole = false;
        instead
    }

    /// A number of any width: seven bits a byte, the lowest first.
    pub(super) fn number(&mut self) -> u64 {
        let mut number = 0;
        let mut shift = 0;
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return number;
            }
            shift += 7;
            if shift > 63 {
                break;
            }
        }
        self.unknown(0)
    }

    pub(super) fn small(&mut self) -> u32 {
        self.number() as u32
    }

    /// Zigzag: the sign is the lowest bit.
    pub(super) fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }

    pub(super) fn flag(&mut self) -> bool {
        self.number() != 0
    }

    pub(super) fn bytes(&mut self) -> &'a [u8] {
        let length = self.number() as usize;
        match self.rest.split_at_checked(length) {
            Some((bytes, rest)) => {
                self.rest = rest;
                bytes
            }
            None => self.unknown(&[]),
        }
    }

    pub(super) fn text(&mut self) -> String {
        match core::str::from_utf8(self.bytes()) {
            Ok(text) => text.to_owned(),
            Err(_) => self.unknown(String::new()),
        }
    }

    pub(super) fn id(&mut self) -> Uuid {
        match self.bytes().try_into() {
            Ok(id) => Uuid::from_bytes(id),
            Err(_) => self.unknown(Uuid::nil()),
        }
    }

    /// What may be missing.
    pub(super) fn maybe<T>(&mut self, read: fn(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| read(self))
    }

    pub(super) fn list<T>(&mut self, read: fn(&mut Self) -> T) -> Vec<T> {
        let mut list = Vec::new();
        let mut count = self.number();
        while count > 0 && self.whole {
            list.push(read(self));
            count -= 1;
        }
        list
    }
}

/// A frame that is being written.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.number(u64::from(flag));
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn id(&mut self, id: Uuid) {
        self.bytes(id.as_bytes());
    }
}
