//! What people changed, as those see it who may: who, what, from which value to which, when, from where.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AgentId, Timestamp};

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its word in rows, addresses and exports. What was written once is read for ever.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// What a word means.
            pub fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// What somebody did.
    AuditKind {
        SignedIn = "signed_in",
        SignInRefused = "sign_in_refused",
        SignedOut = "signed_out",
        PasswordChanged = "password_changed",
        ResetMade = "reset_made",
        TwoStepsOn = "two_steps_on",
        TwoStepsOff = "two_steps_off",
        RecoveryRenewed = "recovery_renewed",
        Profile = "profile",
        AgentAdded = "agent_added",
        InviteMade = "invite_made",
        InviteMailed = "invite_mailed",
        InviteRevoked = "invite_revoked",
        InviteAccepted = "invite_accepted",
        Member = "member",
        Assignment = "assignment",
        Activated = "activated",
        Deactivated = "deactivated",
        Group = "group",
        WorkspaceMade = "workspace_made",
        Settings = "settings",
        Look = "look",
        Target = "target",
        ChatbotMade = "chatbot_made",
        ChatbotRenamed = "chatbot_renamed",
        ChatbotArchived = "chatbot_archived",
        ChatbotRestored = "chatbot_restored",
        ChatbotPicture = "chatbot_picture",
        Knowledge = "knowledge",
        IdentitySecret = "identity_secret",
        Label = "label",
        Reply = "reply",
        View = "view",
        ContactEdited = "contact_edited",
        ContactsMerged = "contacts_merged",
        ContactSplit = "contact_split",
        Blocked = "blocked",
        Unblocked = "unblocked",
        Erased = "erased",
        Exported = "exported",
        Imported = "imported",
        RoleMade = "role_made",
        RoleChanged = "role_changed",
        RoleDeleted = "role_deleted",
        ModuleSwitched = "module_switched",
        TokenMade = "token_made",
        TokenRevoked = "token_revoked",
        MailSentAgain = "mail_sent_again",
    }
}

words! {
    /// What it was done to.
    AuditSubject {
        Workspace = "workspace",
        Agent = "agent",
        Group = "group",
        Invite = "invite",
        Chatbot = "chatbot",
        Label = "label",
        Reply = "reply",
        View = "view",
        Conversation = "conversation",
        Contact = "contact",
        Role = "role",
    }
}

words! {
    /// A field of what somebody did, other than to settings: those go by their path in the file of
    /// settings, such as `routing.mode`, and a module by its own word.
    AuditField {
        Name = "name",
        Email = "email",
        Phone = "phone",
        Company = "company",
        Attribute = "attribute",
        With = "with",
        Role = "role",
        Without = "without",
        Chatbots = "chatbots",
        ChatLimit = "chat_limit",
        Priority = "priority",
        HandoffMail = "handoff_mail",
        SoundOfRequests = "sound_of_requests",
        SoundOfReplies = "sound_of_replies",
        QuietHours = "quiet_hours",
        Place = "place",
        By = "by",
        File = "file",
        Labels = "labels",
        Settings = "settings",
        Replies = "replies",
        Roles = "roles",
        Modules = "modules",
        SignIns = "sign_ins",
        Shared = "shared",
        Title = "title",
        Shortcut = "shortcut",
        Text = "text",
        Steps = "steps",
        View = "view",
        Picture = "picture",
        Token = "token",
        MembersRemoved = "members.removed",
        MembersAdded = "members.added",
        Conversations = "conversations",
        Retired = "retired",
        Mail = "mail",
        SourcesRemoved = "sources.removed",
        SourcesRenewed = "sources.renewed",
        SourcesAdded = "sources.added",
    }
}

/// A field that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditChange {
    /// The word of an [`AuditField`]; of settings, the path in their file; of modules, the module's.
    pub field: String,
    /// Both are empty where it is said that it changed and not what it was.
    pub before: String,
    pub after: String,
}

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    pub id: u64,
    pub at: Timestamp,
    /// None for a stranger, and for whoever works on the server itself.
    pub agent: Option<AgentId>,
    /// As it was then.
    pub name: String,
    pub kind: AuditKind,
    pub subject: AuditSubject,
    pub subject_id: Option<Uuid>,
    /// As it was then; empty for visitors, who have a right to be forgotten.
    pub subject_name: String,
    pub changes: Vec<AuditChange>,
    /// As much of it as the workspace keeps of addresses.
    pub address: String,
    /// What the browser said it is.
    pub user_agent: String,
    /// How often by then, within the hour.
    pub times: u32,
}

/// What is looked for, as it stands in the page's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    pub who: Option<AgentId>,
    pub kind: Option<AuditKind>,
    /// The first day, such as `2026-12-24`, on the workspace's clock; empty for the beginning.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Part of what the subject is called.
    pub text: String,
}

/// A page of it, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    pub filter: AuditFilter,
    pub rows: Vec<AuditRow>,
    /// Everybody who did something, or could.
    pub people: Vec<(AgentId, String)>,
    /// The filter as an address holds it, without the place in the list.
    pub query: String,
    /// Before which row the next page begins; none on the last one.
    pub older: Option<u64>,
    /// Whether this is not the first page.
    pub is_further: bool,
    /// Whether the address asks for what no page asks for. Then nothing was looked for: less would be
    /// filtered than was meant.
    pub is_unknown: bool,
    /// On whose clock days begin.
    pub zone: String,
}
