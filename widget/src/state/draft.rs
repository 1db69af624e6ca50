//! What the visitor wants said and the hub has not confirmed yet.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use protocol::lead::LeadDetails;
use protocol::visitor::VisitorCommand;
use protocol::{AttachmentId, Key};

use super::form;
use crate::ids;

/// One wish with its key, from the moment it is made until its entry is in the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub key: Key,
    pub wish: Wish,
    pub stage: Stage,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    Say(String),
    /// Words, or none, with files that are up already.
    Send(String, Vec<AttachmentId>),
    AskForHuman,
    CancelHandoff,
    /// Whether the assistant shall fetch a person, as it proposed.
    AnswerProposal(bool),
    SendForm(LeadDetails),
}

/// How far it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// On its way, or waiting for a connection.
    Waiting,
    /// Committed; its entry has not arrived yet.
    Sent,
    /// Refused, with the reason for people.
    Failed(String),
}

impl Draft {
    /// A wish that was just made.
    pub(crate) fn new(key: Key, wish: Wish) -> Self {
        Self {
            key,
            wish,
            stage: Stage::Waiting,
        }
    }

    /// The command that asks for it.
    pub(crate) fn command(&self) -> VisitorCommand {
        let key = self.key;
        match &self.wish {
            Wish::Say(text) => VisitorCommand::Say {
                key,
                text: text.clone(),
                attachments: Vec::new(),
            },
            Wish::Send(text, files) => VisitorCommand::Say {
                key,
                text: text.clone(),
                attachments: files.clone(),
            },
            Wish::AskForHuman => VisitorCommand::AskForHuman { key },
            Wish::CancelHandoff => VisitorCommand::CancelHandoff { key },
            Wish::AnswerProposal(accept) => VisitorCommand::AnswerProposal {
                key,
                accept: *accept,
            },
            Wish::SendForm(details) => VisitorCommand::SendForm {
                key,
                details: details.clone(),
            },
        }
    }
}

impl Wish {
    /// As it is kept over a reload: one letter for the kind, then the text. Kept apart from the wire,
    /// so that words typed offline outlive a new version.
    pub(crate) fn to_kept(&self) -> String {
        let details;
        let sent;
        let (kind, text) = match self {
            Self::Say(text) => ('s', text.as_str()),
            Self::Send(text, files) => {
                // The ids, each of the same length, then a line's end and the text.
                let mut kept: String = files.iter().map(|file| ids::written(file.0)).collect();
                kept.push('\n');
                kept.push_str(text);
                sent = kept;
                ('p', sent.as_str())
            }
            Self::AskForHuman => ('a', ""),
            Self::CancelHandoff => ('c', ""),
            Self::AnswerProposal(true) => ('y', ""),
            Self::AnswerProposal(false) => ('n', ""),
            Self::SendForm(sent) => {
                details = form::to_kept(sent);
                ('f', details.as_str())
            }
        };
        let mut kept = String::with_capacity(1 + text.len());
        kept.push(kind);
        kept.push_str(text);
        kept
    }

    /// The wish in what was kept; none for what this version does not know.
    pub(crate) fn from_kept(kept: &str) -> Option<Self> {
        let (kind, text) = kept.split_at_checked(1)?;
        match kind {
            "s" => Some(Self::Say(text.to_owned())),
            "p" => {
                let (mut ids, text) = text.split_once('\n')?;
                let mut files = Vec::new();
                while let Some((id, rest)) = ids.split_at_checked(32) {
                    files.push(AttachmentId(ids::read(id)?));
                    ids = rest;
                }
                Some(Self::Send(text.to_owned(), files))
            }
            "a" => Some(Self::AskForHuman),
            "c" => Some(Self::CancelHandoff),
            "y" => Some(Self::AnswerProposal(true)),
            "n" => Some(Self::AnswerProposal(false)),
            "f" => Some(Self::SendForm(form::from_kept(text))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(count: u8) -> Vec<AttachmentId> {
        let id = |number| AttachmentId::new(protocol::Timestamp(7), &[number; 10]);
        (0..count).map(id).collect()
    }

    #[test]
    fn a_wish_survives_being_kept() {
        for wish in [
            Wish::Say("Grüße,\nzwei Zeilen 🏕".to_owned()),
            Wish::Send(String::new(), files(1)),
            Wish::Send("zwei\nZeilen".to_owned(), files(2)),
            Wish::AskForHuman,
            Wish::CancelHandoff,
            Wish::AnswerProposal(true),
            Wish::AnswerProposal(false),
            Wish::SendForm(LeadDetails {
                email: "kim@example.org".to_owned(),
                message: "Zwei\nZeilen".to_owned(),
                ..LeadDetails::default()
            }),
        ] {
            assert_eq!(Some(wish.clone()), Wish::from_kept(&wish.to_kept()));
        }
    }

    #[test]
    fn what_another_version_kept_is_left_alone() {
        assert_eq!(None, Wish::from_kept(""));
        assert_eq!(None, Wish::from_kept("zebra"));
        assert_eq!(None, Wish::from_kept("é"));
    }
}
