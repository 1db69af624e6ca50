//! How the chat looks, with a picture of it as it would be.

use domain::look::{Colour, guard};
use leptos::prelude::*;
use protocol::ChatbotId;
use protocol::forms::ChatbotEdit;
use protocol::look::{LauncherIcon, LookSettings, Property, Side, Theme};

use super::super::block::block;
use super::super::editing::{Editing, Saving};
use super::super::fields::{about, choice, line, lines, number};
use super::preview::preview;
use crate::api::chatbots::save_chatbot;
use crate::parts::follow::reads;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::picture::{Chosen, picture};
use crate::words::t;

type Part = LookSettings;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let controls = view! {
        <div class="beside">
            <div class="controls">{colour(at)} {launcher(at)} {place(at)} {naming(at)} {more(at)}</div>
            {preview(at)}
        </div>
    };
    block::<Part>(at, t::look(), t::look_about(), controls.painted())
}

fn colour(at: Editing) -> AnyView {
    let value = at.reads(|part: &Part| part.colour.clone());
    let write = at.writes(|part: &mut Part, colour: String| part.colour = colour);
    let typed = Callback::new(move |text: String| {
        at.colour_left.set(false);
        write.run(text.trim().to_lowercase());
    });
    // The browser's own choice of colours takes a colour and nothing else.
    let picked = move || {
        let known = value.with(|value| Colour::read(value).map(Colour::written));
        known.unwrap_or_else(|| "#000000".to_owned())
    };
    let theme = choice(
        at,
        about("look.theme", t::theme(), t::theme_about()),
        vec![
            (Theme::Auto, t::theme_auto()),
            (Theme::Light, t::theme_light()),
            (Theme::Dark, t::theme_dark()),
        ],
        at.reads(|part: &Part| part.theme),
        at.writes(|part: &mut Part, theme| part.theme = theme),
    );
    view! {
        <div class="colour" on:focusout=move |_| at.colour_left.set(true)>
            {line(at, about("look.colour", t::colour(), ""), value, typed)}
            <input
                type="color"
                aria-label=t::pick_colour()
                prop:value=picked
                on:input=move |event| typed.run(event_target_value(&event))
            />
        </div>
        {move || value.with(|value| Colour::read(value)).map(contrast)}
        {theme}
    }
    .painted()
}

/// How texts stand on the colour, and what is done so that they can be read.
fn contrast(chosen: Colour) -> AnyView {
    let guarded = guard(chosen);
    let ratio = |ratio: f64| format!("{ratio:.1}");
    let words = if guarded.dark_text {
        t::contrast_dark(&ratio(guarded.white), &ratio(guarded.shown))
    } else if guarded.fill == chosen {
        t::contrast_fine(&ratio(guarded.shown))
    } else {
        t::contrast_darker(
            &ratio(guarded.white),
            &guarded.fill.written(),
            &ratio(guarded.shown),
        )
    };
    let icon = if guarded.fill == chosen {
        "check"
    } else {
        "info"
    };
    view! {
        <p class="contrast" role="status">
            <Icon name=icon size="s"/>
            {words}
        </p>
    }
    .painted()
}

fn launcher(at: Editing) -> AnyView {
    let icon = choice(
        at,
        about(
            "look.launcher_icon",
            t::launcher_icon(),
            t::launcher_icon_about(),
        ),
        vec![
            (LauncherIcon::Chat, t::icon_chat()),
            (LauncherIcon::Question, t::icon_question()),
            (LauncherIcon::Person, t::icon_person()),
            (LauncherIcon::Mail, t::icon_mail()),
            (LauncherIcon::Picture, t::icon_picture()),
        ],
        at.reads(|part: &Part| part.launcher_icon),
        at.writes(|part: &mut Part, icon| part.launcher_icon = icon),
    );
    let text = line(
        at,
        about(
            "look.launcher_text",
            t::launcher_text(),
            t::launcher_text_about(),
        ),
        at.reads(|part: &Part| part.launcher_text.clone()),
        at.writes(|part: &mut Part, text| part.launcher_text = text),
    );
    view! { {icon} {text} }.painted()
}

