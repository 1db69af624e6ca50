//! What I have typed and not sent: kept here until the hub has it, and followed on my other devices.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::draft::{Draft as Told, DraftMode};
use protocol::{ConversationId, Key, Refusal, Timestamp};

use super::Mode;

/// How far a draft got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// The hub has it as it is here.
    Kept,
    /// Typed since, and not told.
    Typed,
    /// Told, and not answered.
    Told(Key),
    /// The hub does not take it: it stays in this browser until the next letter.
    Refused,
}

/// What I have typed in one conversation for one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    conversation: ConversationId,
    mode: Mode,
    text: String,
    progress: Progress,
    /// The last command that told it.
    last: Option<Key>,
    /// Since when what the hub told last holds.
    at: Timestamp,
}

/// All drafts of mine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drafts {
    all: Vec<Draft>,
    /// Conversations with drafts that were not opened on this page.
    elsewhere: Vec<ConversationId>,
}

/// What the glue has to do after the hub told something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct After {
    /// Whether anything changed that is shown.
    pub(crate) changed: bool,
    /// The hub has it: it need not be kept in this browser any more.
    pub(crate) kept: Option<(ConversationId, Mode)>,
}

impl Drafts {
    /// What an earlier page kept because the hub had not answered.
    pub(crate) fn of_kept(kept: Vec<(ConversationId, Mode, String)>) -> Self {
        let mut drafts = Self::default();
        for (conversation, mode, text) in kept {
            let draft = drafts.entry(conversation, mode);
            (draft.text, draft.progress) = (text, Progress::Typed);
        }
        drafts
    }

    /// What was typed.
    pub(crate) fn text(&self, conversation: ConversationId, mode: Mode) -> String {
        self.find(conversation, mode)
            .map(|draft| draft.text.clone())
            .unwrap_or_default()
    }

    /// Whether there is anything typed and not sent.
    pub(crate) fn has(&self, conversation: ConversationId) -> bool {
        let mut here = self
            .all
            .iter()
            .filter(|draft| draft.conversation == conversation);
        here.any(|draft| !draft.text.trim().is_empty()) || self.elsewhere.contains(&conversation)
    }

    /// Something was typed here, which counts more than what other devices tell.
    pub(crate) fn typed(&mut self, conversation: ConversationId, mode: Mode, text: String) {
        let draft = self.entry(conversation, mode);
        if draft.text != text {
            draft.text = text;
            // A command that is on its way is told apart from what came after it by its key.
            draft.progress = Progress::Typed;
        }
    }

    /// The commands that keep what was typed and not told, one for each draft, and the command that each
    /// of them makes needless.
    pub(crate) fn due(&mut self, mut key: impl FnMut() -> Key) -> Vec<(AgentCommand, Option<Key>)> {
        let typed = self
            .all
            .iter_mut()
            .filter(|draft| draft.progress == Progress::Typed);
        let command = |draft: &mut Draft| {
            let key = key();
            draft.progress = Progress::Told(key);
            let command = AgentCommand::SaveDraft {
                conversation: draft.conversation,
                key,
                mode: wire(draft.mode),
                text: draft.text.clone(),
            };
            (command, draft.last.replace(key))
        };
        typed.map(command).collect()
    }

    /// Takes in what the hub tells.
    pub(crate) fn apply(&mut self, event: &AgentEvent) -> After {
        let before = self.clone();
        let kept = match event {
            AgentEvent::Welcome(welcome) => {
                self.welcomed(&welcome.drafts);
                None
            }
            AgentEvent::Thread(thread) => {
                self.opened(thread.card.conversation, &thread.drafts);
                None
            }
            AgentEvent::DraftChanged {
                conversation,
                draft,
            } => {
                self.told(*conversation, draft);
                None
            }
            AgentEvent::Done { key, .. } => self.answered(*key, Progress::Kept),
            // It is said again by itself.
            AgentEvent::Refused {
                refusal: Refusal::TooFast { .. },
                ..
            } => None,
            AgentEvent::Refused { key: Some(key), .. } => {
                self.answered(*key, Progress::Refused);
                None
            }
            _ => return After::default(),
        };
        After {
            changed: *self != before,
            kept,
        }
    }

    fn welcomed(&mut self, drafted: &[ConversationId]) {
        // What was sent or emptied elsewhere while this page was cut off.
        self.all.retain(|draft| {
            draft.progress != Progress::Kept || drafted.contains(&draft.conversation)
        });
        let known = |id: &ConversationId| self.all.iter().any(|draft| draft.conversation == *id);
        self.elsewhere = drafted.iter().copied().filter(|id| !known(id)).collect();
    }

    fn opened(&mut self, conversation: ConversationId, drafts: &[Told]) {
        self.elsewhere.retain(|id| *id != conversation);
        for mode in [Mode::Reply, Mode::Note] {
            match drafts.iter().find(|told| mode_of(told.mode) == mode) {
                Some(told) => self.told(conversation, told),
                None => self.all.retain(|draft| {
                    (draft.conversation, draft.mode) != (conversation, mode)
                        || draft.progress != Progress::Kept
                }),
            }
        }
    }

    fn told(&mut self, conversation: ConversationId, told: &Told) {
        self.elsewhere.retain(|id| *id != conversation);
        let draft = self.entry(conversation, mode_of(told.mode));
        if told.at <= draft.at {
            return;
        }
        draft.at = told.at;
        if draft.progress == Progress::Kept {
            draft.text.clone_from(&told.text);
        }
    }

    fn answered(&mut self, key: Key, progress: Progress) -> Option<(ConversationId, Mode)> {
        let mut all = self.all.iter_mut();
        let draft = all.find(|draft| draft.progress == Progress::Told(key))?;
        draft.progress = progress;
        Some((draft.conversation, draft.mode))
    }

    fn find(&self, conversation: ConversationId, mode: Mode) -> Option<&Draft> {
        self.all
            .iter()
            .find(|draft| (draft.conversation, draft.mode) == (conversation, mode))
    }

    fn entry(&mut self, conversation: ConversationId, mode: Mode) -> &mut Draft {
        let is = |draft: &Draft| (draft.conversation, draft.mode) == (conversation, mode);
        let at = self.all.iter().position(is).unwrap_or_else(|| {
            self.all.push(Draft {
                conversation,
                mode,
                text: String::new(),
                progress: Progress::Kept,
                last: None,
                at: Timestamp::default(),
            });
            self.all.len() - 1
        });
        &mut self.all[at]
    }
}

/// The mode as it travels.
fn wire(mode: Mode) -> DraftMode {
    match mode {
        Mode::Reply => DraftMode::Reply,
        Mode::Note => DraftMode::Note,
    }
}

fn mode_of(mode: DraftMode) -> Mode {
    match mode {
        DraftMode::Reply => Mode::Reply,
        DraftMode::Note => Mode::Note,
    }
}
