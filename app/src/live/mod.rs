//! The live part of the inbox: its state, the link to the hub, and the signals in between.

pub(crate) mod attention;
pub(crate) mod browser;
mod drafts;
pub(crate) mod edit;
pub(crate) mod emoji;
pub(crate) mod files;
pub(crate) mod given;
pub(crate) mod lines;
mod link;
pub(crate) mod local;
pub(crate) mod notify;
pub(crate) mod place;
pub(crate) mod preferences;
pub(crate) mod reader;
pub(crate) mod reply_files;
pub(crate) mod search;
mod sound;
pub(crate) mod state;
mod storage;
mod tabs;
pub(crate) mod typing;
pub(crate) mod upload;
pub(crate) mod views;

use leptos::prelude::*;
use protocol::agent::AgentCommand;
use protocol::attachment::Attachment;
use protocol::person::Availability;
use protocol::reply::Step;
use protocol::{AgentId, ConversationId, Key, Timestamp};

use state::{Drafts, LiveState, Mode, Outbox};
use views::{Frame, Talk};

/// The inbox's signals. They belong to the root, so that whatever the hub tells finds them alive.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    state: RwSignal<LiveState>,
    /// The server's time, by the second.
    now: RwSignal<Timestamp>,
    /// What was typed and not sent. A signal of its own: a letter changes nothing else.
    drafts: RwSignal<Drafts>,
    /// Counts the letters typed, so that a pause is one only when none came since.
    letters: StoredValue<u64>,
    frame: Memo<Frame>,
}

impl Live {
    /// Puts an empty inbox into the context; [`Live::connect`] fills it.
    pub(crate) fn provide() {
        Self::provide_knowing(LiveState::default(), Timestamp::default());
    }

    /// Puts an inbox into the context that knows this, at this time of the server.
    pub(crate) fn provide_knowing(state: LiveState, now: Timestamp) {
        let state = RwSignal::new(state);
        provide_context(Self {
            state,
            now: RwSignal::new(now),
            drafts: RwSignal::default(),
            letters: StoredValue::default(),
            frame: Memo::new(move |_| Frame::of(&state.read())),
        });
    }

    /// The inbox of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Connects, once per page. Only called in the browser.
    pub(crate) fn connect(self, me: AgentId) {
        if link::is_begun() {
            return;
        }
        self.drafts.set(Drafts::of_kept(storage::drafts(me)));
        let kept = storage::outbox(me);
        let unsent = kept.unsent();
        self.state.update(|state| state.outbox = kept);
        link::begin(self);
        // Kept by the link and sent after the welcome.
        unsent.iter().for_each(link::send);
        self.save_drafts();
        self.save_before_leaving();
        self.keep_stored(me);
        self.keep_time();
        self.follow_sign_out();
    }

    /// What the frame around the conversations follows.
    pub(crate) fn frame<T>(self, read: impl FnOnce(&Frame) -> T) -> T {
        read(&self.frame.read())
    }

    /// What the parts of one conversation follow.
    pub(crate) fn talk(self, id: ConversationId) -> Memo<Talk> {
        Memo::new(move |_| Talk::of(&self.state.read(), id))
    }

    /// The state, followed by whoever reads it.
    pub(crate) fn read<T>(self, read: impl FnOnce(&LiveState) -> T) -> T {
        let state = self.state.read();
        read(&state)
    }

    /// Looks at the state without following it.
    pub(crate) fn peek<T>(self, read: impl FnOnce(&LiveState) -> T) -> T {
        let state = self.state.read_untracked();
        read(&state)
    }

    /// The server's time, by the second; 0 until the page is alive.
    pub(crate) fn now(self) -> Timestamp {
        self.now.get()
    }

    /// The server's time at this moment, not followed.
    pub(crate) fn now_untracked(self) -> Timestamp {
        self.now.get_untracked()
    }

    /// Changes the state and asks the hub what the change calls for.
    pub(crate) fn act(self, change: impl FnOnce(&mut LiveState)) {
        let Some(mut state) = self.state.try_write() else {
            return;
        };
        change(&mut state);
        let asks = state.take_asks();
        // Whoever follows the state is told when the guard goes, and must find it free.
        drop(state);
        asks.iter().for_each(link::send);
    }

    /// Does something that needs a key of its own.
    pub(crate) fn act_with_key(self, change: impl FnOnce(&mut LiveState, Key)) {
        let key = Key::new(local::now(), &browser::random());
        self.act(|state| change(state, key));
    }

    /// Does something that needs several keys.
    pub(crate) fn act_with_keys(self, count: usize, change: impl FnOnce(&mut LiveState, &[Key])) {
        let keys = (0..count).map(|_| Key::new(local::now(), &browser::random()));
        let keys: Vec<Key> = keys.collect();
        self.act(|state| change(state, &keys));
    }

    /// Writes to the visitor or to the team.
    pub(crate) fn say(
        self,
        conversation: ConversationId,
        mode: Mode,
        text: &str,
        files: Vec<Attachment>,
    ) {
        let at = self.now_untracked();
        let said = (text, files);
        self.act_with_key(|state, key| state.say((conversation, mode), said, key, at));
    }

    /// Writes as [`Self::say`] does, and then does what a saved reply does besides.
    pub(crate) fn run(
        self,
        to: (ConversationId, Mode),
        said: (&str, Vec<Attachment>),
        steps: &[Step],
    ) {
        let at = self.now_untracked();
        self.act_with_keys(steps.len() + 1, |state, keys| {
            state.run(to, said, steps, keys, at)
        });
    }

    /// Gives a text up that failed.
    pub(crate) fn discard(self, key: Key) {
        link::forget(key);
        self.act(|state| state.discard(key));
    }

    /// Tells that I am typing a reply, or stopped.
    pub(crate) fn types(self, conversation: ConversationId, typing: bool) {
        link::send(&AgentCommand::Typing {
            conversation,
            typing,
        });
    }

    /// Chooses my availability. It is shown once the hub says so.
    pub(crate) fn choose(self, availability: Availability) {
        link::send(&AgentCommand::SetAvailability { availability });
    }

    /// Chooses whether routing may give me chats. It is shown once the hub says so.
    pub(crate) fn accept_chats(self, accepting: bool) {
        link::send(&AgentCommand::SetAccepting { accepting });
    }

    /// Tries the connection now instead of at the next turn.
    pub(crate) fn try_now(self) {
        link::try_now();
    }

    /// Texts on their way survive a reload.
    fn keep_stored(self, me: AgentId) {
        Effect::new(move |before: Option<Outbox>| {
            let now = self.read(|state| state.outbox.clone());
            storage::keep_outbox(me, &before.unwrap_or_default(), &now);
            now
        });
    }

    /// Who signs out in another tab is signed out here.
    fn follow_sign_out(self) {
        storage::on_forgotten(move || {
            link::end();
            self.forget_drafts();
            self.act(|state| state.outbox = Outbox::default());
        });
    }

    /// The clock behind everything that ticks, and what leaves by itself.
    fn keep_time(self) {
        let tick = move || {
            let browser = local::now();
            let _gone = self
                .now
                .try_set(self.peek(|state| state.server_time(browser)));
            if self.peek(|state| state.has_expired(browser)) {
                self.act(|state| state.expire(browser));
            }
        };
        tick();
        set_interval(tick, std::time::Duration::from_secs(1));
    }
}

/// Ends the connection and forgets what was kept for this agent.
pub(crate) fn leave() {
    link::end();
    storage::forget_all(local::now());
}
