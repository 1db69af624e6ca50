//! Files that the reader chose, dropped or pasted, and that are going to go along with a text.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::ev::{ClipboardEvent, DragEvent, Event};
use leptos::prelude::*;
use protocol::attachment::Attachment;
use protocol::{AttachmentId, ConversationId, limits};
use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlInputElement, Url};

use super::Live;
use super::state::Mode;
use super::upload::{Lost, Upload};
use crate::words::{self, t};

const MEBIBYTE: u64 = 1024 * 1024;

/// Names a file on this page.
pub(crate) type Place = u32;

/// A file that is going to go along.
#[derive(Clone, PartialEq)]
pub(crate) struct Chosen {
    pub(crate) place: Place,
    conversation: ConversationId,
    mode: Mode,
    pub(crate) name: String,
    pub(crate) bytes: u64,
    /// The address of a picture of it, for this page alone.
    pub(crate) preview: Option<String>,
    pub(crate) stage: Stage,
}

/// How far it got.
#[derive(Clone, PartialEq)]
pub(crate) enum Stage {
    /// Bytes on their way.
    Going(u64),
    Kept(Attachment),
    /// Why not, and whether it is worth another try.
    Lost(String, bool),
}

/// Where a file comes from.
#[derive(Clone)]
enum Source {
    /// This browser.
    Chosen(File),
    /// A saved reply, which has it on the server.
    Reply(AttachmentId),
}

// What the browser holds for each: where it comes from, and the upload under way.
thread_local! {
    static HELD: RefCell<HashMap<Place, (Source, Option<Upload>)>> = RefCell::default();
}

/// The files of every composer of this page.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    live: Live,
    all: RwSignal<Vec<Chosen>>,
    next: StoredValue<Place>,
    /// Whether files are held over the page.
    pub(crate) over: RwSignal<bool>,
}

impl Files {
    /// Makes the page's files.
    pub(crate) fn provide(live: Live) {
        provide_context(Self {
            live,
            all: RwSignal::default(),
            next: StoredValue::new(0),
            over: RwSignal::new(false),
        });
    }

    /// The files of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Those that go along with one text.
    pub(crate) fn of(self, conversation: ConversationId, mode: Mode) -> Vec<Chosen> {
        let all = self.all.read();
        let own = all
            .iter()
            .filter(|file| file.conversation == conversation && file.mode == mode);
        own.cloned().collect()
    }

    /// Takes those that are up, in their order; they go along now.
    pub(crate) fn take(self, conversation: ConversationId, mode: Mode) -> Vec<Attachment> {
        let own = untrack(|| self.of(conversation, mode));
        let mut taken = Vec::new();
        for file in own {
            if let Stage::Kept(attachment) = file.stage {
                taken.push(attachment);
                self.remove(file.place);
            }
        }
        taken
    }

    /// Leaves a file out, and cuts its upload off.
    pub(crate) fn remove(self, place: Place) {
        HELD.with_borrow_mut(|held| held.remove(&place));
        self.all.update(|all| {
            all.retain(|file| {
                if file.place != place {
                    return true;
                }
                if let Some(address) = &file.preview {
                    // Fails for an address that is none of ours.
                    let _freed = Url::revoke_object_url(address);
                }
                false
            });
        });
    }

    /// Tries an upload once more.
    pub(crate) fn again(self, place: Place) {
        let conversation = self.all.with_untracked(|all| {
            let found = all.iter().find(|file| file.place == place);
            found.map(|file| file.conversation)
        });
        let source = HELD.with_borrow(|held| held.get(&place).map(|(source, _)| source.clone()));
        if let (Some(conversation), Some(source)) = (conversation, source) {
            self.begin(place, conversation, source);
        }
    }

    /// The files of an input, which is empty again afterwards, so that the same can be chosen twice.
    pub(crate) fn chosen(self, event: &Event, to: (ConversationId, Mode)) {
        let input = event.target().and_then(|input| input.dyn_into().ok());
        if let Some(input) = input {
            let input: HtmlInputElement = input;
            self.add_all(input.files(), to);
            input.set_value("");
        }
    }

    /// The files in what is pasted. Words stay the text box's own business.
    pub(crate) fn pasted(self, event: &ClipboardEvent, to: (ConversationId, Mode)) {
        let files = event.clipboard_data().and_then(|data| data.files());
        if files.as_ref().is_some_and(|files| files.length() > 0) {
            event.prevent_default();
            self.add_all(files, to);
        }
    }

    /// Files are held over the page.
    pub(crate) fn dragged(self, event: &DragEvent) {
        if holds_files(event) {
            event.prevent_default();
            self.over.set(true);
        }
    }

    /// What was held over the page is not any more.
    pub(crate) fn left(self, event: &DragEvent) {
        // From one part of the page to another nothing is left.
        if event.related_target().is_none() {
            self.over.set(false);
        }
    }

