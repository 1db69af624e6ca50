//! An agent's own page: who they are, where they are signed in, and what signing in asks for.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::api_token::{TokenForm, TokenView};
use crate::module::SwitchedOff;
use crate::person::{Face, Notices};
use crate::{AgentId, ApiTokenId, AttachmentId, SignInId, Timestamp};

/// The page of the agent who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    pub me: AgentId,
    pub face: Face,
    /// The picture that is shown in the face's place.
    pub picture: Option<AttachmentId>,
    pub email: String,
    /// `+` and digits; empty without one.
    pub phone: String,
    pub notices: Notices,
    /// Whether mail leaves from here and whoever keeps the team lets it tell them of who waits.
    pub mails: MailOfWaits,
    /// To be named when saving.
    pub version: u64,
    /// The recovery codes that are left; none while no code is asked for.
    pub recovery_codes: Option<u32>,
    /// This browser first, then by when they were used last.
    pub sign_ins: Vec<SignInView>,
    /// What programs act as this agent with, the newest first.
    pub tokens: Vec<TokenView>,
    /// Why none holds and none can be made, where that is so.
    pub api_off: Option<NoApi>,
}

/// Why programs may not act as an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoApi {
    /// The module is off, for the workspace or for the agent's role.
    SwitchedOff(SwitchedOff),
    /// The agent's own role takes it away.
    Role,
}

/// Whether mail can tell an agent of who waits, before they say whether it shall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailOfWaits {
    Can,
    /// Whoever keeps the team switched it off for them.
    SwitchedOff,
    /// No mail leaves from here.
    NoMail,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    pub id: SignInId,
    pub since: Timestamp,
    pub last_used: Timestamp,
    /// What the browser says it is.
    pub user_agent: String,
    /// The IP address it signed in from.
    pub address: String,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// Who an agent says they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileForm {
    /// The version that was looked at.
    pub version: u64,
    pub name: String,
    /// With its country code; empty for none.
    pub phone: String,
}

/// What an agent wants to be told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesForm {
    /// The version that was looked at.
    pub version: u64,
    pub notices: Notices,
}

/// Another password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordForm {
    pub current: String,
    pub new: String,
}

/// What an agent does on their page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileEdit {
    Save(ProfileForm),
    RemovePicture,
    /// Changes the password, and ends the other sign-ins and the tokens.
    Password(PasswordForm),
    /// Ends one sign-in, or with none all but this.
    EndSignIns(Option<SignInId>),
    /// Makes a key of one-time codes. Asks for the password.
    BeginTwoSteps(String),
    /// Confirms the key by a code: from now on signing in asks for one.
    ConfirmTwoSteps(String),
    /// Makes new recovery codes in the place of the old ones. Asks for the password.
    NewRecovery(String),
    /// Signing in asks for no code any more. Asks for the password.
    EndTwoSteps(String),
    /// The same for a member who lost what makes the codes, by who keeps the team.
    EndTwoStepsOf(AgentId),
    /// Saves what the agent wants to be told of.
    Notices(NoticesForm),
    /// Makes a token for a program. Asks for the password.
    MakeToken(TokenForm),
    /// Takes one back.
    RevokeToken(ApiTokenId),
    /// The same of a member, by who keeps the team.
    RevokeTokenOf(ApiTokenId),
}

/// What it came to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileDone {
    Saved,
    /// So many sign-ins ended.
    Ended(u32),
    Offered(KeyOffer),
    /// The recovery codes, shown once.
    Confirmed(Vec<String>),
    /// The token, shown once.
    Token(String),
}

/// The key of one-time codes, shown until a first code confirms it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyOffer {
    /// In base 32, as it is typed into an app.
    pub key: String,
    /// The same as a QR code: the modules of one side,
    pub side: u32,
    /// and the dark ones, as the data of an SVG path.
    pub dark: String,
}

// Secrets must never reach a log, so none shows what it holds.
impl fmt::Debug for PasswordForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordForm")
    }
}

impl fmt::Debug for ProfileEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProfileEdit")
    }
}

impl fmt::Debug for ProfileDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProfileDone")
    }
}

impl fmt::Debug for KeyOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyOffer")
    }
}