fn place(at: Editing) -> AnyView {
    let side = choice(
        at,
        about("look.side", t::side(), ""),
        vec![(Side::Right, t::side_right()), (Side::Left, t::side_left())],
        at.reads(|part: &Part| part.side),
        at.writes(|part: &mut Part, side| part.side = side),
    );
    let across = number(
        at,
        about("look.across", t::from_side(), ""),
        "px",
        at.reads(|part: &Part| part.across),
        at.writes(|part: &mut Part, across| part.across = across),
    );
    let up = number(
        at,
        about("look.up", t::from_below(), ""),
        "px",
        at.reads(|part: &Part| part.up),
        at.writes(|part: &mut Part, up| part.up = up),
    );
    let radius = number(
        at,
        about("look.radius", t::corners(), ""),
        "px",
        at.reads(|part: &Part| part.radius),
        at.writes(|part: &mut Part, radius| part.radius = radius),
    );
    view! { {side} {across} {up} {radius} }.painted()
}

fn naming(at: Editing) -> AnyView {
    let name = line(
        at,
        about("look.name", t::shown_name(), t::shown_name_about()),
        at.reads(|part: &Part| part.name.clone()),
        at.writes(|part: &mut Part, name| part.name = name),
    );
    let initials = line(
        at,
        about("look.initials", t::initials(), t::initials_about()),
        at.reads(|part: &Part| part.initials.clone()),
        at.writes(|part: &mut Part, initials: String| part.initials = initials.trim().to_owned()),
    );
    view! { {name} {at.chatbot.map(|chatbot| avatar(at, chatbot))} {initials} }.painted()
}

/// What the assistant is shown by. It is the chatbot's own and saved at once, for it is no setting.
fn avatar(at: Editing, chatbot: ChatbotId) -> AnyView {
    let shown = reads(move || at.loaded.read().picture);
    let show = move |picture| at.loaded.update(|loaded| loaded.picture = picture);
    let face = move |()| match shown.get() {
        Some(picture) => {
            let address = format!("/pictures/{chatbot}/{picture}");
            view! { <span class="face xl"><img src=address alt=""/></span> }.painted()
        }
        None => view! {
            <span class="face xl" data-who="ai">
                <Icon name="ai"/>
            </span>
        }
        .painted(),
    };
    let remove = move |()| {
        leptos::task::spawn_local(async move {
            match save_chatbot(ChatbotEdit::RemovePicture { chatbot }).await {
                Ok(_) => show(None),
                Err(error) => at.saving.set(Saving::Refused(error)),
            }
        });
    };
    picture(Chosen {
        to: format!("/pictures/{chatbot}"),
        hint: t::avatar_about(),
        face: Callback::new(face),
        none: reads(move || shown.get().is_none()),
        kept: Callback::new(move |picture| show(Some(picture))),
        remove: Callback::new(remove),
    })
}

/// The owner's own values, one a line as style sheets have them.
fn more(at: Editing) -> AnyView {
    let names: Vec<_> = domain::look::NAMES.iter().map(|(name, ..)| *name).collect();
    let field = lines(
        at,
        about("look.properties", t::own_values(), t::own_values_about()),
        at.reads(|part: &Part| part.properties.iter().map(written).collect()),
        at.writes(|part: &mut Part, lines: Vec<String>| {
            part.properties = lines.iter().map(|line| property(line)).collect();
        }),
    );
    view! {
        {field}
        <p class="hint">
            <code>{names.join(" ")}</code>
        </p>
    }
    .painted()
}

fn written(property: &Property) -> String {
    format!("{}: {}", property.name, property.value)
}

fn property(line: &str) -> Property {
    let (name, value) = line.split_once(':').unwrap_or((line, ""));
    Property {
        name: name.trim().to_owned(),
        value: value.trim().trim_end_matches(';').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_style_sheets_have_it() {
        let read = property(" --baton-surface :  #ffffff; ");
        assert_eq!(("--baton-surface", "#ffffff"), (&*read.name, &*read.value));
        assert_eq!("", property("--baton-font").value);
    }
}
