//! The playground: a visitor on the left, an agent on the right, what happens below, all of it in a copy
//! that no real visitor and no real figure meets.

mod controls;
mod follows;
mod log;
mod panes;
mod upset;

use leptos::prelude::*;
use protocol::ChatbotId;
use protocol::playground::{Play, PlayChatbot, PlayNo, PlaygroundView};

use self::follows::Playing;
use crate::api::loading::load;
use crate::api::playground::load_playground;
use crate::parts::empty::Empty;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::page::{Frame, loaded};
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

/// The page, for who may change settings.
#[component]
pub(crate) fn Playground() -> impl IntoView {
    let playground = load(|| (), |()| load_playground(0));
    let shown = |view| view! { <Whole view/> }.painted();
    view! {
        <Frame
            kind="playground"
            title=t::playground()
            about=t::playground_about()
        >
            {loaded(playground, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Whole(view: PlaygroundView) -> impl IntoView {
    let playing = Playing::begin(view);
    let no = move || {
        let said = match playing.no.get()? {
            PlayNo::Full => t::play_full(),
            PlayNo::NobodyWaits => t::play_nobody_waits(),
            PlayNo::NobodyHolds => t::play_nobody_holds(),
            PlayNo::NeverChanges => t::play_never_changes(),
            PlayNo::Over => t::play_over(),
        };
        Some(
            view! {
                <p class="notice" role="status">
                    <Icon name="info" size="s"/>
                    {said}
                </p>
            }
            .painted(),
        )
    };
    let trouble = move || {
        let error = playing.trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    // Made anew for every playground, and for nothing else.
    let id = Memo::new(move |_| {
        playing
            .open
            .with(|open| open.as_ref().map(|open| open.id.clone()))
    });
    // The reader's clock is in it, so the server paints none of it.
    let whole = follow(move || match id.get() {
        Some(id) => {
            let panes = move || {
                let shows = !playing.ending.get();
                shows.then(|| panes::panes(playing, id.clone()))
            };
            view! {
                {controls::controls(playing)}
                {follow(panes)}
            }
            .painted()
        }
        None => choice(playing),
    });
    view! {
        {no}
        {trouble}
        {whole}
    }
    .painted()
}

/// Which chatbot is tried.
fn choice(playing: Playing) -> AnyView {
    let over = move || {
        playing
            .ended
            .get()
            .then(|| view! { <p role="status">{t::play_over()}</p> }.painted())
    };
    let rows = move || {
        let chatbots = playing.chatbots.get();
        if chatbots.is_empty() {
            return view! { <Empty title=t::no_chatbot() sentence=t::no_chatbot_about()/> }
                .painted();
        }
        view! { <ul class="choices">{chatbots.into_iter().map(|one| row(playing, one)).collect_view()}</ul> }
            .painted()
    };
    view! {
        {over}
        <section aria-label=t::play_which()>
            <h2>{t::play_which()}</h2>
            {rows}
            <p class="faint">{t::play_bounds()}</p>
        </section>
    }
    .painted()
}

fn row(playing: Playing, chatbot: PlayChatbot) -> AnyView {
    let PlayChatbot { id, name } = chatbot;
    let waits = move || playing.is_busy();
    view! {
        <li>
            <b>{name.clone()}</b>
            <button
                type="button"
                class="btn"
                data-kind="primary"
                aria-label=t::play_start_named(&name)
                disabled=waits
                on:click=move |_| start(playing, id)
            >
                {t::play_start()}
            </button>
        </li>
    }
    .painted()
}

fn start(playing: Playing, chatbot: ChatbotId) {
    playing.play(Play::Begin(chatbot));
}
