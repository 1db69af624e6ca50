//! The words that stand for states and kinds in rows. What is written once is read for ever.

use protocol::card::Channel;
use protocol::contact::Origin;
use protocol::delivery::DeliveryKind;
use protocol::draft::DraftMode;
use protocol::entry::{MissedReason, Outcome, Trigger};
use protocol::label::LabelKind;
use protocol::person::{Availability, Role};
use sea_orm::sea_query::{Expr, SimpleExpr};

/// A state or kind that a row names by a word.
pub(in crate::store) trait Word: Sized {
    /// How rows write it.
    fn word(self) -> &'static str;
    /// What a row means by it.
    fn read(word: &str) -> Option<Self>;

    /// How a statement writes it where an index holds only rows in this state: the database sees that the
    /// index will do when the word stands in the text, and not among the values.
    fn literal(self) -> SimpleExpr {
        Expr::cust(format!("'{}'", self.word()))
    }
}

macro_rules! words {
    ($($name:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl Word for $name {
            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            fn read(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    )+};
}

/// Who wrote an entry; the agent's id stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum AuthorKind {
    Visitor,
    Ai,
    Agent,
    System,
}

/// What an entry is; its words and data stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum BodyKind {
    Message,
    Note,
    Event,
    NoteEdited,
}

/// Where a handoff stands; what the state needs stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum HandoffKind {
    Proposed,
    Pending,
    Active,
    Resolved,
    Missed,
    Cancelled,
}

/// Whether the visitor may leave details; the lead stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum FormKind {
    NotAsked,
    Asked,
    Kept,
    Sent,
}

/// How far a file got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum AttachmentState {
    /// Its object is being written.
    Arriving,
    /// Its object is safe, and waits for the message that names it.
    Kept,
    Sent,
    /// Its object is being removed.
    Doomed,
}

/// Who wanted data to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum AskedByKind {
    Visitor,
    Agent,
    Retention,
}

/// Where a mail stands; when stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum DeliveryStateKind {
    Waiting,
    Sent,
    Failed,
    Dropped,
}

/// What an attempt to deliver came to; why stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum OutcomeKind {
    Accepted,
    Later,
    Refused,
}

/// Where an AI run stands.
pub(in crate::store) use domain::facts::RunState;

words! {
    DeliveryKind {
        Invite = "invite",
        Reset = "reset",
        PasswordChanged = "password_changed",
        Handoff = "handoff",
        Test = "test",
    }
    DeliveryStateKind {
        Waiting = "waiting",
        Sent = "sent",
        Failed = "failed",
        Dropped = "dropped",
    }
    OutcomeKind {
        Accepted = "accepted",
        Later = "later",
        Refused = "refused",
    }
    DraftMode {
        Reply = "reply",
        Note = "note",
    }
    Role {
        SupportAgent = "support_agent",
        Agent = "agent",
        AccountManager = "account_manager",
        Supervisor = "supervisor",
        Admin = "admin",
        Owner = "owner",
    }
    Availability {
        Offline = "offline",
        Away = "away",
        Online = "online",
    }
    Channel {
        Web = "web",
    }
    Trigger {
        Button = "button",
        Wish = "wish",
        Keyword = "keyword",
        LowConfidence = "low_confidence",
        Frustration = "frustration",
        Topic = "topic",
        HighValue = "high_value",
        Form = "form",
        Agent = "agent",
        NoAssistant = "no_assistant",
    }
    Outcome {
        RestoredToAi = "restored_to_ai",
        Closed = "closed",
        AutoClosed = "auto_closed",
        Spam = "spam",
    }
    AuthorKind {
        Visitor = "visitor",
        Ai = "ai",
        Agent = "agent",
        System = "system",
    }
    BodyKind {
        Message = "message",
        Note = "note",
        Event = "event",
        NoteEdited = "note_edited",
    }
    Origin {
        Form = "form",
        Agent = "agent",
        Signed = "signed",
        Page = "page",
    }
    HandoffKind {
        Proposed = "proposed",
        Pending = "pending",
        Active = "active",
        Resolved = "resolved",
        Missed = "missed",
        Cancelled = "cancelled",
    }
    FormKind {
        NotAsked = "not_asked",
        Asked = "asked",
        Kept = "kept",
        Sent = "sent",
    }
    LabelKind {
        Category = "category",
        Tag = "tag",
    }
    MissedReason {
        Timeout = "timeout",
        NoAgent = "no_agent",
        OutOfHours = "out_of_hours",
        VisitorLeft = "visitor_left",
    }
    AttachmentState {
        Arriving = "arriving",
        Kept = "kept",
        Sent = "sent",
        Doomed = "doomed",
    }
    AskedByKind {
        Visitor = "visitor",
        Agent = "agent",
        Retention = "retention",
    }
    RunState {
        Open = "open",
        Answered = "answered",
        Void = "void",
    }
}
