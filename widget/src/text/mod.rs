//! Every sentence that the widget says, by its place among the lines of a language. The languages are the
//! files in `words/`; `boot.js` holds the lines of the visitor's and fills in what varies.

use alloc::string::String;

use protocol::refusal::{Field, Problem};
use protocol::{Refusal, limits};

/// Makes the lines, in the order of the files.
macro_rules! lines {
    ($($name:ident)*) => {
        /// A sentence, by its key in the files.
        #[expect(non_camel_case_types, reason = "they are the keys of the files")]
        #[derive(Clone, Copy)]
        pub(crate) enum Line {
            // Before these are the direction and what boot.js alone says, `unread` the last.
            #[expect(dead_code, reason = "it is only counted on from")]
            unread = 3,
            $($name),*
        }

        /// The keys, in their order.
        #[cfg(test)]
        const KEYS: &[&str] = &[$(stringify!($name)),*];
    };
}

lines! {
    close reload

    chat chat_with messages message previewed write write_waiting send talk no_thanks go_on

    with you_are waiting next place wait connecting offline unavailable with_assistant
    nobody by_mail closed

    assistant sending queued sent read again discard asking asking_offline ai_typing
    person_typing typing

    cancelled left finished thanks

    you next_mark team place_kept

    details name email phone words required needed no_contact no_consent too_much
    not_an_address not_a_number too_long_for_field sending_details details_offline

    files attach uploading upload_broke try_again leave_out too_many too_large not_allowed
    unreadable gone file_count kb mb point

    too_long full ended new_version unknown unsaved blocked nobody_here

    more
}

impl Line {
    /// The sentence.
    #[inline(never)]
    pub(crate) fn text(self) -> String {
        self.with("")
    }

    /// The sentence with its value.
    #[inline(never)]
    pub(crate) fn with(self, value: &str) -> String {
        said(self, value, "")
    }

    /// The sentence with its number, in the form that it takes.
    #[inline(never)]
    pub(crate) fn count(self, value: usize) -> String {
        self.with(&number(value))
    }

    /// The sentence with two values.
    pub(crate) fn both(self, one: &str, two: &str) -> String {
        said(self, one, two)
    }
}

/// A line with its values.
#[cfg(not(test))]
fn said(line: Line, one: &str, two: &str) -> String {
    crate::host::host().said(line as u32, one, two)
}

/// The same in English, without a page around.
#[cfg(test)]
fn said(line: Line, one: &str, two: &str) -> String {
    tests::english(line as usize, one, two)
}

/// Whose turn it is: `next`, or a place in line.
pub(crate) fn turn(at: u32) -> String {
    if at > 1 {
        Line::place.count(at as usize)
    } else {
        Line::next.text()
    }
}

/// About how long it takes, or nothing when nobody can say.
pub(crate) fn about(minutes: Option<u32>) -> String {
    minutes.map_or_else(String::new, |minutes| {
        Line::wait.count(minutes.max(1) as usize)
    })
}

/// `312 KB` or `2.4 MB`.
pub(crate) fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return Line::kb.count((bytes.div_ceil(1_000)) as usize);
    }
    let mut count = number((bytes / 1_000_000) as usize);
    count.push_str(&Line::point.text());
    count.push_str(&number((bytes / 100_000 % 10) as usize));
    Line::mb.with(&count)
}

/// Why a text of so many characters does not go out.
pub(crate) fn too_long_by(characters: usize) -> String {
    Line::too_long.both(&number(characters), &number(limits::TEXT))
}

/// What the visitor reads of a refusal; none where the hub's own sentence has to do.
pub(crate) fn refusal(refusal: &Refusal) -> Option<String> {
    let (line, limit) = match refusal {
        Refusal::HandoffOff => (Line::nobody_here, 0),
        Refusal::FileTooLarge { limit } => (Line::too_large, *limit),
        Refusal::FileNotAllowed => (Line::not_allowed, 0),
        Refusal::PictureUnreadable => (Line::unreadable, 0),
        Refusal::TooManyFiles { limit } => (Line::too_many, *limit),
        Refusal::FileGone => (Line::gone, 0),
        Refusal::ChatbotUnknown => (Line::unknown, 0),
        Refusal::Unavailable => (Line::unsaved, 0),
        Refusal::Blocked => (Line::blocked, 0),
        Refusal::FieldInvalid { field, problem } => match (field, problem) {
            (Field::Contact, _) => (Line::no_contact, 0),
            (Field::Consent, _) => (Line::no_consent, 0),
            (_, Problem::Missing) => (Line::needed, 0),
            (_, Problem::TooLong { limit }) => (Line::too_long_for_field, *limit),
            (_, Problem::NotAnAddress) => (Line::not_an_address, 0),
            (_, Problem::NotAPhoneNumber) => (Line::not_a_number, 0),
            _ => return None,
        },
        _ => return None,
    };
    Some(line.count(limit as usize))
}

/// Characters, by the bytes that begin one.
pub(crate) fn count(words: &str) -> usize {
    words.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// A number in digits, written by hand: the standard way weighs more than the rest of this file.
pub(crate) fn number(mut number: usize) -> String {
    let mut digits = String::new();
    loop {
        digits.insert(0, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return digits;
        }
    }
}

#[cfg(test)]
mod tests;
