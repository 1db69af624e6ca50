//! A picture by itself, with the others of the conversation one key away.

use leptos::prelude::*;
use protocol::attachment::Attachment;
use protocol::entry::Body;
use protocol::{AttachmentId, ConversationId};

use crate::live::Live;
use crate::parts::dialog::Dialog;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::size::size;
use crate::words::t;

/// Which picture is looked at.
#[derive(Clone, Copy)]
pub(in crate::pages::inbox) struct Viewing {
    open: RwSignal<bool>,
    picture: RwSignal<Option<AttachmentId>>,
}

impl Viewing {
    /// Makes the conversation's own.
    pub(in crate::pages::inbox) fn provide() {
        provide_context(Self {
            open: RwSignal::new(false),
            picture: RwSignal::new(None),
        });
    }

    pub(super) fn here() -> Self {
        expect_context()
    }

    /// Shows a picture.
    pub(super) fn open(self, picture: AttachmentId) {
        self.picture.set(Some(picture));
        self.open.set(true);
    }
}

/// The dialog, as long as a picture is looked at.
#[component]
pub(in crate::pages::inbox) fn Viewer(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let Viewing { open, picture } = Viewing::here();
    let pictures = memo(move || {
        if !open.get() {
            return Vec::new();
        }
        live.read(|state| {
            state.thread(id).map_or_else(Vec::new, |thread| {
                thread
                    .timeline
                    .entries()
                    .iter()
                    .flat_map(|entry| match &entry.body {
                        Body::Message(message) => message.attachments.clone(),
                        Body::Note(note) => note.attachments.clone(),
                        Body::NoteEdited(_) | Body::Event(_) => Vec::new(),
                    })
                    .filter(|file| file.picture.is_some())
                    .collect()
            })
        })
    });
    let at = memo(move || {
        let shown = picture.get();
        pictures
            .read()
            .iter()
            .position(|file: &Attachment| Some(file.id) == shown)
    });
    let step = move |by: isize| {
        let pictures = pictures.read_untracked();
        let next = at.get_untracked().and_then(|at| at.checked_add_signed(by));
        if let Some(next) = next.and_then(|next| pictures.get(next)) {
            picture.set(Some(next.id));
        }
    };
    // Whatever in the dialog has the focus: at first that is its way out.
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if open.get_untracked() {
            match event.key().as_str() {
                "ArrowLeft" => step(-1),
                "ArrowRight" => step(1),
                _ => {}
            }
        }
    });
    on_cleanup(move || keys.remove());
    let shown = move || {
        let pictures = pictures.read();
        let all = pictures.len();
        let at = at.get()?;
        let file = pictures.get(at)?;
        let size_of = file.picture?;
        let (address, name) = (format!("/attachments/{}", file.id), file.name.clone());
        let about = format!(
            "{} × {} · {}",
            size_of.width,
            size_of.height,
            size(file.bytes)
        );
        Some(
            view! {
                <div class="stage">
                    <img
                        src=address.clone()
                        alt=name.clone()
                        width=size_of.width.to_string()
                        height=size_of.height.to_string()
                    />
                </div>
                <footer>
                    <p class="about" role="status">
                        <b class="cut">{name.clone()}</b>
                        <small>{t::picture_of(&(at + 1), &all)} " · " {about}</small>
                    </p>
                    <a class="btn" href=address download=name>
                        <Icon name="download" size="s"/>
                        {t::download()}
                    </a>
                </footer>
            }
            .late(),
        )
    };
    let way = move |by: isize| {
        let (name, label) = if by < 0 {
            ("left", t::previous_picture())
        } else {
            ("right", t::next_picture())
        };
        let ends = memo(move || {
            let next = at.get().and_then(|at| at.checked_add_signed(by));
            next.is_none_or(|next| next >= pictures.read().len())
        });
        view! {
            <button
                type="button"
                class="btn sq"
                aria-label=label
                title=label
                // Not `disabled`, so that the focus stays where it is at the last one.
                aria-disabled=crate::parts::follow::reads(move || ends.get().to_string())
                on:click=move |_| step(by)
            >
                <Icon name/>
            </button>
        }
        .late()
    };
    let title = Signal::derive(|| t::picture().to_owned());
    view! {
        <Dialog open title kind="viewer">
            <div class="view">
                {follow(shown)}
                <div class="steps">{way(-1)} {way(1)}</div>
            </div>
        </Dialog>
    }
    .late()
}
