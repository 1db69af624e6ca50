//! Why a command was refused: a code with its facts for programs, a sentence for people.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{AgentId, Timestamp};

/// A rule said no, and nothing was changed. The same command may be tried again and is judged anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Somebody else took this handoff first.
    TakenBy {
        agent: AgentId,
        name: String,
        at: Timestamp,
    },
    /// Somebody else holds this conversation.
    HeldBy {
        agent: AgentId,
        name: String,
    },
    /// Nobody holds this conversation, and the command needs the one who does.
    NotHeld,
    /// The handoff is over or was never pending.
    HandoffOver,
    /// People cannot be asked for here: the owner switched it off.
    HandoffOff,
    /// Somebody else is asked to take this right now.
    OfferedTo {
        agent: AgentId,
        name: String,
    },
    /// Only a pending handoff can be passed on by rejecting it.
    NotPending,
    /// The assistant proposed nothing, or no longer does.
    NothingProposed,
    /// No details were asked for.
    FormNotAsked,
    /// The agent it should go to is not there.
    TargetNotOnline {
        agent: AgentId,
        name: String,
    },
    /// The agent it should go to does not see this chatbot or may not take chats.
    TargetNotAssigned {
        agent: AgentId,
        name: String,
    },
    /// The agent it should go to holds enough.
    TargetFull {
        agent: AgentId,
        name: String,
        held: u32,
        limit: u32,
    },
    /// It is there already.
    TargetHolds {
        agent: AgentId,
        name: String,
    },
    /// There is no handoff to wait for.
    NotWaiting,
    /// Offline agents take no chats.
    NotOnline,
    ChatLimitReached {
        held: u32,
        limit: u32,
    },
    /// One connection follows so many conversations and no more.
    TooManyThreads {
        limit: u32,
    },
    /// The role does not allow this.
    NotAllowed,
    /// It does not exist, or not for the one who asks.
    NotFound,
    /// This outcome is not for people to choose.
    OutcomeNotAllowed,
    TextEmpty,
    TextTooLong {
        characters: u32,
        limit: u32,
    },
    /// The file has more bytes than are allowed here.
    FileTooLarge {
        /// In mebibytes.
        limit: u32,
    },
    /// A file of this kind could do harm to whoever opens it: a program or a script.
    FileNotAllowed,
    /// It looks like a picture and cannot be read as one, or is larger than pictures may be.
    PictureUnreadable,
    /// More files than go along with one message, or more uploaded than were sent.
    TooManyFiles {
        limit: u32,
    },
    /// An attachment that does not exist, is not the writer's own or was sent already.
    FileGone,
    /// Visitors send no files here.
    FilesOff,
    /// The key was used before with other words.
    KeyReused,
    TooFast {
        retry_after_ms: u32,
    },
    /// The first frame was something else than `start`.
    StartExpected,
    /// A connection has one start, and this is another.
    AlreadyStarted,
    /// The frame is not a command of this protocol.
    Malformed,
    /// The token is unknown or was revoked; a client starts again without one.
    TokenUnknown,
    /// There is no chatbot with the id of the embed tag.
    ChatbotUnknown,
    /// The server could not write; nothing was saved.
    Unavailable,
    /// E-mail and password do not match (or no such agent: the same answer).
    SignInFailed,
    /// The one-time setup token is not the one on the console.
    SetupTokenWrong,
    /// The workspace exists already.
    SetupOver,
    /// A setting is not as it has to be.
    SettingInvalid {
        /// Its path, such as `hours.times.zone`.
        setting: String,
        problem: Problem,
    },
    /// Somebody else saved these settings meanwhile.
    SettingsChanged,
    /// A field of a form is not as it has to be.
    FieldInvalid {
        field: Field,
        problem: Problem,
    },
    /// A saved reply names a variable that does not exist.
    VariableUnknown {
        name: String,
    },
    /// Somebody else saved this reply meanwhile.
    ReplyChanged,
    /// So many saved replies there may be and no more.
    TooManyReplies {
        limit: u32,
    },
    /// So many drafts one agent may have and no more.
    TooManyDrafts {
        limit: u32,
    },
    /// A chat is put aside until a time ahead, `days` at most.
    NotAhead {
        days: u32,
    },
    /// One conversation has so many tags and no more.
    TooManyTags {
        limit: u32,
    },
    /// Somebody else saved this view meanwhile.
    ViewChanged,
    /// So many saved views there may be and no more.
    TooManyViews {
        limit: u32,
    },
    /// The visitor is blocked: they can write no more, and nobody can write to them.
    Blocked,
    /// Somebody else changed what the visitor is known by meanwhile.
    ContactChanged,
    /// One contact has so many attributes and no more.
    TooManyAttributes {
        limit: u32,
    },
    /// So many may join the holder of a handoff and no more.
    TooManyParticipants {
        limit: u32,
    },
    /// The team would have no owner any more.
    LastOwner,
    /// An invitation was accepted, taken back, renewed, or is too old.
    InviteOver,
    /// Somebody is or was on the team with this e-mail address.
    EmailTaken,
    /// Somebody else saved this member meanwhile.
    MemberChanged,
    /// So many invitations may be open and no more.
    TooManyInvites {
        limit: u32,
    },
    /// The link to a new password was used, replaced, or is too old.
    ResetOver,
    /// No mail leaves from here.
    NoMail,
    /// Who is signed in already gave another password than their own.
    PasswordWrong,
    /// A code is not the one of the moment, or was used before.
    CodeWrong,
    /// Too long ago, or too many wrong codes: sign in from the beginning.
    SignInOver,
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Workspace,
    Name,
    Email,
    Password,
    Chatbot,
    Phone,
    Message,
    /// One of the owner's own, by its place from 0.
    Custom(u32),
    Consent,
    /// An e-mail address or a phone number: one of them is needed.
    Contact,
    /// What stands behind the slash of a saved reply.
    Shortcut,
    /// The title of a saved reply.
    Title,
    Company,
    /// What an attribute is called.
    AttributeName,
    /// What an attribute says.
    Attribute,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Missing,
    TooLong {
        limit: u32,
    },
    TooShort {
        least: u32,
    },
    /// An address without a name, an `@` or an ending.
    NotAnAddress,
    /// Among the passwords that are tried first.
    TooCommon,
    /// Not digits with an optional `+` and separators.
    NotAPhoneNumber,
    OutOfRange {
        least: u32,
        most: u32,
    },
    TooMany {
        limit: u32,
    },
    /// Not a name of the IANA time zone database.
    UnknownZone,
    /// Not a day of the calendar as `2026-12-25`.
    NotADate,
    /// Not a language tag such as `de` or `pt-BR`.
    NotALanguage,
    /// It overlaps with another.
    Overlaps,
    /// It stands there twice.
    Twice,
    /// It does not exist in this workspace.
    Unknown,
    /// Not made of letters, digits, `-` and `_`.
    NotAShortcut,
    /// Not a colour as `#0f7180`.
    NotAColour,
    /// Not a host such as `shop.example`, with or without `https://`, `*.` and a port.
    NotASite,
    /// Not an address that begins with `https://` or `http://`.
    NotALink,
    /// Not a value that is allowed here.
    NotAllowedHere,
    /// Texts could not be read on it.
    TooFaint,
}

impl core::error::Error for Refusal {}
