//! Below the text: the files that go along with it, each with how far it got and a way out.

use leptos::ev;
use leptos::prelude::*;
use protocol::ConversationId;

use crate::live::files::{Chosen, Files, Stage, choose};
use crate::live::state::Mode;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::size::size;
use crate::words::t;

/// The files of one composer, and what they mean for sending.
#[derive(Clone, Copy)]
pub(in crate::pages::inbox) struct Chips {
    files: Files,
    to: (ConversationId, Memo<Mode>),
}

impl Chips {
    pub(in crate::pages::inbox) fn new(id: ConversationId, mode: Memo<Mode>) -> Self {
        let files = Files::here();
        Self {
            files,
            to: (id, mode),
        }
    }

    fn all(self) -> Vec<Chosen> {
        self.files.of(self.to.0, self.to.1.get())
    }

    fn to(self) -> (ConversationId, Mode) {
        (self.to.0, self.to.1.get_untracked())
    }

    /// Whether there is something to send besides words.
    pub(in crate::pages::inbox) fn some(self) -> bool {
        !self.all().is_empty()
    }

    /// Whether all of them are up.
    pub(in crate::pages::inbox) fn ready(self) -> bool {
        let up = |file: &Chosen| matches!(file.stage, Stage::Kept(_));
        self.all().iter().all(up)
    }

    /// Takes them along.
    pub(in crate::pages::inbox) fn take(self) -> Vec<protocol::attachment::Attachment> {
        let (id, mode) = self.to();
        self.files.take(id, mode)
    }

    /// Takes what is pasted into the text, if it is files.
    pub(in crate::pages::inbox) fn pasted(self, event: &ev::ClipboardEvent) {
        self.files.pasted(event, self.to());
    }

    /// Why it cannot be sent yet, as far as files are the reason.
    pub(in crate::pages::inbox) fn why_not(self) -> Option<&'static str> {
        let all = self.all();
        if all.iter().any(|file| matches!(file.stage, Stage::Lost(..))) {
            return Some(t::files_lost());
        }
        let goes = |file: &Chosen| matches!(file.stage, Stage::Going(_));
        all.iter().any(goes).then(t::files_going)
    }

    /// Whether files are held over the page, as an attribute.
    pub(in crate::pages::inbox) fn over(self) -> Option<&'static str> {
        self.files.over.get().then_some("")
    }

    /// The list itself.
    pub(in crate::pages::inbox) fn view(self) -> AnyView {
        // Made anew when a file comes or goes, and not with every byte.
        let places = memo(move || {
            let all = self.all();
            all.iter().map(|file| file.place).collect::<Vec<_>>()
        });
        follow(move || {
            let places = places.get();
            (!places.is_empty()).then(|| {
                let all = untrack(|| self.all());
                let chips = all
                    .into_iter()
                    .map(|file| view! { <Chip chips=self file/> });
                view! {
                    <ul class="files" aria-label=t::files_to_send()>
                        {chips.collect_view()}
                    </ul>
                }
            })
        })
    }
}

/// Files that are dropped anywhere on the page go along with this composer's text.
pub(in crate::pages::inbox) fn catch_drops(chips: Chips) {
    let files = chips.files;
    let over = window_event_listener(ev::dragover, move |event| files.dragged(&event));
    let left = window_event_listener(ev::dragleave, move |event| files.left(&event));
    let dropped = window_event_listener(ev::drop, move |event| files.dropped(&event, chips.to()));
    on_cleanup(move || {
        over.remove();
        left.remove();
        dropped.remove();
        let _gone = files.over.try_set(false);
    });
}

/// The button beside the text.
#[component]
pub(in crate::pages::inbox) fn Attach(chips: Chips) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn sq"
            data-kind="quiet"
            aria-label=t::attach_files()
            title=t::attach_files()
            on:click=move |event| choose(&event)
        >
            <Icon name="clip"/>
        </button>
        <input
            type="file"
            multiple
            hidden
            on:change=move |event| chips.files.chosen(&event, chips.to())
        />
    }
    .late()
}

/// One file that goes along.
#[component]
fn Chip(chips: Chips, file: Chosen) -> impl IntoView {
    let Chosen {
        place,
        name,
        bytes,
        preview,
        ..
    } = file;
    let stage = memo(move || {
        let all = chips.all();
        let own = all.into_iter().find(|file| file.place == place);
        own.map(|file| file.stage)
    });
    let thumb = match preview {
        Some(address) => {
            view! { <img class="thumb" src=address alt="" width="28" height="28"/> }.late()
        }
        None => view! {
            <span class="thumb">
                <Icon name="file" size="s"/>
            </span>
        }
        .late(),
    };
    let (again, out) = (t::upload_again(&name), t::leave_out(&name));
    let about = move || match stage.get() {
        Some(Stage::Going(sent)) => view! {
            <span class="faint num">{t::sent_of(&size(sent.min(bytes)), &size(bytes))}</span>
        }
        .late(),
        Some(Stage::Lost(why, _)) => view! {
            <span class="error" role="alert">
                {why}
            </span>
        }
        .late(),
        _ => view! { <span class="faint num">{size(bytes)}</span> }.late(),
    };
    let is_lost = memo(move || matches!(stage.get(), Some(Stage::Lost(..))));
    let may_again = memo(move || matches!(stage.get(), Some(Stage::Lost(_, true))));
    let bar = move || {
        match stage.get() {
        Some(Stage::Going(sent)) => Some(
            view! { <progress class="bar" max=bytes.max(1).to_string() value=sent.to_string() aria-label=t::uploading()></progress> }
            .late(),
        ),
        _ => None,
    }
    };
    view! {
        <li class="filechip" data-lost=reads(move || is_lost.get().then_some(""))>
            {thumb}
            <span class="about">
                <span class="cut" title=name.clone()>
                    {name.clone()}
                </span>
                {follow(about)}
            </span>
            <span class="ways">
                {follow(move || {
                    may_again
                        .get()
                        .then(|| {
                            let again = again.clone();
                            view! {
                                <button
                                    type="button"
                                    class="btn sq sm"
                                    data-kind="quiet"
                                    aria-label=again.clone()
                                    title=again
                                    on:click=move |_| chips.files.again(place)
                                >
                                    <Icon name="again" size="s"/>
                                </button>
                            }
                        })
                })}
                <button
                    type="button"
                    class="btn sq sm"
                    data-kind="quiet"
                    aria-label=out.clone()
                    title=out
                    on:click=move |_| {
                        chips.files.remove(place);
                        crate::live::browser::focus(".write textarea");
                    }
                >
                    <Icon name="x" size="s"/>
                </button>
            </span>
            {follow(bar)}
        </li>
    }
    .late()
}
