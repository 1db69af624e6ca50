//! What this agent has written and the server has not yet shown back.

use super::files;
use protocol::agent::AgentCommand;
use protocol::attachment::Attachment;
use protocol::{ConversationId, Key, Timestamp};

/// Whom a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// The visitor.
    Reply,
    /// The team alone.
    Note,
}

impl Mode {
    /// Its name where it is kept.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
        }
    }

    /// The mode of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Reply, Self::Note]
            .into_iter()
            .find(|mode| mode.name() == name)
    }
}

/// How far a text got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Given to the connection, or waiting for one.
    Sending,
    /// Saved; its entry is on the way.
    Saved,
    /// Refused, and why.
    Failed(String),
}

/// One text on its way. Kept over a reload until its entry came or it was discarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub(crate) key: Key,
    pub(crate) conversation: ConversationId,
    pub(crate) mode: Mode,
    pub(crate) text: String,
    pub(crate) files: Vec<Attachment>,
    pub(crate) at: Timestamp,
    pub(crate) progress: Progress,
}

impl Outgoing {
    /// The lines under which it is kept: what is not the text first, so that the text may have lines
    /// of its own. Plain lines, because code for JSON would be an eighth of the program.
    pub(crate) fn kept(&self) -> String {
        let progress = match &self.progress {
            Progress::Sending => "sending".to_owned(),
            Progress::Saved => "saved".to_owned(),
            Progress::Failed(why) => format!("failed {}", why.replace('\n', " ")),
        };
        let Self {
            key,
            conversation,
            mode,
            text,
            files,
            at,
            ..
        } = self;
        let (mode, at) = (mode.name(), at.millis());
        let files = files::kept(files);
        format!("{key}\n{conversation}\n{mode}\n{at}\n{progress}\n{files}\n{text}")
    }

    /// The text of such lines; none for what an older version kept in another way.
    pub(crate) fn of_kept(kept: &str) -> Option<Self> {
        let mut lines = kept.splitn(7, '\n');
        let mut next = || lines.next();
        Some(Self {
            key: next()?.parse().ok()?,
            conversation: next()?.parse().ok()?,
            mode: Mode::named(next()?)?,
            at: Timestamp(next()?.parse().ok()?),
            progress: match next()? {
                "sending" => Progress::Sending,
                "saved" => Progress::Saved,
                failed => Progress::Failed(failed.strip_prefix("failed ")?.to_owned()),
            },
            files: files::of_kept(next()?)?,
            text: next()?.to_owned(),
        })
    }

    /// The command that sends it. Its key makes sending it twice the same as sending it once.
    pub(crate) fn command(&self) -> AgentCommand {
        let Self {
            key,
            conversation,
            text,
            files,
            ..
        } = self.clone();
        let attachments = files.iter().map(|file| file.id).collect();
        match self.mode {
            Mode::Reply => AgentCommand::Say {
                conversation,
                key,
                text,
                attachments,
            },
            Mode::Note => AgentCommand::AddNote {
                conversation,
                key,
                text,
                attachments,
            },
        }
    }
}

/// Every text on its way, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outbox(Vec<Outgoing>);

impl Outbox {
    /// What was kept over a reload, oldest first.
    pub(crate) fn of_kept(kept: Vec<Outgoing>) -> Self {
        Self(kept)
    }

    /// Every text.
    pub(crate) fn all(&self) -> &[Outgoing] {
        &self.0
    }

    /// The texts of one conversation.
    pub(crate) fn of(&self, conversation: ConversationId) -> impl Iterator<Item = &Outgoing> {
        self.0
            .iter()
            .filter(move |outgoing| outgoing.conversation == conversation)
    }

    /// The commands of everything that has not failed: what an earlier page left unsent.
    pub(crate) fn unsent(&self) -> Vec<AgentCommand> {
        let unsent = self
            .0
            .iter()
            .filter(|outgoing| outgoing.progress == Progress::Sending);
        unsent.map(Outgoing::command).collect()
    }

    /// One text.
    pub(crate) fn find(&self, key: Key) -> Option<&Outgoing> {
        self.0.iter().find(|outgoing| outgoing.key == key)
    }

    /// Adds a text at the end.
    pub(crate) fn push(&mut self, outgoing: Outgoing) {
        self.0.push(outgoing);
    }

    /// Takes a text out: its entry came, or it was discarded.
    pub(crate) fn remove(&mut self, key: Key) -> Option<Outgoing> {
        let at = self.0.iter().position(|outgoing| outgoing.key == key)?;
        Some(self.0.remove(at))
    }

    /// Changes how far a text got. Tells whether there is such a text.
    pub(crate) fn set(&mut self, key: Key, progress: Progress) -> bool {
        let found = self.0.iter_mut().find(|outgoing| outgoing.key == key);
        found.map(|outgoing| outgoing.progress = progress).is_some()
    }
}
