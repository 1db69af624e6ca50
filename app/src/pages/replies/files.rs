//! The files that a saved reply brings along: added, looked at and taken out.

use leptos::prelude::*;
use protocol::attachment::Attachment;

use crate::live::files::choose;
use crate::live::reply_files::{Going, ReplyFiles};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::size::size;
use crate::words::t;

/// The files in their order, and the button that adds some.
#[component]
pub(super) fn Files(files: ReplyFiles, may: bool) -> impl IntoView {
    on_cleanup(ReplyFiles::leave);
    let kept = move || {
        let kept = files.kept.get().into_iter();
        kept.map(|file| kept_row(files, file, may)).collect_view()
    };
    // Made anew when one comes or goes, and not with every byte.
    let places = Memo::new(move |_| {
        let going = files.going.read();
        going
            .iter()
            .map(|one| (one.place, one.name.clone(), one.bytes))
            .collect::<Vec<_>>()
    });
    let going = move || {
        let going = places.get().into_iter();
        going
            .map(|(place, name, bytes)| going_row(files, place, name, bytes))
            .collect_view()
    };
    let trouble = move || {
        files.trouble.get().map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
        })
    };
    let none = move || files.kept.read().is_empty() && files.going.read().is_empty();
    view! {
        <fieldset class="field steps" hidden=move || !may && none()>
            <legend>{t::files()}</legend>
            {may.then(|| view! { <span class="hint">{t::reply_files_about()}</span> })}
            <ul>{kept} {going}</ul>
            {trouble} {may.then(|| add(files))}
        </fieldset>
    }
    .painted()
}

fn add(files: ReplyFiles) -> AnyView {
    view! {
        <span>
            <button type="button" class="btn sm" on:click=move |event| choose(&event)>
                <Icon name="clip" size="s"/>
                {t::attach_files()}
            </button>
            <input type="file" multiple hidden on:change=move |event| files.chosen(&event)/>
        </span>
    }
    .painted()
}

fn kept_row(files: ReplyFiles, file: Attachment, may: bool) -> AnyView {
    let id = file.id;
    let out = t::leave_out(&file.name);
    let take_out = move |_| files.kept.update(|kept| kept.retain(|one| one.id != id));
    view! {
        <li>
            <Icon name="file" size="s"/>
            <span>
                <a href=format!("/reply-files/{id}") target="_blank" rel="noopener">
                    {file.name}
                </a>
                " "
                <span class="faint num">{size(file.bytes)}</span>
            </span>
            {may.then(|| remove(out, take_out))}
        </li>
    }
    .painted()
}

fn going_row(files: ReplyFiles, place: u32, name: String, bytes: u64) -> AnyView {
    let out = t::leave_out(&name);
    let sent = move || {
        let going = files.going.read();
        let one = going.iter().find(|one: &&Going| one.place == place);
        one.map_or(bytes, |one| one.sent.min(bytes))
    };
    view! {
        <li>
            <Icon name="file" size="s"/>
            <span>
                {name} " "
                <span class="faint num">{move || t::sent_of(&size(sent()), &size(bytes))}</span>
                <progress
                    class="bar"
                    max=bytes.max(1).to_string()
                    value=move || sent().to_string()
                    aria-label=t::uploading()
                ></progress>
            </span>
            {remove(out, move |_| files.cancel(place))}
        </li>
    }
    .painted()
}

fn remove(name: String, take_out: impl Fn(leptos::ev::MouseEvent) + 'static) -> AnyView {
    view! {
        <button
            type="button"
            class="btn sq sm"
            data-kind="quiet"
            aria-label=name.clone()
            title=name
            on:click=take_out
        >
            <Icon name="x" size="s"/>
        </button>
    }
    .painted()
}