    /// Files are let go over the page.
    pub(crate) fn dropped(self, event: &DragEvent, to: (ConversationId, Mode)) {
        self.over.set(false);
        if holds_files(event) {
            event.prevent_default();
            self.add_all(event.data_transfer().and_then(|data| data.files()), to);
        }
    }

    fn add_all(self, files: Option<FileList>, to: (ConversationId, Mode)) {
        let Some(files) = files else { return };
        for at in 0..files.length() {
            if let Some(file) = files.item(at) {
                self.add(file, to);
            }
        }
    }

    /// Takes the files of a saved reply along; the server copies them.
    pub(crate) fn copy(self, files: Vec<Attachment>, to: (ConversationId, Mode)) {
        for file in files {
            let source = Source::Reply(file.id);
            let refused = self.is_full(to);
            self.enter(to, (file.name, file.bytes, None), source, refused);
        }
    }

    fn add(self, file: File, to: (ConversationId, Mode)) {
        let bytes = file.size() as u64;
        let limit = self.limit(to.0);
        let too_large = bytes > u64::from(limit) * MEBIBYTE;
        let full = self.is_full(to);
        let refused = full.or_else(|| too_large.then(|| t::refused_file_size(&limit)));
        let is_picture = matches!(
            &*file.type_(),
            "image/png" | "image/jpeg" | "image/webp" | "image/gif"
        );
        let preview = is_picture
            .then(|| Url::create_object_url_with_blob(&file).ok())
            .flatten();
        let name = file.name();
        self.enter(to, (name, bytes, preview), Source::Chosen(file), refused);
    }

    /// Why no more files go along, if so.
    fn is_full(self, (conversation, mode): (ConversationId, Mode)) -> Option<String> {
        let there = untrack(|| self.of(conversation, mode).len());
        (there >= limits::ATTACHMENTS).then(|| t::refused_files(&limits::ATTACHMENTS))
    }

    fn enter(
        self,
        (conversation, mode): (ConversationId, Mode),
        (name, bytes, preview): (String, u64, Option<String>),
        source: Source,
        refused: Option<String>,
    ) {
        let place = self.next.get_value();
        self.next.set_value(place + 1);
        let begins = refused.is_none();
        self.all.update(|all| {
            all.push(Chosen {
                place,
                conversation,
                mode,
                name,
                bytes,
                preview,
                stage: refused.map_or(Stage::Going(0), |why| Stage::Lost(why, false)),
            });
        });
        if begins {
            self.begin(place, conversation, source);
        }
    }

    /// The largest file of this conversation's chatbot, in mebibytes.
    fn limit(self, conversation: ConversationId) -> u32 {
        self.live.peek(|state| {
            let chatbot = state.card(conversation).map(|card| card.chatbot);
            let view = state.chatbots.iter().find(|view| Some(view.id) == chatbot);
            view.map_or(limits::FILE_MEBIBYTES, |view| view.file_limit)
        })
    }

    fn begin(self, place: Place, conversation: ConversationId, source: Source) {
        self.reach(place, Stage::Going(0));
        let progress = move |bytes| self.reach(place, Stage::Going(bytes));
        let end = move |answer: Result<Attachment, Lost>| {
            let stage = match answer {
                Ok(attachment) => Stage::Kept(attachment),
                Err(Lost::Broken) => Stage::Lost(t::upload_broke().to_owned(), true),
                Err(Lost::Refused(why)) => {
                    let again = matches!(
                        why,
                        protocol::Refusal::TooFast { .. } | protocol::Refusal::Unavailable
                    );
                    Stage::Lost(words::refusal(&why), again)
                }
            };
            self.reach(place, stage);
        };
        let upload = match &source {
            Source::Chosen(file) => {
                let address = format!("/attachments/{conversation}");
                Upload::begin(&address, Some(file), progress, end)
            }
            Source::Reply(id) => {
                let address = format!("/attachments/{conversation}/reply-files/{id}");
                Upload::begin(&address, None, progress, end)
            }
        };
        if upload.is_none() {
            self.reach(place, Stage::Lost(t::upload_broke().to_owned(), true));
        }
        HELD.with_borrow_mut(|held| held.insert(place, (source, upload)));
    }

    fn reach(self, place: Place, stage: Stage) {
        let _gone = self.all.try_update(|all| {
            if let Some(file) = all.iter_mut().find(|file| file.place == place) {
                file.stage = stage;
            }
        });
    }
}

/// Opens the browser's own choice of files behind a button.
pub(crate) fn choose(event: &leptos::ev::MouseEvent) {
    let button = event.current_target();
    let button = button.and_then(|button| button.dyn_into::<web_sys::Element>().ok());
    let input = button.and_then(|button| button.next_element_sibling());
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.click();
    }
}

fn holds_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
