//! Files that are uploaded for a saved reply, on the page that writes it.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::ev::Event;
use leptos::prelude::*;
use protocol::attachment::Attachment;
use protocol::limits;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::upload::{Lost, Upload};
use crate::words::{self, t};

/// One on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Going {
    pub(crate) place: u32,
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) sent: u64,
}

// What the browser holds for each. It is cut off when it is taken out.
thread_local! {
    static HELD: RefCell<HashMap<u32, Upload>> = RefCell::default();
}

/// The files of one reply that is written.
#[derive(Clone, Copy)]
pub(crate) struct ReplyFiles {
    /// Those that are up, in order.
    pub(crate) kept: RwSignal<Vec<Attachment>>,
    pub(crate) going: RwSignal<Vec<Going>>,
    /// Why the last one did not arrive.
    pub(crate) trouble: RwSignal<Option<String>>,
    next: StoredValue<u32>,
}

impl ReplyFiles {
    pub(crate) fn new(kept: Vec<Attachment>) -> Self {
        Self {
            kept: RwSignal::new(kept),
            going: RwSignal::default(),
            trouble: RwSignal::default(),
            next: StoredValue::new(0),
        }
    }

    /// Cuts off whatever is under way: the form is left.
    pub(crate) fn leave() {
        HELD.with_borrow_mut(HashMap::clear);
    }

    /// Uploads the files of an input, which is empty again afterwards.
    pub(crate) fn chosen(self, event: &Event) {
        let input = event.target().and_then(|input| input.dyn_into().ok());
        let Some(input) = input else { return };
        let input: HtmlInputElement = input;
        self.trouble.set(None);
        if let Some(files) = input.files() {
            for at in 0..files.length() {
                if let Some(file) = files.item(at) {
                    self.begin(&file);
                }
            }
        }
        input.set_value("");
    }

    /// Takes one out that is on its way.
    pub(crate) fn cancel(self, place: u32) {
        HELD.with_borrow_mut(|held| held.remove(&place));
        self.ended(place);
    }

    fn begin(self, file: &File) {
        let there = self.kept.with_untracked(Vec::len) + self.going.with_untracked(Vec::len);
        if there >= limits::ATTACHMENTS {
            let why = t::refused_files(&limits::ATTACHMENTS);
            return self.trouble.set(Some(why));
        }
        let place = self.next.get_value();
        self.next.set_value(place + 1);
        let going = Going {
            place,
            name: file.name(),
            bytes: file.size() as u64,
            sent: 0,
        };
        self.going.update(|all| all.push(going));
        let progress = move |sent| {
            let _gone = self.going.try_update(|all| {
                if let Some(one) = all.iter_mut().find(|one| one.place == place) {
                    one.sent = sent;
                }
            });
        };
        let end = move |answer: Result<Attachment, Lost>| {
            self.ended(place);
            let why = match answer {
                Ok(file) => {
                    let _gone = self.kept.try_update(|kept| kept.push(file));
                    return;
                }
                Err(Lost::Broken) => t::upload_broke().to_owned(),
                Err(Lost::Refused(why)) => words::refusal(&why),
            };
            let _gone = self.trouble.try_set(Some(why));
        };
        match Upload::begin("/reply-files", Some(file), progress, end) {
            Some(upload) => {
                HELD.with_borrow_mut(|held| held.insert(place, upload));
            }
            None => {
                self.ended(place);
                self.trouble.set(Some(t::upload_broke().to_owned()));
            }
        }
    }

    fn ended(self, place: u32) {
        let _gone = self
            .going
            .try_update(|all| all.retain(|one| one.place != place));
    }
}
