//! A picture that somebody chooses: it is uploaded at once, put in the place of the one before, and can be
//! taken out again.

use std::cell::RefCell;

use leptos::prelude::*;
use protocol::AttachmentId;

use crate::live::files::choose;
use crate::live::upload::{Lost, Upload, chosen_file};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

// What the browser holds for the picture that is on its way.
thread_local! {
    static GOING: RefCell<Option<Upload>> = const { RefCell::new(None) };
}

/// Whose picture it is.
pub(crate) struct Chosen {
    /// Where it is sent to.
    pub(crate) to: String,
    pub(crate) hint: &'static str,
    /// How it is shown, with the one there is.
    pub(crate) face: Callback<(), AnyView>,
    /// Whether there is none.
    pub(crate) none: Signal<bool>,
    /// It arrived and is kept.
    pub(crate) kept: Callback<AttachmentId>,
    pub(crate) remove: Callback<()>,
}

/// The picture there is, and the buttons for another one or none.
pub(crate) fn picture(of: Chosen) -> AnyView {
    let Chosen {
        to,
        hint,
        face,
        none,
        kept,
        remove,
    } = of;
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    on_cleanup(|| GOING.with_borrow_mut(|going| *going = None));
    let chosen = move |event: leptos::ev::Event| {
        let Some(file) = chosen_file(&event) else {
            return;
        };
        wrong.set(None);
        busy.set(true);
        let end = move |answer: Result<protocol::attachment::Attachment, Lost>| {
            let _free = busy.try_set(false);
            let why = match answer {
                Ok(file) => return kept.run(file.id),
                Err(Lost::Broken) => t::upload_broke().to_owned(),
                Err(Lost::Refused(why)) => words::refusal(&why),
            };
            let _told = wrong.try_set(Some(why));
        };
        let upload = Upload::begin(&to, Some(&file), |_| {}, end);
        GOING.with_borrow_mut(|going| *going = upload);
    };
    let trouble = move || {
        wrong.get().map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
            .painted()
        })
    };
    view! {
        <div class="picture" role="group" aria-label=t::picture_word()>
            {move || face.run(())}
            <button
                type="button"
                class="btn"
                aria-busy=move || busy.get().then_some("true")
                on:click=move |event| choose(&event)
            >
                <Icon name="image" size="s"/>
                {t::choose_picture()}
            </button>
            <input type="file" accept="image/jpeg,image/png,image/webp" hidden on:change=chosen/>
            <button
                type="button"
                class="btn"
                data-kind="quiet"
                hidden=none
                on:click=move |_| remove.run(())
            >
                {t::remove_picture()}
            </button>
            <p class="hint">{hint}</p>
            {trouble}
        </div>
    }
    .painted()
}
