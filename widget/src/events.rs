//! What happens on the page, handed to the chat. One listener hears it all: each weighs something.

use core::cell::Cell;

use js_sys::Date;
use protocol::Key;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, KeyboardEvent};

use crate::chat::Chat;
use crate::dom::{document, window};
use crate::ids::read;
use crate::state::{IDLE, Wish};

/// In the panel; caught on the way down, since scrolling does not bubble.
const OF_PANEL: [&str; 9] = [
    "click", "input", "keydown", "scroll", "submit", "change", "paste", "dragover", "drop",
];

/// Listens from now on, for as long as the page lives.
pub(crate) fn listen(chat: &'static Chat) {
    let idle = Idle::new(chat);
    let panel = chat.view.borrow().panel.clone();
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        heard(chat, &idle, &event);
    });
    let add = |target: &EventTarget, name: &str| {
        let listener = listener.as_ref().unchecked_ref();
        // Its error is a listener that is no function.
        let _added = target.add_event_listener_with_callback_and_bool(name, listener, true);
    };
    for name in OF_PANEL {
        add(&panel, name);
    }
    add(&document(), "visibilitychange");
    add(&window(), "resize");
    listener.forget();
}

fn heard(chat: &'static Chat, idle: &Idle, event: &Event) {
    match event.type_().as_str() {
        "click" => clicked(chat, event),
        "input" if form(event).is_some() => chat.filled_in(),
        "change" | "paste" | "dragover" | "drop" => chat.host.take(event),
        "input" => {
            chat.written(Date::now() as u64);
            idle.wait();
        }
        "keydown" => pressed(chat, event.unchecked_ref()),
        "scroll" => {
            chat.view.borrow().timeline.scrolled();
            chat.load_earlier();
        }
        "resize" => chat.view.borrow().resized(),
        "submit" => {
            event.prevent_default();
            if let Some(form) = form(event) {
                chat.send_form();
                chat.keep_focus(&form);
            }
        }
        "visibilitychange" => chat.looked(),
        _ => {}
    }
}

/// What was hit; in the panel that is always an element.
fn target(event: &Event) -> Option<Element> {
    event.target().map(JsCast::unchecked_into)
}

/// The form for details, if it happened there and not in the composer.
fn form(event: &Event) -> Option<Element> {
    target(event)?.closest(".lead").ok()?
}

fn clicked(chat: &'static Chat, event: &Event) {
    let target = target(event);
    let Some(button) = target.and_then(|target| target.closest("[data-do]").ok()?) else {
        return;
    };
    let key = || read(&button.get_attribute("data-key")?).map(Key);
    match button.get_attribute("data-do").as_deref() {
        Some("send") => {
            chat.say_written();
            chat.view.borrow().composer.focus();
        }
        Some("pick") => {
            chat.wish(Wish::Say(button.text_content().unwrap_or_default()));
        }
        Some("hand") => {
            chat.wish(Wish::AskForHuman);
        }
        Some("go-on") => {
            chat.wish(Wish::CancelHandoff);
        }
        Some("yes") => {
            chat.wish(Wish::AnswerProposal(true));
        }
        Some("no") => {
            chat.wish(Wish::AnswerProposal(false));
        }
        Some("again") => {
            if let Some(key) = key() {
                chat.again(key);
            }
        }
        Some("discard") => {
            if let Some(key) = key() {
                chat.discard(key);
            }
        }
        Some("save") => {
            let [id, name] = ["data-key", "data-name"]
                .map(|name| button.get_attribute(name).unwrap_or_default());
            chat.host.save(&id, &name);
        }
        Some("upload") => chat.upload_again(),
        Some("leave-out") => {
            let place = button.get_attribute("data-place").unwrap_or_default();
            chat.leave_out(
                place
                    .bytes()
                    .fold(0, |all, digit| all * 10 + u32::from(digit & 15)),
            );
        }
        Some("close") => chat.host.close(),
        Some("reload") => {
            chat.host.reload(false);
        }
        _ => {}
    }
    chat.keep_focus(&button);
}

fn pressed(chat: &Chat, event: &KeyboardEvent) {
    // While a word is being composed, Enter takes the suggestion and Escape drops it.
    if event.is_composing() {
        return;
    }
    match event.key().as_str() {
        "Escape" => chat.host.close(),
        "Enter" if !event.shift_key() => {
            let field = target(event);
            if field.is_some_and(|field| chat.view.borrow().composer.is_field(&field)) {
                event.prevent_default();
                chat.say_written();
            }
        }
        _ => {}
    }
}

/// Notices that nothing was typed for a while.
struct Idle {
    ended: Closure<dyn FnMut()>,
    timer: Cell<Option<i32>>,
}

impl Idle {
    fn new(chat: &'static Chat) -> Self {
        Self {
            ended: Closure::new(move || chat.stop_typing()),
            timer: Cell::default(),
        }
    }

    fn wait(&self) {
        let window = window();
        if let Some(timer) = self.timer.take() {
            window.clear_timeout_with_handle(timer);
        }
        let ended = self.ended.as_ref().unchecked_ref();
        let timer =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(ended, IDLE as i32);
        self.timer.set(timer.ok());
    }
}
