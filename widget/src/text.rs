//! Every sentence that the widget says, in English.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use protocol::limits;

pub(crate) const CHAT: &str = "Chat";
pub(crate) const CLOSE: &str = "Close chat";
pub(crate) const SEND: &str = "Send";
pub(crate) const MESSAGES: &str = "Messages";
pub(crate) const MESSAGE: &str = "Your message";
pub(crate) const PREVIEWED: &str = "Our team sees what you type.";
pub(crate) const WRITE: &str = "Write a message";
pub(crate) const WRITE_WAITING: &str = "Add something for the team";
pub(crate) const TALK: &str = "Talk to a human";
pub(crate) const NO_THANKS: &str = "No, thanks";
pub(crate) const GO_ON: &str = "Go on with the assistant";

pub(crate) const CONNECTING: &str = "Connecting";
pub(crate) const OFFLINE: &str = "Offline. Messages are kept.";
pub(crate) const UNAVAILABLE: &str = "Not available";
pub(crate) const WITH_ASSISTANT: &str = "You are talking to the assistant";
pub(crate) const WITH: &str = "You are talking to ";
pub(crate) const YOU_ARE: &str = "You are ";
pub(crate) const WAITING: &str = "Waiting, ";
pub(crate) const NOBODY: &str = "Nobody is there right now";
pub(crate) const BY_MAIL: &str = "We will answer by mail";
pub(crate) const CLOSED: &str = "This conversation is closed";

pub(crate) const ASSISTANT: &str = "Assistant";
pub(crate) const SENDING: &str = "Sending";
pub(crate) const QUEUED: &str = "Goes out when you are back online";
pub(crate) const SENT: &str = "Sent";
pub(crate) const READ: &str = "Read";
pub(crate) const AGAIN: &str = "Send again";
pub(crate) const DISCARD: &str = "Discard";
pub(crate) const ASKING: &str = "Asking for a person";
pub(crate) const ASKING_OFFLINE: &str = "A person is asked for when you are back online";

pub(crate) const DETAILS: &str = "Leave your details";
pub(crate) const NAME: &str = "Name";
pub(crate) const EMAIL: &str = "E-mail";
pub(crate) const PHONE: &str = "Phone";
pub(crate) const WORDS: &str = "Message";
pub(crate) const REQUIRED: &str = " (required)";
pub(crate) const NEEDED: &str = "This is needed.";
pub(crate) const NO_CONTACT: &str =
    "Leave an e-mail address or a phone number, so that we can answer.";
pub(crate) const NO_CONSENT: &str = "Please agree first.";
pub(crate) const TOO_MUCH: &str = "This is too much for one form. Shorten it.";
pub(crate) const SENDING_DETAILS: &str = "Sending your details";
pub(crate) const DETAILS_OFFLINE: &str = "Will be sent when you are back online";
pub(crate) const THANKS: &str = "Thank you. We will answer by mail.";

pub(crate) const YOU: &str = "You";
pub(crate) const NEXT: &str = "Next";
pub(crate) const TEAM: &str = "Team";
pub(crate) const PLACE_KEPT: &str =
    "You may close this: your place is kept, and the chat button shows when somebody answers.";

pub(crate) const CANCELLED: &str = "You went on with the assistant";
pub(crate) const LEFT: &str = " left, somebody else will answer, ";
pub(crate) const FINISHED: &str = " finished, ";

pub(crate) const TYPING: &str = " is typing";
pub(crate) const THE_ASSISTANT: &str = "The assistant";
pub(crate) const A_PERSON: &str = "A person";

pub(crate) const FILES: &str = "Files that go along";
pub(crate) const UPLOADING: &str = "Uploading";
pub(crate) const UPLOAD_BROKE: &str = "Not uploaded. ";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const LEAVE_OUT: &str = "Leave out ";
pub(crate) const TOO_MANY: &str = "10 files at once are the most.";

pub(crate) const ENDED: &str = "This chat was ended. Reload it to go on.";
pub(crate) const NEW_VERSION: &str = "There is a new version of this chat. Reload it.";
pub(crate) const RELOAD: &str = "Reload";
pub(crate) const FULL: &str = "Too much is waiting to be sent. Try again when you are back online.";

/// `2nd in line`, or `next`.
pub(crate) fn place(place: u32) -> String {
    if place <= 1 {
        return "next".to_owned();
    }
    let mut text = number(place as usize);
    text.push_str(match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    });
    text.push_str(" in line");
    text
}

/// `, about 2 minutes`, or nothing when nobody can say.
pub(crate) fn wait(minutes: Option<u32>) -> String {
    let mut text = String::new();
    if let Some(minutes) = minutes {
        text.push_str(", about ");
        text.push_str(&number(minutes.max(1) as usize));
        text.push_str(if minutes > 1 { " minutes" } else { " minute" });
    }
    text
}

/// Why a field is not taken.
pub(crate) fn too_long_for_field(limit: usize) -> String {
    let mut text = "This is too long, ".to_owned();
    text.push_str(&number(limit));
    text.push_str(" characters at most.");
    text
}

/// What the button says, with the limit.
pub(crate) fn attach(limit: u32) -> String {
    let mut text = "Attach files, ".to_owned();
    text.push_str(&number(limit as usize));
    text.push_str(" MB at most");
    text
}

/// Why a file is not taken.
pub(crate) fn too_large(limit: u32) -> String {
    let mut text = "Too large, ".to_owned();
    text.push_str(&number(limit as usize));
    text.push_str(" MB at most.");
    text
}

/// `1 file` or `3 files`.
pub(crate) fn files(count: usize) -> String {
    let mut text = number(count);
    text.push_str(if count == 1 { " file" } else { " files" });
    text
}

/// `312 KB` or `2.4 MB`.
pub(crate) fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        let mut text = number((bytes.div_ceil(1_000)) as usize);
        text.push_str(" KB");
        return text;
    }
    let mut text = number((bytes / 1_000_000) as usize);
    text.push('.');
    text.push_str(&number((bytes / 100_000 % 10) as usize));
    text.push_str(" MB");
    text
}

/// Characters, by the bytes that begin one.
pub(crate) fn count(words: &str) -> usize {
    words.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// Why a text does not go out.
pub(crate) fn too_long(characters: usize) -> String {
    let mut text = number(characters);
    text.push_str(" characters are too many, ");
    text.push_str(&number(limits::TEXT));
    text.push_str(" at most. Send it in parts.");
    text
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
mod tests {
    use super::*;

    #[test]
    fn places_in_line_read_as_ordinals() {
        let places = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(place);
        assert_eq!(
            [
                "next",
                "2nd in line",
                "3rd in line",
                "4th in line",
                "11th in line",
                "12th in line",
                "13th in line",
                "21st in line",
                "22nd in line",
                "101st in line",
                "111th in line"
            ],
            places.each_ref().map(String::as_str)
        );
    }

    #[test]
    fn a_wait_is_told_in_whole_minutes_or_not_at_all() {
        assert_eq!(
            [
                "",
                ", about 1 minute",
                ", about 1 minute",
                ", about 2 minutes"
            ],
            [None, Some(0), Some(1), Some(2)]
                .map(wait)
                .each_ref()
                .map(String::as_str)
        );
    }

    #[test]
    fn a_text_that_is_too_long_says_by_how_much() {
        assert_eq!(
            "4120 characters are too many, 4000 at most. Send it in parts.",
            too_long(4_120)
        );
    }

    #[test]
    fn numbers_are_written_in_digits() {
        assert_eq!(
            ["0", "7", "10", "4000"],
            [0, 7, 10, 4_000].map(number).each_ref().map(String::as_str)
        );
    }
}
