//! What must not be heard: words that are planted where not everybody may look, and the ear each of
//! them is meant for.

use super::Actor;
use std::collections::{BTreeMap, BTreeSet};

use domain::permissions::Permission;

/// Who hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ear {
    /// Nobody who is known.
    Stranger,
    /// A visitor of the place.
    Visitor(Place),
    /// A visitor of the chatbot whom nobody planted anything with.
    OtherVisitor,
    /// A member of the team who is assigned to one of two chatbots.
    Member(Actor),
    /// The same, deactivated.
    Gone(Actor),
    /// The owner, who sees everything of the workspace.
    Owner,
    /// The owner of another workspace on the same database.
    ForeignOwner,
}

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// At the chatbot that members are assigned to.
    Own,
    /// At the chatbot of the workspace that they are not assigned to.
    Unassigned,
    /// In another workspace.
    Foreign,
}

/// Planted words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secret {
    /// What was said where members are assigned.
    Words,
    /// What was said where they are not.
    UnassignedWords,
    /// Anything of another workspace: names, messages, files, replies, labels, views.
    ForeignWords,
    Note,
    UnassignedNote,
    ForeignNote,
    /// From which address a visitor comes.
    Address,
    /// A reply, a view and a draft of the owner's own.
    Private,
    /// The address of a colleague, and of somebody who is invited.
    Team,
    /// What a site proves its visitors with.
    OfSite,
    /// The names of conversations, handoffs and files that are not at the members' chatbot.
    UnassignedId,
    ForeignId,
}

impl Secret {
    pub(super) const ALL: [Self; 12] = [
        Self::Words,
        Self::UnassignedWords,
        Self::ForeignWords,
        Self::Note,
        Self::UnassignedNote,
        Self::ForeignNote,
        Self::Address,
        Self::Private,
        Self::Team,
        Self::OfSite,
        Self::UnassignedId,
        Self::ForeignId,
    ];

    /// What is planted as words; the rest is known once it was made.
    pub(super) fn words(self) -> Option<&'static str> {
        match self {
            Self::Words => Some("avocet"),
            Self::UnassignedWords => Some("zanderling"),
            Self::ForeignWords => Some("quillback"),
            Self::Note => Some("murrelet"),
            Self::UnassignedNote => Some("fieldfare"),
            Self::ForeignNote => Some("kittiwake"),
            // The last part is not kept.
            Self::Address => Some("203.0.113."),
            Self::Private => Some("dotterel"),
            Self::Team => Some("ptarmigan"),
            Self::OfSite | Self::UnassignedId | Self::ForeignId => None,
        }
    }

    /// Whether it is meant for this ear. No `_` arm: another secret or ear asks for a decision.
    pub(super) fn is_for(self, ear: Ear) -> bool {
        let (by_role, visitor) = match self {
            Self::Words => (None, Some(Place::Own)),
            Self::Note => (None, None),
            Self::Address => (Some(Permission::SeeAddresses), None),
            Self::Team => (Some(Permission::SaveTeam), None),
            Self::OfSite => (Some(Permission::SeeIdentitySecrets), None),
            Self::UnassignedWords | Self::UnassignedId => {
                return matches!(ear, Ear::Owner | Ear::Visitor(Place::Unassigned));
            }
            Self::UnassignedNote | Self::Private => return ear == Ear::Owner,
            Self::ForeignWords | Self::ForeignId => {
                return matches!(ear, Ear::ForeignOwner | Ear::Visitor(Place::Foreign));
            }
            Self::ForeignNote => return ear == Ear::ForeignOwner,
        };
        match ear {
            Ear::Member(role) => by_role.is_none_or(|permission| role.has(permission)),
            Ear::Owner => true,
            Ear::Visitor(place) => Some(place) == visitor,
            Ear::Stranger | Ear::OtherVisitor | Ear::Gone(_) | Ear::ForeignOwner => false,
        }
    }
}

/// What is said of the whole workspace, whatever its reader is assigned to: the record of what people
/// changed, and the settings as a file.
const OF_THE_WORKSPACE: [&str; 7] = [
    "function load_audit",
    "function load_data",
    "GET /audit",
    "GET /audit/export.csv",
    "GET /audit/export.jsonl",
    "GET /data",
    "GET /data/settings.json",
];

/// Everything that was heard, and what must not have been.
#[derive(Debug, Default)]
pub(super) struct Ears {
    /// What stands for a secret besides its words.
    made: BTreeMap<Secret, Vec<String>>,
    heard: BTreeSet<Secret>,
    /// Who was on the team once, which the record of changes goes on to say.
    once_here: Vec<String>,
    pub(super) leaks: Vec<String>,
    pub(super) listened: u64,
}

impl Ears {
    /// Something that was made stands for a secret.
    pub(super) fn knows(&mut self, secret: Secret, text: impl ToString) {
        self.made.entry(secret).or_default().push(text.to_string());
    }

    /// Somebody was on the team before they were of another workspace.
    pub(super) fn was_here(&mut self, text: impl ToString) {
        self.once_here.push(text.to_string());
    }

    /// Somebody was told this.
    pub(super) fn listen(&mut self, ear: Ear, at: &str, told: &str) {
        self.listened += 1;
        let mut told = told.to_owned();
        let whole = OF_THE_WORKSPACE.contains(&at);
        for name in self.once_here.iter().filter(|_| whole) {
            told = told.replace(name, "");
        }
        for secret in Secret::ALL {
            // Whoever may read it at all reads it of every chatbot.
            if whole && matches!(secret, Secret::UnassignedWords | Secret::UnassignedId) {
                continue;
            }
            let made = self.made.get(&secret).into_iter().flatten();
            let mut forms = secret.words().into_iter().chain(made.map(String::as_str));
            let Some(form) = forms.find(|form| told.contains(form)) else {
                continue;
            };
            if secret.is_for(ear) {
                self.heard.insert(secret);
            } else {
                let from = told.find(form).unwrap_or_default();
                let around: String = told[..from].chars().rev().take(60).collect();
                let around: String = around.chars().rev().collect();
                self.leaks.push(format!(
                    "{ear:?} heard {secret:?} at {at}: …{around}{form}…"
                ));
            }
        }
    }

    /// What nobody heard for whom it was meant: then nothing was proved of it.
    pub(super) fn never_heard(&self) -> Vec<Secret> {
        let all = Secret::ALL.into_iter();
        all.filter(|secret| !self.heard.contains(secret)).collect()
    }
}
