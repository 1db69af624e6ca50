//! How to put each chatbot on a site.

use leptos::prelude::*;
use protocol::forms::EmbedView;

use crate::api::loading::load;
use crate::api::setup::load_embed;
use crate::live::browser;
use crate::pages::settings::Frame;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::words::t;

use super::proof::Proof;

/// One snippet per chatbot.
#[component]
pub(crate) fn Embed() -> impl IntoView {
    let embed = load(|| (), |()| load_embed());
    let shown = |chatbots: Vec<EmbedView>| {
        view! {
            {chatbots.into_iter().map(ways).collect_view()}
            <a class="btn lg go-on" data-kind="primary" href="/inbox" rel="external">
                {t::open_inbox()}
            </a>
        }
        .painted()
    };
    view! {
        <Frame kind="embed" title=t::put_on_site() about=t::embed_about()>
            {loaded(embed, shown)}
        </Frame>
    }
    .painted()
}

/// The ways to one chatbot, and for who may see it what proves who its visitors are.
fn ways(chatbot: EmbedView) -> impl IntoView {
    let EmbedView {
        chatbot,
        name,
        snippet,
        link,
        proves,
    } = chatbot;
    let proof = proves.then(|| view! { <Proof chatbot/> });
    view! {
        <Snippet name text=snippet/>
        <Snippet name=t::as_a_page() text=link/>
        {proof}
    }
    .painted()
}

/// Something to copy.
#[component]
pub(super) fn Snippet(#[prop(into)] name: String, text: String) -> impl IntoView {
    // None before the first try.
    let copied = RwSignal::new(None::<bool>);
    let copy = {
        let text = text.clone();
        move |_| {
            let text = text.clone();
            leptos::task::spawn_local(async move {
                let done = browser::copy(&text).await;
                let _shown = copied.try_set(Some(done));
            });
        }
    };
    let label = move || match copied.get() {
        None => t::copy(),
        Some(true) => t::copied(),
        Some(false) => t::select_and_copy(),
    };
    view! {
        <div class="snippet">
            <header>
                <span>{name}</span>
                <button type="button" class="btn sm" on:click=copy>
                    <Icon name="copy" size="xs"/>
                    <span aria-live="polite">{label}</span>
                </button>
            </header>
            <pre tabindex="0">{text}</pre>
        </div>
    }
    .painted()
}
