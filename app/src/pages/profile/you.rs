//! Who one is to others: picture, name and phone number.

use leptos::prelude::*;
use protocol::profile::{ProfileEdit, ProfileForm};

use super::Page;
use super::asking::{Asking, Place};
use crate::live::browser::field_value;
use crate::parts::face::{Face, picture_of};
use crate::parts::field::Purpose;
use crate::parts::follow::reads;
use crate::parts::painted::IntoPainted;
use crate::parts::picture::{Chosen, picture};
use crate::words::t;

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
            {own_picture(page)}
            {form}
        </section>
    }
    .painted()
}

fn own_picture(page: Page) -> AnyView {
    picture(Chosen {
        to: "/profile/picture".to_owned(),
        hint: t::picture_about(),
        face: Callback::new(move |()| {
            let view = page.view.get();
            let picture = picture_of(view.me, view.picture);
            view! { <Face person=view.face size="xl" picture/> }.painted()
        }),
        none: reads(move || page.view.read().picture.is_none()),
        kept: Callback::new(move |_| page.load_again(t::picture_saved().to_owned())),
        remove: Callback::new(move |()| {
            page.edit(ProfileEdit::RemovePicture, move |_| {
                page.load_again(t::picture_removed().to_owned());
            });
        }),
    })
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
