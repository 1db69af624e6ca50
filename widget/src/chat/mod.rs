//! The chat as a whole: what the visitor does, what the hub says, and what follows from both.

mod files;
mod page;

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use core::cell::{Cell, OnceCell, RefCell};

use protocol::ChatbotId;
use protocol::visitor::{Page, Start, VisitorCommand, VisitorEvent};
use socket::browser::Client;
use socket::{EventOf, Fate, Status, Stop, Told};
use web_sys::Element;

use crate::codec::Postcard;
use crate::dom::document;
use crate::host::{Host, host, page};
use crate::ids::{new_conversation, new_key};
use crate::state::{Chosen, State, Todo, Typing, Up, Wish};
use crate::store;
use crate::text::Line;
use crate::view::{View, form};

/// What is typed is shown at most so often, in milliseconds.
const PREVIEW: u64 = 800;

/// One visitor's chat with one chatbot.
pub(crate) struct Chat {
    chatbot: ChatbotId,
    pub(crate) host: Host,
    state: RefCell<State>,
    pub(crate) view: RefCell<View>,
    client: OnceCell<Client<Postcard>>,
    typing: RefCell<Typing>,
    /// When the team was shown last what is being typed.
    shown: Cell<u64>,
    page: RefCell<Option<Page>>,
    open: Cell<bool>,
    /// Whether older entries were asked for.
    loading: Cell<bool>,
    /// What the launcher shows.
    unread: Cell<usize>,
    /// Whether the page around asked for something.
    called: Cell<bool>,
    /// How the page around was told that it stands with a person.
    stood: Cell<&'static str>,
}

impl Chat {
    pub(crate) fn new(chatbot: ChatbotId) -> Self {
        let host = host();
        let (token, conversation) = store::visit();
        let conversation = conversation.unwrap_or_else(new_conversation);
        let mut state = State::new(token, conversation, store::drafts());
        state.details = store::details();
        Self {
            chatbot,
            view: RefCell::new(View::new(host.framed())),
            host,
            state: RefCell::new(state),
            client: OnceCell::new(),
            typing: RefCell::default(),
            shown: Cell::new(0),
            page: RefCell::default(),
            open: Cell::new(false),
            loading: Cell::new(false),
            unread: Cell::new(0),
            called: Cell::new(false),
            stood: Cell::default(),
        }
    }

    /// The page is ready. Without a page around there is nothing to wait for.
    pub(crate) fn begin(&'static self) {
        self.refresh(true);
        if !self.host.framed() {
            self.page.replace(Some(Page::default()));
            self.show();
        }
    }

    /// The loader told of the page around.
    pub(crate) fn around(&'static self, url: String, title: String, referrer: String) {
        self.page.replace(Some(page(url, title, referrer)));
        // It may still show what an earlier life of this frame told it.
        self.host.unread(self.unread.get() as u32);
        self.connect();
    }

    /// The panel was closed.
    pub(crate) fn hide(&self) {
        self.open.set(false);
        self.stop_typing();
        self.looked();
    }

    /// The panel was opened.
    pub(crate) fn show(&'static self) {
        self.open.set(true);
        self.connect();
        // First: older entries are asked for when the oldest are in view.
        self.view.borrow().timeline.to_end();
        self.looked();
        let view = self.view.borrow();
        view.composer.changed();
        view.timeline.to_end();
        drop(view);
        self.take_focus();
    }

    /// The panel, or the page, came into view or left it.
    pub(crate) fn looked(&self) {
        self.state.borrow_mut().seen = self.open.get() && !document().hidden();
        self.refresh(false);
    }

    /// Connects once the page is known and there is a reason to: the panel is open, or there was an
    /// earlier visit. A glance at the launcher leaves no trace.
    fn connect(&'static self) {
        let reason = self.open.get() || self.called.get() || self.state.borrow().token.is_some();
        if !reason || self.page.borrow().is_none() || self.client.get().is_some() {
            return;
        }
        let client = Client::connect(&self.host.socket(), || self.start(), |told| self.told(told));
        for draft in &self.state.borrow().drafts {
            client.send(&draft.command());
        }
        let _first = self.client.set(client);
    }

