//! Files in the timeline: pictures in a place that is kept for them, everything else as a row.

use leptos::prelude::*;
use protocol::attachment::{Attachment, Picture};

use super::{Viewing, kind};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::size::size;
use crate::words::t;

/// The longest sides that a picture takes in the timeline, in CSS pixels.
const WIDTH: u32 = 320;
const HEIGHT: u32 = 260;

/// What goes along with a message or note.
#[component]
pub(in crate::pages::inbox) fn Attached(files: Vec<Attachment>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let one = |file: Attachment| match file.picture {
            Some(picture) => view! { <Shown file picture/> }.late(),
            None => view! { <Row file/> }.late(),
        };
        view! { <div class="attached">{files.into_iter().map(one).collect_view()}</div> }
    })
}

#[component]
fn Shown(file: Attachment, picture: Picture) -> impl IntoView {
    let viewing = Viewing::here();
    let Attachment { id, name, .. } = file;
    let (width, height) = fitted(picture);
    let label = t::open_picture(&name);
    view! {
        <button
            type="button"
            class="picture"
            aria-label=label
            on:click=move |_| viewing.open(id)
        >
            <img
                src=format!("/attachments/{id}/thumbnail")
                alt=name
                width=width.to_string()
                height=height.to_string()
                loading="lazy"
                decoding="async"
            />
        </button>
    }
    .late()
}

#[component]
fn Row(file: Attachment) -> impl IntoView {
    let about = format!("{} · {}", kind(&file), size(file.bytes));
    let Attachment { id, name, .. } = file;
    view! {
        <a class="file" href=format!("/attachments/{id}") download=name.clone()>
            <span class="thumb">
                <Icon name="file"/>
            </span>
            <span class="about">
                <span class="cut">{name.clone()}</span>
                <small>{about}</small>
            </span>
            <Icon name="download" size="s"/>
            <span class="only-read">{t::download()}</span>
        </a>
    }
    .late()
}

/// How large it is shown: as large as it is, at most as large as there is room.
fn fitted(Picture { width, height }: Picture) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (most_wide, most_high) = (u64::from(WIDTH), u64::from(HEIGHT));
    // Whichever side is further over its limit decides.
    let (fit_wide, fit_high) = if width * most_high > height * most_wide {
        let wide = width.min(most_wide);
        (wide, height * wide / width)
    } else {
        let high = height.min(most_high);
        (width * high / height, high)
    };
    (fit_wide.max(1) as u32, fit_high.max(1) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_and_grows_no_larger() {
        let fit = |width, height| fitted(Picture { width, height });
        assert_eq!((40, 30), fit(40, 30));
        assert_eq!((320, 240), fit(1_280, 960));
        assert_eq!((195, 260), fit(3_000, 4_000));
        assert_eq!((320, 1), fit(4_096, 1));
        assert_eq!((1, 260), fit(1, 4_096));
    }
}
