//! Refusals out of frames.

use protocol::AgentId;
use protocol::refusal::{Field, Problem, Refusal};

use super::event::time;
use super::frame::Reader;

/// The refusal that comes next.
pub(super) fn refusal(frame: &mut Reader<'_>) -> Refusal {
    match frame.number() {
        0 => Refusal::TakenBy {
            agent: agent(frame),
            name: frame.text(),
            at: time(frame),
        },
        1 => Refusal::HeldBy {
            agent: agent(frame),
            name: frame.text(),
        },
        2 => Refusal::NotHeld,
        3 => Refusal::HandoffOver,
        4 => Refusal::HandoffOff,
        5 => Refusal::OfferedTo {
            agent: agent(frame),
            name: frame.text(),
        },
        6 => Refusal::NotPending,
        7 => Refusal::NothingProposed,
        8 => Refusal::FormNotAsked,
        9 => Refusal::TargetNotOnline {
            agent: agent(frame),
            name: frame.text(),
        },
        10 => Refusal::TargetNotAssigned {
            agent: agent(frame),
            name: frame.text(),
        },
        11 => Refusal::TargetFull {
            agent: agent(frame),
            name: frame.text(),
            held: frame.small(),
            limit: frame.small(),
        },
        12 => Refusal::TargetHolds {
            agent: agent(frame),
            name: frame.text(),
        },
        13 => Refusal::NotWaiting,
        14 => Refusal::NotOnline,
        15 => Refusal::ChatLimitReached {
            held: frame.small(),
            limit: frame.small(),
        },
        16 => Refusal::TooManyThreads {
            limit: frame.small(),
        },
        17 => Refusal::NotAllowed,
        18 => Refusal::NotFound,
        19 => Refusal::OutcomeNotAllowed,
        20 => Refusal::TextEmpty,
        21 => Refusal::TextTooLong {
            characters: frame.small(),
            limit: frame.small(),
        },
        22 => Refusal::FileTooLarge {
            limit: frame.small(),
        },
        23 => Refusal::FileNotAllowed,
        24 => Refusal::PictureUnreadable,
        25 => Refusal::TooManyFiles {
            limit: frame.small(),
        },
        26 => Refusal::FileGone,
        27 => Refusal::FilesOff,
        28 => Refusal::KeyReused,
        29 => Refusal::TooFast {
            retry_after_ms: frame.small(),
        },
        30 => Refusal::StartExpected,
        31 => Refusal::AlreadyStarted,
        32 => Refusal::Malformed,
        33 => Refusal::TokenUnknown,
        34 => Refusal::ChatbotUnknown,
        35 => Refusal::Unavailable,
        36 => Refusal::SignInFailed,
        37 => Refusal::SetupTokenWrong,
        38 => Refusal::SetupOver,
        39 => Refusal::SettingInvalid {
            setting: frame.text(),
            problem: problem(frame),
        },
        40 => Refusal::SettingsChanged,
        41 => Refusal::FieldInvalid {
            field: field(frame),
            problem: problem(frame),
        },
        42 => Refusal::VariableUnknown { name: frame.text() },
        43 => Refusal::ReplyChanged,
        44 => Refusal::TooManyReplies {
            limit: frame.small(),
        },
        45 => Refusal::TooManyDrafts {
            limit: frame.small(),
        },
        46 => Refusal::NotAhead {
            days: frame.small(),
        },
        47 => Refusal::TooManyTags {
            limit: frame.small(),
        },
        48 => Refusal::ViewChanged,
        49 => Refusal::TooManyViews {
            limit: frame.small(),
        },
        50 => Refusal::Blocked,
        51 => Refusal::ContactChanged,
        52 => Refusal::TooManyAttributes {
            limit: frame.small(),
        },
        53 => Refusal::TooManyParticipants {
            limit: frame.small(),
        },
        54 => Refusal::LastOwner,
        55 => Refusal::InviteOver,
        56 => Refusal::EmailTaken,
        57 => Refusal::MemberChanged,
        58 => Refusal::TooManyInvites {
            limit: frame.small(),
        },
        59 => Refusal::ResetOver,
        60 => Refusal::NoMail,
        61 => Refusal::PasswordWrong,
        62 => Refusal::CodeWrong,
        63 => Refusal::SignInOver,
        _ => frame.unknown(Refusal::Malformed),
    }
}

fn agent(frame: &mut Reader<'_>) -> AgentId {
    AgentId(frame.id())
}

fn field(frame: &mut Reader<'_>) -> Field {
    match frame.number() {
        0 => Field::Workspace,
        1 => Field::Name,
        2 => Field::Email,
        3 => Field::Password,
        4 => Field::Chatbot,
        5 => Field::Phone,
        6 => Field::Message,
        7 => Field::Custom(frame.small()),
        8 => Field::Consent,
        9 => Field::Contact,
        10 => Field::Shortcut,
        11 => Field::Title,
        12 => Field::Company,
        13 => Field::AttributeName,
        14 => Field::Attribute,
        _ => frame.unknown(Field::Name),
    }
}

fn problem(frame: &mut Reader<'_>) -> Problem {
    match frame.number() {
        0 => Problem::Missing,
        1 => Problem::TooLong {
            limit: frame.small(),
        },
        2 => Problem::TooShort {
            least: frame.small(),
        },
        3 => Problem::NotAnAddress,
        4 => Problem::TooCommon,
        5 => Problem::NotAPhoneNumber,
        6 => Problem::OutOfRange {
            least: frame.small(),
            most: frame.small(),
        },
        7 => Problem::TooMany {
            limit: frame.small(),
        },
        8 => Problem::UnknownZone,
        9 => Problem::NotADate,
        10 => Problem::NotALanguage,
        11 => Problem::Overlaps,
        12 => Problem::Twice,
        13 => Problem::Unknown,
        14 => Problem::NotAShortcut,
        15 => Problem::NotAColour,
        16 => Problem::NotASite,
        17 => Problem::NotALink,
        18 => Problem::NotAllowedHere,
        19 => Problem::TooFaint,
        _ => frame.unknown(Problem::Missing),
    }
}
