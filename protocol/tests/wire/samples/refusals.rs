//! Every refusal, and what can be wrong with a field or a setting.

use protocol::refusal::{Field, Problem, Refusal};

use super::{ana, snake, taken_by};
use crate::Visit;

pub(super) fn all(visit: &mut impl Visit) {
    let name = || "Ana Ruiz".to_owned();
    variants!(visit, "refusal", Refusal {
        TakenBy = taken_by(),
        HeldBy = Refusal::HeldBy {
            agent: ana(),
            name: name(),
        },
        NotHeld = Refusal::NotHeld,
        HandoffOver = Refusal::HandoffOver,
        HandoffOff = Refusal::HandoffOff,
        OfferedTo = Refusal::OfferedTo {
            agent: ana(),
            name: name(),
        },
        NotPending = Refusal::NotPending,
        NothingProposed = Refusal::NothingProposed,
        FormNotAsked = Refusal::FormNotAsked,
        TargetNotOnline = Refusal::TargetNotOnline {
            agent: ana(),
            name: name(),
        },
        TargetNotAssigned = Refusal::TargetNotAssigned {
            agent: ana(),
            name: name(),
        },
        TargetFull = Refusal::TargetFull {
            agent: ana(),
            name: name(),
            held: 4,
            limit: 4,
        },
        TargetHolds = Refusal::TargetHolds {
            agent: ana(),
            name: name(),
        },
        NotWaiting = Refusal::NotWaiting,
        NotOnline = Refusal::NotOnline,
        ChatLimitReached = Refusal::ChatLimitReached { held: 4, limit: 4 },
        TooManyThreads = Refusal::TooManyThreads { limit: 20 },
        NotAllowed = Refusal::NotAllowed,
        NotFound = Refusal::NotFound,
        OutcomeNotAllowed = Refusal::OutcomeNotAllowed,
        TextEmpty = Refusal::TextEmpty,
        TextTooLong = Refusal::TextTooLong { characters: 4_250, limit: 4_000 },
        KeyReused = Refusal::KeyReused,
        TooFast = Refusal::TooFast { retry_after_ms: 2_400 },
        StartExpected = Refusal::StartExpected,
        Malformed = Refusal::Malformed,
        TokenUnknown = Refusal::TokenUnknown,
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
            field: Field::Email,
            problem: Problem::NotAnAddress,
        },
    });
    variants!(visit, "problem", Problem {
        Missing = Problem::Missing,
        TooLong = Problem::TooLong { limit: 60 },
        TooShort = Problem::TooShort { least: 15 },
        NotAnAddress = Problem::NotAnAddress,
        NotAPhoneNumber = Problem::NotAPhoneNumber,
        TooCommon = Problem::TooCommon,
        OutOfRange = Problem::OutOfRange { least: 1, most: 1_440 },
        TooMany = Problem::TooMany { limit: 8 },
        UnknownZone = Problem::UnknownZone,
        NotADate = Problem::NotADate,
        NotALanguage = Problem::NotALanguage,
        Overlaps = Problem::Overlaps,
        Twice = Problem::Twice,
        Unknown = Problem::Unknown,
    });
    variants!(visit, "field", Field {
        Workspace = Field::Workspace,
        Name = Field::Name,
        Email = Field::Email,
        Password = Field::Password,
        Chatbot = Field::Chatbot,
        Phone = Field::Phone,
        Message = Field::Message,
        Custom = Field::Custom(0),
        Consent = Field::Consent,
        Contact = Field::Contact,
    });
}
