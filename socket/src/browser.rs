//! A link in a browser: a real WebSocket, a timer, and the events that tell of sleep and network.

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, OnceCell, RefCell};

use js_sys::{ArrayBuffer, Date, JsString, Math, Uint8Array};
use protocol::Key;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{
    BinaryType, CloseEvent, Document, Event, EventTarget, MessageEvent, WebSocket, Window,
};

use crate::{Codec, CommandOf, Effect, EventOf, Fate, Link, Status, Told};

// By name: `web_sys::window` looks for it in four places, which shows in the widget's size.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
}

/// The code for a socket that was closed without one (RFC 6455 section 7.4.1).
const ABNORMAL: u16 = 1006;

/// A handle of a link that runs for as long as the page. Copies are the same link.
pub struct Client<C: Codec + 'static>(&'static Driver<C>);

impl<C: Codec + 'static> Clone for Client<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Codec + 'static> Copy for Client<C> {}

/// Makes the start command of a new connection.
type MakeStart<C> = Box<dyn FnMut() -> CommandOf<C>>;
/// Takes what is told.
type Tell<C> = Box<dyn FnMut(Told<EventOf<C>>)>;

struct Driver<C: Codec> {
    url: String,
    link: RefCell<Link<C>>,
    start: RefCell<MakeStart<C>>,
    tell: RefCell<Tell<C>>,
    window: Window,
    document: Document,
    socket: RefCell<Option<WebSocket>>,
    /// One listener for everything, so that it is compiled once.
    listener: OnceCell<Closure<dyn FnMut(Event)>>,
    on_timer: OnceCell<Closure<dyn FnMut()>>,
    timer: Cell<Option<i32>>,
    /// Set while effects are carried out: what they set off waits for its turn.
    busy: Cell<bool>,
}

const OF_SOCKET: [&str; 3] = ["open", "message", "close"];
const OF_WINDOW: [&str; 3] = ["online", "offline", "pageshow"];
const OF_DOCUMENT: &str = "visibilitychange";

impl<C: Codec + 'static> Client<C> {
    /// Connects. `start` makes the first command of every connection; `tell` takes every event, in
    /// order, and every change of status, and may call the client.
    pub fn connect(
        url: &str,
        start: impl FnMut() -> CommandOf<C> + 'static,
        tell: impl FnMut(Told<EventOf<C>>) + 'static,
    ) -> Self {
        // Nothing that listens to the page ever ends before the page does.
        let driver: &'static Driver<C> = Box::leak(Box::new(Driver {
            url: url.to_owned(),
            link: RefCell::default(),
            start: RefCell::new(Box::new(start)),
            tell: RefCell::new(Box::new(tell)),
            window: WINDOW.with(Clone::clone),
            document: DOCUMENT.with(Clone::clone),
            socket: RefCell::default(),
            listener: OnceCell::new(),
            on_timer: OnceCell::new(),
            timer: Cell::default(),
            busy: Cell::default(),
        }));
        driver.listen();
        driver.link.borrow_mut().restart(now(), Math::random());
        driver.carry_out();
        Self(driver)
    }

    /// Says something; see [`Link::send`].
    pub fn send(&self, command: &CommandOf<C>) -> Fate {
        let fate = self.0.link.borrow_mut().send(command);
        self.0.carry_out();
        fate
    }

    /// Takes a command back, as far as it has not gone out yet.
    pub fn forget(&self, key: Key) {
        self.0.link.borrow_mut().forget(key);
    }

    /// Connects anew with a new start; see [`Link::restart`].
    pub fn restart(&self) {
        self.0.link.borrow_mut().restart(now(), Math::random());
        self.0.carry_out();
    }

    /// Tries at once instead of waiting for the next turn; see [`Link::wake`].
    pub fn wake(&self) {
        self.0.link.borrow_mut().wake(now());
        self.0.carry_out();
    }

    /// Ends the connection for good.
    pub fn stop(&self) {
        self.0.link.borrow_mut().stop();
        self.0.carry_out();
    }

    /// How the connection stands.
    pub fn status(&self) -> Status {
        self.0.link.borrow().status()
    }
}

