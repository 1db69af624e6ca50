//! Short notices that leave by themselves, though not while somebody reads one.

use protocol::{AgentId, ConversationId, Timestamp};

use super::Act;

/// How long a notice stays.
const STAYS_MS: i64 = 6_000;
/// How long one stays that calls somebody.
const CALLS_MS: i64 = 20_000;
/// How many are shown at once; the oldest gives way.
const AT_MOST: usize = 3;

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Toast {
    pub(crate) id: u64,
    /// The colleague it is about.
    pub(crate) agent: Option<AgentId>,
    pub(crate) title: String,
    pub(crate) detail: String,
    /// A conversation to go on with.
    pub(crate) next: Option<ConversationId>,
    /// Whether that is the one it is about, and not the next in line.
    pub(crate) is_about_next: bool,
    /// What was done, where, and can be undone.
    pub(crate) undo: Option<(ConversationId, Act)>,
    /// When it leaves; none for what stays until it is dismissed.
    pub(crate) until: Option<Timestamp>,
}

/// The notices on screen, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Toasts {
    shown: Vec<Toast>,
    count: u64,
    /// The one that somebody points at or works in.
    held: Option<u64>,
}

impl Toasts {
    pub(crate) fn shown(&self) -> &[Toast] {
        &self.shown
    }

    /// Something that a colleague did first.
    pub(crate) fn tell(
        &mut self,
        agent: AgentId,
        (title, detail): (String, String),
        next: Option<ConversationId>,
        now: Timestamp,
    ) {
        let is_about_next = false;
        let until = Some(Timestamp(now.millis() + STAYS_MS));
        self.push(Toast {
            id: 0,
            agent: Some(agent),
            title,
            detail,
            next,
            is_about_next,
            undo: None,
            until,
        });
    }

    /// Something in a conversation that a colleague calls me to.
    pub(crate) fn call(
        &mut self,
        agent: AgentId,
        (title, detail): (String, String),
        conversation: ConversationId,
        now: Timestamp,
    ) {
        let until = Some(Timestamp(now.millis() + CALLS_MS));
        self.push(Toast {
            id: 0,
            agent: Some(agent),
            title,
            detail,
            next: Some(conversation),
            is_about_next: true,
            undo: None,
            until,
        });
    }

    /// Something that I did and can undo.
    pub(crate) fn undo(&mut self, title: String, done: (ConversationId, Act), now: Timestamp) {
        self.push(Toast {
            id: 0,
            agent: None,
            title,
            detail: String::new(),
            next: None,
            is_about_next: false,
            undo: Some(done),
            until: Some(Timestamp(now.millis() + CALLS_MS)),
        });
    }

    /// Takes a notice away, and returns what can be undone of it.
    pub(super) fn take_undo(&mut self, id: u64) -> Option<(ConversationId, Act)> {
        let toast = self.shown.iter().find(|toast| toast.id == id)?;
        let undo = toast.undo;
        self.dismiss(id);
        undo
    }

    /// Something that failed; it stays until it is dismissed.
    pub(crate) fn fail(&mut self, title: String) {
        if self.shown.iter().any(|toast| toast.title == title) {
            return;
        }
        let detail = String::new();
        self.push(Toast {
            id: 0,
            agent: None,
            title,
            detail,
            next: None,
            is_about_next: false,
            undo: None,
            until: None,
        });
    }

    pub(crate) fn dismiss(&mut self, id: u64) {
        self.shown.retain(|toast| toast.id != id);
    }

    /// Keeps one for as long as somebody points at it or works in it.
    pub(crate) fn hold(&mut self, id: u64) {
        self.held = Some(id);
    }

    /// Lets it leave again, after its whole time.
    pub(crate) fn release(&mut self, id: u64, now: Timestamp) {
        if self.held == Some(id) {
            self.held = None;
        }
        let until = Timestamp(now.millis() + STAYS_MS);
        if let Some(toast) = self.shown.iter_mut().find(|toast| toast.id == id) {
            toast.until = toast.until.map(|_| until);
        }
    }

    /// Whether one has been there long enough.
    pub(crate) fn has_expired(&self, now: Timestamp) -> bool {
        self.shown.iter().any(|toast| self.is_over(toast, now))
    }

    fn is_over(&self, toast: &Toast, now: Timestamp) -> bool {
        self.held != Some(toast.id) && toast.until.is_some_and(|until| until <= now)
    }

    /// Takes away those that have been there long enough.
    pub(crate) fn expire(&mut self, now: Timestamp) {
        let mut shown = std::mem::take(&mut self.shown);
        shown.retain(|toast| !self.is_over(toast, now));
        self.shown = shown;
    }

    fn push(&mut self, toast: Toast) {
        self.count += 1;
        self.shown.push(Toast {
            id: self.count,
            ..toast
        });
        let over = self.shown.len().saturating_sub(AT_MOST);
        self.shown.drain(..over);
    }
}
