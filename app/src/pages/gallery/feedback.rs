//! What is told about the page, and what stands where there is nothing.

use leptos::prelude::*;

use super::sample::{JONAS, NOW, agent, ago, card, face, id, inbox, pending};
use super::stage::{in_inbox, specimen};
use crate::api::ApiError;
use crate::live::state::{Connection, LiveState};
use crate::parts::banner::Banner;
use crate::parts::dialog::Refused;
use crate::parts::empty::Empty;
use crate::parts::late::IntoLate;
use crate::parts::painted::IntoPainted;
use crate::parts::toast::Toasts;
use crate::parts::trouble::Trouble;
use crate::parts::typing::Typing;

pub(super) fn all() -> Vec<AnyView> {
    vec![
        banner("banner, cut off", Connection::Lost { since: ago(12) }),
        banner("banner, a newer version", Connection::Outdated),
        banner("banner, refused", Connection::Refused),
        banner("banner, signed out", Connection::SignedOut),
        banner("banner, left", Connection::Left),
        toasts("toast, a colleague was first", |state| {
            let said = (
                "Jonas took this over".to_owned(),
                "Elif is being helped.".to_owned(),
            );
            state.toasts.tell(agent(JONAS), said, Some(id(1)), NOW);
        }),
        toasts("toast, called by a colleague", |state| {
            let said = (
                "Jonas mentioned you".to_owned(),
                "In a note on Elif".to_owned(),
            );
            state.toasts.call(agent(JONAS), said, id(1), NOW);
        }),
        toasts("toast, something failed", |state| {
            state
                .toasts
                .fail("This chat is held by somebody else.".to_owned());
        }),
        specimen(
            "trouble",
            view! { <Trouble error=ApiError::Unavailable/> }.painted(),
        ),
        specimen("refused", refused()),
        specimen("empty", empty()),
        specimen("typing", view! { <Typing/> }.late()),
        specimen("a name that is too long", long_name()),
    ]
}

fn banner(name: &'static str, connection: Connection) -> AnyView {
    let mut state = inbox(Vec::new());
    state.connection_changed(connection);
    in_inbox(name, state, || view! { <Banner/> }.painted())
}

fn toasts(name: &'static str, tell: fn(&mut LiveState)) -> AnyView {
    let mut state = inbox(vec![card(1, "Elif Kaya", pending(1, 40), "Hello?")]);
    tell(&mut state);
    in_inbox(name, state, || view! { <Toasts/> }.late())
}

fn refused() -> AnyView {
    let why = Some("You hold as many chats as you may.".to_owned());
    view! { <Refused why=Signal::stored(why)/> }.late()
}

fn empty() -> AnyView {
    let sentence = "Whoever asks for a person stands here.";
    view! {
        <Empty title="Nobody waits" sentence>
            <button type="button" class="btn">
                "Show all"
            </button>
        </Empty>
    }
    .painted()
}

fn long_name() -> AnyView {
    let person = face("Wolfeschlegelsteinhausenbergerdorff Hubert", 280);
    let name = person.name.clone();
    view! {
        <div class="conv">
            <crate::parts::face::Face person/>
            <span class="name cut">{name}</span>
        </div>
    }
    .late()
}
