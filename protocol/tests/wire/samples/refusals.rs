//! Every refusal, and what can be wrong with a field.

use protocol::refusal::{Field, Problem, Refusal};

use super::values::*;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    variants!(visit, "refusal", Refusal {
        TakenBy = taken_by(),
        HeldBy = Refusal::HeldBy {
            agent: ana(),
            name: "Ana Ruiz".to_owned(),
        },
        NotHeld = Refusal::NotHeld,
        HandoffOver = Refusal::HandoffOver,
        HandoffOff = Refusal::HandoffOff,
        OfferedTo = Refusal::OfferedTo {
            agent: ana(),
            name: "Ana Ruiz".to_owned(),
        },
        NotPending = Refusal::NotPending,
        NothingProposed = Refusal::NothingProposed,
        FormNotAsked = Refusal::FormNotAsked,
        TargetNotOnline = Refusal::TargetNotOnline {
            agent: ben(),
            name: "Ben Okafor".to_owned(),
        },
        TargetNotAssigned = Refusal::TargetNotAssigned {
            agent: ben(),
            name: "Ben Okafor".to_owned(),
        },
        TargetFull = Refusal::TargetFull {
            agent: ben(),
            name: "Ben Okafor".to_owned(),
            held: 3,
            limit: 3,
        },
        TargetHolds = Refusal::TargetHolds {
            agent: ben(),
            name: "Ben Okafor".to_owned(),
        },
        NotWaiting = Refusal::NotWaiting,
        NotOnline = Refusal::NotOnline,
        ChatLimitReached = Refusal::ChatLimitReached { held: 4, limit: 4 },
        TooManyThreads = Refusal::TooManyThreads { limit: 20 },
        NotAllowed = Refusal::NotAllowed,
        NotFound = Refusal::NotFound,
        NotAhead = Refusal::NotAhead { days: 366 },
        TooManyTags = Refusal::TooManyTags { limit: 20 },
        OutcomeNotAllowed = Refusal::OutcomeNotAllowed,
        TextEmpty = Refusal::TextEmpty,
        TextTooLong = Refusal::TextTooLong { characters: 4_250, limit: 4_000 },
        FileTooLarge = Refusal::FileTooLarge { limit: 20 },
        FileNotAllowed = Refusal::FileNotAllowed,
        PictureUnreadable = Refusal::PictureUnreadable,
        TooManyFiles = Refusal::TooManyFiles { limit: 10 },
        FileGone = Refusal::FileGone,
        FilesOff = Refusal::FilesOff,
        KeyReused = Refusal::KeyReused,
        TooFast = Refusal::TooFast { retry_after_ms: 2_400 },
        StartExpected = Refusal::StartExpected,
        AlreadyStarted = Refusal::AlreadyStarted,
        Malformed = Refusal::Malformed,
        TokenUnknown = Refusal::TokenUnknown,
        ChatbotUnknown = Refusal::ChatbotUnknown,
        Unavailable = Refusal::Unavailable,
        SignInFailed = Refusal::SignInFailed,
        SetupTokenWrong = Refusal::SetupTokenWrong,
        SetupOver = Refusal::SetupOver,
        SettingInvalid = Refusal::SettingInvalid {
            setting: "hours.times.zone".to_owned(),
            problem: Problem::UnknownZone,
        },
        SettingsChanged = Refusal::SettingsChanged,
        FieldInvalid = Refusal::FieldInvalid {
            field: Field::Password,
            problem: Problem::TooShort { least: 15 },
        },
        VariableUnknown = Refusal::VariableUnknown { name: "visitor.nmae".to_owned() },
        ReplyChanged = Refusal::ReplyChanged,
        TooManyReplies = Refusal::TooManyReplies { limit: 500 },
        TooManyDrafts = Refusal::TooManyDrafts { limit: 300 },
    });
    variants!(visit, "problem", Problem {
        Missing = Problem::Missing,
        TooLong = Problem::TooLong { limit: 60 },
        TooShort = Problem::TooShort { least: 15 },
        NotAnAddress = Problem::NotAnAddress,
        TooCommon = Problem::TooCommon,
        NotAPhoneNumber = Problem::NotAPhoneNumber,
        OutOfRange = Problem::OutOfRange { least: 1, most: 60 },
        TooMany = Problem::TooMany { limit: 6 },
        UnknownZone = Problem::UnknownZone,
        NotADate = Problem::NotADate,
        NotALanguage = Problem::NotALanguage,
        Overlaps = Problem::Overlaps,
        Twice = Problem::Twice,
        Unknown = Problem::Unknown,
        NotAShortcut = Problem::NotAShortcut,
    });
}