    fn start(&self) -> VisitorCommand {
        let state = self.state.borrow();
        VisitorCommand::Start(Start {
            token: state.token.clone(),
            chatbot: self.chatbot,
            conversation: state.conversation,
            after: state.last(),
            page: self.page.borrow().clone().unwrap_or_default(),
            locale: self.host.locale(),
        })
    }

    fn told(&self, told: Told<EventOf<Postcard>>) {
        match told {
            Told::Event(event) => self.event(event),
            Told::Status(status) => self.status(status),
        }
    }

    fn event(&self, event: VisitorEvent) {
        let history = matches!(
            event,
            VisitorEvent::Welcome(_) | VisitorEvent::Earlier { .. }
        );
        if history {
            self.loading.set(false);
        }
        self.tell_of(&event);
        let todo = self.state.borrow_mut().apply(event);
        for todo in todo {
            self.carry_out(todo);
        }
        self.refresh(history);
    }

    fn status(&self, status: Status) {
        self.state.borrow_mut().connection(status);
        self.loading.set(false);
        match status {
            Status::Live => {
                self.host.welcomed();
                self.upload_again();
            }
            Status::Stopped(Stop::Reload) if self.host.reload(true) => {}
            Status::Stopped(Stop::Reload) => self.end(&Line::new_version.text()),
            Status::Stopped(Stop::Revoked) => {
                self.state.borrow_mut().token = None;
                self.carry_out(Todo::KeepVisit);
                self.carry_out(Todo::StartAnew);
            }
            Status::Stopped(_) => self.end(&Line::ended.text()),
            Status::Connecting | Status::Lost { .. } => {}
        }
        self.refresh(false);
    }

    /// Says that it is over, unless the hub said so in its own words.
    fn end(&self, words: &str) {
        let mut state = self.state.borrow_mut();
        state.notice.get_or_insert_with(|| words.to_owned());
    }

    fn carry_out(&self, todo: Todo) {
        match todo {
            Todo::KeepVisit => {
                let state = self.state.borrow();
                store::keep_visit(state.token.as_deref(), state.conversation);
            }
            Todo::Settled(key) => store::forget(key),
            Todo::ForgetDetails => store::keep_details(None),
            Todo::StartAnew => {
                if let Some(client) = self.client.get() {
                    client.restart();
                }
            }
        }
    }

    /// Shows the state, and tells hub and launcher what follows from its being seen.
    fn refresh(&self, history: bool) {
        let read = self.state.borrow_mut().newly_read();
        if let Some(seq) = read {
            self.send(&VisitorCommand::Read { seq });
        }
        let state = self.state.borrow();
        self.host.set_token(state.token.as_deref());
        self.view.borrow_mut().show(&state, history);
        let unread = state.unread();
        self.tell_how_it_stands(&state);
        drop(state);
        if self.unread.replace(unread) != unread {
            self.host.unread(unread as u32);
        }
        self.load_earlier();
    }

    /// Asks for older entries when they are about to come into view.
    pub(crate) fn load_earlier(&self) {
        let state = self.state.borrow();
        let wanted = state.more && !self.loading.get();
        let first = state.entries.first().map(|entry| entry.seq);
        drop(state);
        if let (true, Some(before)) = (wanted, first)
            && self.view.borrow().timeline.is_near_start()
        {
            let fate = self.send(&VisitorCommand::LoadEarlier { before });
            self.loading.set(fate == Fate::Sent);
        }
    }

