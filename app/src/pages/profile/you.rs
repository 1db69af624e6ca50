//! Who one is to others: picture, name and phone number.

use std::cell::RefCell;

use leptos::prelude::*;
use protocol::attachment::Attachment;
use protocol::profile::{ProfileEdit, ProfileForm};

use super::Page;
use super::asking::{Asking, Place};
use crate::live::browser::field_value;
use crate::live::files::choose;
use crate::live::upload::{Lost, Upload, chosen_file};
use crate::parts::face::{Face, picture_of};
use crate::parts::field::Purpose;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

// What the browser holds for the picture that is on its way.
thread_local! {
    static GOING: RefCell<Option<Upload>> = const { RefCell::new(None) };
}

pub(super) fn view(page: Page) -> AnyView {
    let asking = Asking::new();
    // Made anew with each version, so that what is shown is what was saved; not with each picture.
    let version = Memo::new(move |_| page.view.read().version);
    let form = move || {
        let version = version.get();
        let view = page.view.get_untracked();
        let fields = view! {
            {asking.field(Place::Name, name(), view.face.name)}
            {asking.field(Place::Phone, phone(), view.phone)}
            <p class="hint">{t::you_sign_in_with(&view.email)}</p>
        };
        asking.form(t::save(), fields.painted(), move |event| {
            let form = ProfileForm {
                version,
                name: field_value(&event, "name"),
                phone: field_value(&event, "phone"),
            };
            asking.send(ProfileEdit::Save(form), move |_| {
                page.load_again(t::profile_saved().to_owned());
            });
        })
    };
    view! {
        <section class="block" aria-label=t::you_section()>
            {picture(page)}
            {form}
        </section>
    }
    .painted()
}

fn picture(page: Page) -> AnyView {
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    on_cleanup(|| GOING.with_borrow_mut(|going| *going = None));
    let chosen = move |event: leptos::ev::Event| {
        let Some(file) = chosen_file(&event) else {
            return;
        };
        wrong.set(None);
        busy.set(true);
        let end = move |answer: Result<Attachment, Lost>| {
            let _free = busy.try_set(false);
            let why = match answer {
                Ok(_) => return page.load_again(t::picture_saved().to_owned()),
                Err(Lost::Broken) => t::upload_broke().to_owned(),
                Err(Lost::Refused(why)) => words::refusal(&why),
            };
            let _told = wrong.try_set(Some(why));
        };
        let upload = Upload::begin("/profile/picture", Some(&file), |_| {}, end);
        GOING.with_borrow_mut(|going| *going = upload);
    };
    let remove = move |_| {
        page.edit(ProfileEdit::RemovePicture, move |_| {
            page.load_again(t::picture_removed().to_owned());
        });
    };
    let face = move || {
        let view = page.view.get();
        let picture = picture_of(view.me, view.picture);
        view! { <Face person=view.face size="xl" picture/> }.painted()
    };
    let has_none = move || page.view.read().picture.is_none();
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
            {face}
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
                hidden=has_none
                on:click=remove
            >
                {t::remove_picture()}
            </button>
            <p class="hint">{t::picture_about()}</p>
            {trouble}
        </div>
    }
    .painted()
}

fn name() -> Purpose {
    Purpose {
        label: t::your_name(),
        name: "name",
        kind: "text",
        autocomplete: "name",
        hint: t::your_name_about(),
    }
}

fn phone() -> Purpose {
    Purpose {
        label: t::phone_word(),
        name: "phone",
        kind: "tel",
        autocomplete: "tel",
        hint: t::phone_about(),
    }
}