impl<C: Codec + 'static> Driver<C> {
    fn listen(&'static self) {
        let listener = self
            .listener
            .get_or_init(|| Closure::new(|event: Event| self.heard(&event)));
        for name in OF_WINDOW {
            add(&self.window, name, listener);
        }
        add(&self.document, OF_DOCUMENT, listener);

        self.on_timer.get_or_init(|| {
            Closure::new(|| {
                self.timer.set(None);
                self.link.borrow_mut().tick(now(), Math::random());
                self.carry_out();
            })
        });
    }

    fn heard(&self, event: &Event) {
        let (now, random) = (now(), Math::random());
        match event.type_().as_str() {
            // A socket that was given up may still have something to say.
            "open" | "message" | "close" if !self.is_current(event) => return,
            "open" => {
                // The lock is released before the user is asked.
                let start = (self.start.borrow_mut())();
                self.link.borrow_mut().opened(now, &start);
            }
            "message" => {
                let data = event.unchecked_ref::<MessageEvent>().data();
                self.link.borrow_mut().received(now, &bytes::<C>(data));
            }
            "close" => {
                self.socket.take();
                let code = event.unchecked_ref::<CloseEvent>().code();
                self.link.borrow_mut().closed(now, code, random);
            }
            "offline" => self.link.borrow_mut().offline(now, random),
            OF_DOCUMENT if self.document.hidden() => return,
            _ => self.link.borrow_mut().wake(now),
        }
        self.carry_out();
    }

    fn is_current(&self, event: &Event) -> bool {
        match (&*self.socket.borrow(), event.target()) {
            (Some(socket), Some(target)) => **socket == target,
            _ => false,
        }
    }

    fn carry_out(&self) {
        if self.busy.replace(true) {
            return;
        }
        loop {
            let effect = self.link.borrow_mut().poll();
            match effect {
                None => break,
                Some(Effect::Open) => self.open(),
                Some(Effect::Send(frame)) => self.put(&frame),
                Some(Effect::Close) => self.close(),
                Some(Effect::Tell(told)) => (self.tell.borrow_mut())(told),
            }
        }
        self.busy.set(false);
        self.set_timer();
    }

    fn open(&self) {
        self.close();
        match WebSocket::new_with_str(&self.url, &C::subprotocol()) {
            Ok(socket) => {
                socket.set_binary_type(BinaryType::Arraybuffer);
                if let Some(listener) = self.listener.get() {
                    for name in OF_SOCKET {
                        add(&socket, name, listener);
                    }
                }
                self.socket.replace(Some(socket));
            }
            Err(_) => self
                .link
                .borrow_mut()
                .closed(now(), ABNORMAL, Math::random()),
        }
    }

    fn put(&self, frame: &[u8]) {
        let Some(socket) = &*self.socket.borrow() else {
            return;
        };
        // A socket that is closing refuses; its close event follows, and what has a key is kept.
        let _sent = if C::BINARY {
            socket.send_with_u8_array(frame)
        } else {
            socket.send_with_str(&String::from_utf8_lossy(frame))
        };
    }

    fn close(&self) {
        if let Some(socket) = self.socket.take() {
            // Its errors are codes that must not be sent; here is none.
            let _closed = socket.close();
        }
    }

    fn set_timer(&self) {
        if let Some(timer) = self.timer.take() {
            self.window.clear_timeout_with_handle(timer);
        }
        let Some(at) = self.link.borrow().deadline() else {
            return;
        };
        if let Some(on_timer) = self.on_timer.get() {
            // At most `pace::LOOK`, so it fits.
            let wait = at.saturating_sub(now()) as i32;
            let timer = self
                .window
                .set_timeout_with_callback_and_timeout_and_arguments_0(
                    on_timer.as_ref().unchecked_ref(),
                    wait,
                );
            self.timer.set(timer.ok());
        }
    }
}

fn add(target: &EventTarget, name: &str, listener: &Closure<dyn FnMut(Event)>) {
    target
        .add_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), false)
        .expect_throw("a listener is a function");
}

fn bytes<C: Codec>(data: JsValue) -> Vec<u8> {
    if C::BINARY {
        Uint8Array::new(data.unchecked_ref::<ArrayBuffer>()).to_vec()
    } else {
        String::from(data.unchecked_ref::<JsString>()).into_bytes()
    }
}

fn now() -> u64 {
    Date::now() as u64
}