    /// Sends what stands in the composer.
    pub(crate) fn say_written(&self) {
        let words = self.view.borrow().composer.ready();
        let Some(words) = words else { return };
        let mut state = self.state.borrow_mut();
        if !state.files_are_up() {
            // It goes out by itself when they are; what was refused has to be left out first.
            let refused = |file: &Chosen| matches!(file.up, Up::Refused(_));
            state.sends_then = !state.files.iter().any(refused);
            return;
        }
        let files = state.take_files();
        drop(state);
        let wish = if files.is_empty() {
            Wish::Say(words)
        } else {
            Wish::Send(words, files)
        };
        if self.wish(wish) {
            self.view.borrow().composer.clear();
            self.stop_typing();
        }
    }

    /// Makes a wish: it is kept, shown, and goes out as soon as it can. False when there is no room.
    pub(crate) fn wish(&self, wish: Wish) -> bool {
        let key = new_key();
        let mut state = self.state.borrow_mut();
        let draft = state.wish(key, wish);
        store::keep(draft);
        let command = draft.command();
        drop(state);
        let sent = self.send(&command) != Fate::Dropped;
        if !sent {
            store::forget(key);
            let mut state = self.state.borrow_mut();
            state.discard(key);
            state.notice = Some(Line::full.text());
        }
        self.refresh(false);
        self.view.borrow().timeline.to_end();
        sent
    }

    /// Something was typed into the form.
    pub(crate) fn filled_in(&self) {
        let mut state = self.state.borrow_mut();
        if let Some(widget) = &state.widget {
            state.details = form::read(&widget.form);
            store::keep_details(Some(&state.details));
        }
    }

    /// Sends the form, or says what is wrong with it.
    pub(crate) fn send_form(&self) {
        self.filled_in();
        let filled = self.state.borrow_mut().filled();
        match filled {
            Some(wish) => {
                self.wish(wish);
            }
            None => self.refresh(false),
        }
    }

    /// Puts the focus to where one goes on, when what was used is gone and nothing else has it, such
    /// as a field that is to be filled in anew.
    pub(crate) fn keep_focus(&self, used: &Element) {
        let page = document();
        let nowhere = page.active_element() == page.body().map(Into::into);
        if nowhere && used.client_width() == 0 {
            self.take_focus();
        }
    }

    fn take_focus(&self) {
        let view = self.view.borrow();
        // The composer is not always there to take it.
        view.focus();
        if self.host.fine() {
            view.composer.focus();
        }
    }

    /// Sends a failed message again.
    pub(crate) fn again(&self, key: protocol::Key) {
        let command = self
            .state
            .borrow_mut()
            .again(key)
            .map(|draft| draft.command());
        if let Some(command) = command {
            self.send(&command);
            self.refresh(false);
        }
    }

    /// Drops a failed message.
    pub(crate) fn discard(&self, key: protocol::Key) {
        self.state.borrow_mut().discard(key);
        store::forget(key);
        if let Some(client) = self.client.get() {
            client.forget(key);
        }
        self.refresh(false);
    }

    /// The text in the composer changed.
    pub(crate) fn written(&self, now: u64) {
        let view = self.view.borrow();
        view.written();
        let news = self
            .typing
            .borrow_mut()
            .changed(now, view.composer.is_empty());
        if now.abs_diff(self.shown.get()) >= PREVIEW || news == Some(false) {
            self.shown.set(now);
            self.preview();
        }
        self.tell_typing(news);
    }

    /// The visitor types no more.
    pub(crate) fn stop_typing(&self) {
        let news = self.typing.borrow_mut().ended();
        // What came after the last time.
        if news.is_some() {
            self.preview();
        }
        self.tell_typing(news);
    }

    /// Shows the team what is being typed, where the visitor is told that it is.
    fn preview(&self) {
        if self.state.borrow().is_previewed() {
            let text = self.view.borrow().composer.ending();
            self.send(&VisitorCommand::Preview { text });
        }
    }

    fn tell_typing(&self, news: Option<bool>) {
        if let Some(typing) = news {
            self.send(&VisitorCommand::Typing { typing });
        }
    }

    fn send(&self, command: &VisitorCommand) -> Fate {
        self.client
            .get()
            .map_or(Fate::Dropped, |client| client.send(command))
    }
}
