//! Refusals and problems as sentences for people.

use alloc::format;
use alloc::string::String;
use alloc::string::ToString as _;
use core::fmt;

use crate::Timestamp;
use crate::refusal::{Field, Problem, Refusal};

impl Refusal {
    /// What happened and what to do, in one or two short sentences.
    pub fn sentence(&self, now: Timestamp) -> String {
        match self {
            Self::TakenBy { name, at, .. } => {
                format!(
                    "{name} took this {} ago. Nothing of yours was sent.",
                    ago(now.millis_since(*at))
                )
            }
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TakenBy { name, .. } => write!(f, "{name} took this. Nothing of yours was sent."),
            Self::HeldBy { name, .. } => write!(f, "{name} has this. You can leave a note."),
            Self::NotHeld => f.write_str("Nobody has this yet. Take it over first."),
            Self::HandoffOver => {
                f.write_str("This request is over. Look at the conversation again.")
            }
            Self::HandoffOff => f.write_str("Nobody can be asked for here. The assistant answers."),
            Self::OfferedTo { name, .. } => {
                write!(f, "{name} is being asked to take this. Wait a moment.")
            }
            Self::NotPending => f.write_str("This is not waiting for anybody any more."),
            Self::NothingProposed => f.write_str("There is nothing to accept or decline any more."),
            Self::FormNotAsked => f.write_str("No details are needed at the moment."),
            Self::TargetNotOnline { name, .. } => {
                write!(f, "{name} is not online. Choose somebody else, or a group.")
            }
            Self::TargetNotAssigned { name, .. } => {
                write!(f, "{name} does not take chats of this chatbot.")
            }
            Self::TargetFull {
                name, held, limit, ..
            } => write!(f, "{name} holds {held} of {limit} chats already."),
            Self::TargetHolds { name, .. } => write!(f, "{name} holds this already."),
            Self::NotWaiting => f.write_str("There is no request to cancel."),
            Self::NotOnline => f.write_str("You are offline. Go online to take chats."),
            Self::ChatLimitReached { held, limit } => write!(
                f,
                "You hold {held} of {limit} chats. Resolve one, or ask an admin to raise the limit."
            ),
            Self::TooManyThreads { limit } => write!(
                f,
                "{limit} conversations are open already. Close one first."
            ),
            Self::NotAllowed => f.write_str("Your role does not allow this. Ask an admin."),
            Self::NotFound => f.write_str("This does not exist, or you may not see it."),
            Self::NotAhead { days } => write!(
                f,
                "Choose a time that is still to come, {days} days ahead at most."
            ),
            Self::TooManyTags { limit } => {
                write!(f, "{limit} tags are on it already. Take one off first.")
            }
            Self::Blocked => f.write_str("This conversation was closed for good."),
            Self::ContactChanged => {
                f.write_str("Somebody else changed this meanwhile. Look at it again.")
            }
            Self::TooManyAttributes { limit } => {
                write!(f, "{limit} attributes are the most. Remove one first.")
            }
            Self::LastOwner => {
                f.write_str("There has to be an owner. Make somebody else owner first.")
            }
            Self::InviteOver => {
                f.write_str("This invitation is not valid any more. Ask for a new one.")
            }
            Self::EmailTaken => f.write_str("Somebody is on the team with this address already."),
            Self::MemberChanged => f.write_str(
                "Somebody else changed this member meanwhile. Reload and change it again.",
            ),
            Self::TooManyInvites { limit } => {
                write!(
                    f,
                    "{limit} invitations are open already. Take some of them back."
                )
            }
            Self::ResetOver => f.write_str("This link is not valid any more. Ask for a new one."),
            Self::NoMail => f.write_str("No mail leaves from here: no mail server is named."),
            Self::PasswordWrong => f.write_str("This is not your password."),
            Self::CodeWrong => {
                f.write_str("This code is not right, or was used before. Wait for the next one.")
            }
            Self::SignInOver => {
                f.write_str("This took too long, or too many tries. Sign in from the beginning.")
            }
            Self::TooManyParticipants { limit } => {
                write!(f, "{limit} colleagues have joined already. Write a note.")
            }
            Self::OutcomeNotAllowed => {
                f.write_str("A handoff ends by restoring to the assistant or by closing.")
            }
            Self::TextEmpty => f.write_str("There is nothing to send yet."),
            Self::TextTooLong { characters, limit } => {
                write!(
                    f,
                    "{characters} characters are too many, {limit} at most. Send it in parts."
                )
            }
            Self::FileTooLarge { limit } => write!(
                f,
                "This file is too large, {limit} MB at most. Choose another."
            ),
            Self::FileNotAllowed => {
                f.write_str("Files of this kind are not allowed. Choose another.")
            }
            Self::PictureUnreadable => {
                f.write_str("This picture is damaged or too large to be shown. Choose another.")
            }
            Self::TooManyFiles { limit } => write!(
                f,
                "{limit} files at once are the most. Send some of them first."
            ),
            Self::FileGone => f.write_str("A file is not there any more. Attach it again."),
            Self::FilesOff => f.write_str("Files cannot be sent here."),
            Self::KeyReused => {
                f.write_str("This key was used for another message. Send it with a new key.")
            }
            Self::TooFast { retry_after_ms } => {
                write!(
                    f,
                    "That was too fast. Try again in {} s.",
                    retry_after_ms.div_ceil(1000)
                )
            }
            Self::StartExpected => f.write_str("A connection begins with one start command."),
            Self::AlreadyStarted => {
                f.write_str("This connection has started already. Open another to start again.")
            }
            Self::Malformed => f.write_str("This is not a command of this protocol."),
            Self::TokenUnknown => f.write_str("This visit has ended. Start a new one."),
            Self::ChatbotUnknown => f.write_str(
                "This chat is not available. If this is your site, check the id in the embed code.",
            ),
            Self::Unavailable => {
                f.write_str("The server could not save this. Nothing was sent. Try again.")
            }
            Self::SignInFailed => f.write_str("E-mail and password do not match."),
            Self::SetupTokenWrong => f.write_str(
                "This is not the setup token. It stands in the server's console output.",
            ),
            Self::SetupOver => f.write_str("This workspace is set up already. Sign in instead."),
            Self::SettingInvalid { setting, problem } => write!(f, "{setting}: {problem}"),
            Self::SettingsChanged => {
                f.write_str("Somebody else changed these settings meanwhile. Look at them again.")
            }
            Self::FieldInvalid { field, problem } => match (field, problem) {
                (Field::Contact, _) => {
                    f.write_str("Leave an e-mail address or a phone number, so that we can answer.")
                }
                (Field::Consent, _) => f.write_str("Please agree first."),
                _ => problem.fmt(f),
            },
            Self::VariableUnknown { name } => {
                write!(
                    f,
                    "There is no variable called {name}. Choose one of the list."
                )
            }
            Self::ReplyChanged => {
                f.write_str("Somebody else changed this reply meanwhile. Look at it again.")
            }
            Self::TooManyReplies { limit } => {
                write!(f, "{limit} saved replies are the most. Delete one first.")
            }
            Self::ViewChanged => {
                f.write_str("Somebody else changed this view meanwhile. Look at it again.")
            }
            Self::TooManyViews { limit } => {
                write!(f, "{limit} saved views are the most. Delete one first.")
            }
            Self::TooManyDrafts { limit } => {
                write!(f, "{limit} drafts are the most. Send or empty one first.")
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("This is needed."),
            Self::TooLong { limit } => write!(f, "This is too long, {limit} characters at most."),
            Self::TooShort { least } => {
                write!(f, "This is too short, {least} characters at least.")
            }
            Self::NotAnAddress => {
                f.write_str("This is not an e-mail address yet, such as ana@example.org.")
            }
            Self::TooCommon => {
                f.write_str("This is among the first passwords that are tried. Choose another.")
            }
            Self::NotAPhoneNumber => {
                f.write_str("This is not a phone number yet, such as +41 44 668 18 00.")
            }
            Self::OutOfRange { least, most } => write!(f, "This has to be {least} to {most}."),
            Self::TooMany { limit } => write!(f, "These are too many, {limit} at most."),
            Self::UnknownZone => {
                f.write_str("This time zone is not known. They are named as Europe/Zurich.")
            }
            Self::NotADate => f.write_str("This is not a day, such as 2026-12-25."),
            Self::NotALanguage => f.write_str("This is not a language, such as de or pt-BR."),
            Self::Overlaps => f.write_str("This overlaps with another."),
            Self::Twice => f.write_str("This stands there twice."),
            Self::Unknown => f.write_str("This does not exist."),
            Self::NotAShortcut => f.write_str("Use letters, digits, - and _ only, without spaces."),
            Self::NotAColour => f.write_str("This is not a colour, such as #0f7180."),
            Self::NotASite => f.write_str("This is not a site, such as shop.example."),
            Self::NotALink => f.write_str("An address begins with https:// or http://."),
            Self::NotAllowedHere => f.write_str("This value cannot be set here."),
            Self::TooFaint => f.write_str("Texts could not be read on this. Choose another."),
        }
    }
}

/// `2 s`, `6 min` or `3 h`.
fn ago(millis: u64) -> String {
    match millis / 1000 {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}
