//! How to put each chatbot on a site.

use leptos::prelude::*;
use leptos_meta::Title;
use protocol::forms::EmbedView;

use crate::api::loading::load;
use crate::api::setup::load_embed;
use crate::live::browser;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::words::t;

use super::proof::Proof;

/// One snippet per chatbot.
#[component]
pub(crate) fn Embed() -> impl IntoView {
    let embed = load(|| (), |()| load_embed());
    let shown = |chatbots| view! { <Snippets chatbots/> }.painted();
    view! {
        <Title text=t::title_embed()/>
        {loaded(embed, shown)}
    }
    .painted()
}

#[component]
fn Snippets(chatbots: Vec<EmbedView>) -> impl IntoView {
    view! {
        <div class="wiz">
            <header>
                <span class="logo">
                    <Icon name="baton"/>
                    {t::baton()}
                </span>
                <a class="btn push" data-kind="quiet" href="/inbox" rel="external">
                    {t::go_to_inbox()}
                </a>
            </header>
            <main>
                <div class="stack">
                    <div>
                        <h1>{t::put_on_site()}</h1>
                        <p class="lead-in">
                            {t::embed_before()} " " <code>"</body>"</code> " " {t::embed_after()}
                        </p>
                    </div>
                    {chatbots.into_iter().map(ways).collect_view()}
                    <div class="row go-on">
                        <a class="btn lg" data-kind="primary" href="/inbox" rel="external">
                            {t::open_inbox()}
                        </a>
                    </div>
                </div>
            </main>
        </div>
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
