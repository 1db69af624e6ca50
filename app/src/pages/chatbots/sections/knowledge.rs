//! What the assistant of a chatbot answers from: what it learned, teaching it more, and making it forget.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::ChatbotId;
use protocol::forms::TeachForm;
use protocol::knowledge::{ForgetForm, KnowledgeView, SourceId, SourceView};
use protocol::limits;

use super::super::editing::Editing;
use crate::api::ApiError;
use crate::api::knowledge::{forget_source, load_knowledge, teach};
use crate::api::loading::load;
use crate::live::browser;
use crate::pages::deliveries::when;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let inside = match at.chatbot {
        None => view! {
            <p>{t::knowledge_of_each()}</p>
            <a class="btn" href="/chatbots" rel="external">
                {t::chatbots()}
            </a>
        }
        .painted(),
        Some(chatbot) => {
            let read = load(|| (), move |()| load_knowledge(chatbot, None));
            loaded(read, move |view| {
                view! { <Known at chatbot view/> }.painted()
            })
        }
    };
    view! {
        <section class="block knowledge" aria-label=t::knowledge()>
            <header>
                <div>
                    <h2>{t::knowledge()}</h2>
                    <p>{t::knowledge_about()}</p>
                </div>
            </header>
            {inside}
        </section>
    }
    .painted()
}

/// What the parts share.
#[derive(Clone, Copy)]
struct Page {
    chatbot: ChatbotId,
    shown: RwSignal<KnowledgeView>,
    busy: RwSignal<bool>,
    /// What was done.
    said: RwSignal<&'static str>,
    /// What went wrong with the list, and with what was to be taught.
    trouble: RwSignal<Option<ApiError>>,
    refused: RwSignal<Option<ApiError>>,
}

impl Page {
    /// Shows the list as it is after something was done.
    async fn load_again(self, said: &'static str) {
        match load_knowledge(self.chatbot, None).await {
            Ok(view) => {
                browser::keep_focus(".knowledge");
                let _shown = self.shown.try_set(view);
                let _told = self.said.try_set(said);
            }
            Err(error) => {
                let _told = self.trouble.try_set(Some(error));
            }
        }
    }

    /// Takes one out of the list; its neighbour has the focus then.
    fn without(self, source: SourceId) {
        let next = self.shown.try_update(|all| {
            let at = all.sources.iter().position(|one| one.id == source)?;
            all.sources.remove(at);
            let next = all.sources.get(at).or(all.sources.last());
            next.map(|one| one.id)
        });
        let next = next.flatten().map_or("#taught".to_owned(), |next| {
            format!(".knowledge [data-at=\"{}\"]", opener(next))
        });
        request_animation_frame(move || browser::focus(&next));
        let _told = self.said.try_set(t::was_forgotten());
    }

    /// Adds what is older than the last that is shown.
    async fn older(self, last: SourceId) {
        match load_knowledge(self.chatbot, Some(last)).await {
            Ok(view) => {
                let _shown = self.shown.try_update(|all| {
                    all.more = view.more;
                    // Pressed twice, it came twice.
                    if all.sources.last().map(|one| one.id) == Some(last) {
                        all.sources.extend(view.sources);
                    }
                });
            }
            Err(error) => {
                let _told = self.trouble.try_set(Some(error));
            }
        }
    }

    /// Does one thing at a time, and forgets what went wrong before.
    fn act(self, work: impl Future<Output = ()> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.said.set("");
        self.trouble.set(None);
        self.refused.set(None);
        leptos::task::spawn_local(async move {
            work.await;
            let _over = self.busy.try_set(false);
        });
    }
}

#[component]
fn Known(at: Editing, chatbot: ChatbotId, view: KnowledgeView) -> impl IntoView {
    let page = Page {
        chatbot,
        shown: RwSignal::new(view),
        busy: RwSignal::new(false),
        said: RwSignal::new(""),
        trouble: RwSignal::new(None),
        refused: RwSignal::new(None),
    };
    let rows = move || {
        let sources = page.shown.with(|view| view.sources.clone());
        if sources.is_empty() {
            return view! { <p class="hint">{t::knows_nothing()}</p> }.painted();
        }
        let rows = sources.into_iter().map(|source| row(page, source));
        view! { <ul>{rows.collect_view()}</ul> }.painted()
    };
    let more = move || {
        let last = page
            .shown
            .with(|view| view.sources.last().filter(|_| view.more).map(|one| one.id));
        last.map(|last| {
            view! {
                <button type="button" class="btn" on:click=move |_| page.act(page.older(last))>
                    {t::load_older()}
                </button>
            }
            .painted()
        })
    };
    let trouble = move || {
        let error = page.trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    view! {
        {teaching(page, at.lesson)}
        <p class="said" role="status">{page.said}</p>
        {trouble}
        {rows}
        {more}
    }
    .painted()
}

fn teaching(page: Page, typed: RwSignal<String>) -> AnyView {
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (chatbot, text) = (page.chatbot, typed.get_untracked());
        page.act(async move {
            let form = TeachForm {
                chatbot,
                text: text.clone(),
            };
            match teach(form).await {
                Ok(()) => {
                    // What was written on meanwhile is still to be taught.
                    if typed.try_with_untracked(|now| *now == text) == Some(true) {
                        typed.set(String::new());
                    }
                    page.load_again(t::was_taught()).await;
                }
                Err(error) => {
                    let _told = page.refused.try_set(Some(error));
                }
            }
        });
    };
    let is_refused = move || page.refused.with(Option::is_some).then_some("true");
    let why = move || {
        let error = page.refused.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    view! {
        <form method="post" novalidate class="teach" on:submit=send>
            <label class="label" for="taught">{t::teach_it_about()}</label>
            <textarea
                class="input"
                id="taught"
                name="text"
                rows="6"
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                maxlength=limits::TAUGHT_TEXT.to_string()
                aria-invalid=is_refused
                aria-describedby="taught-why"
            ></textarea>
            <div id="taught-why">{why}</div>
            <button class="btn" data-kind="primary" aria-busy=move || page.busy.get().then_some("true")>
                {t::teach()}
            </button>
        </form>
    }
    .painted()
}

/// What finds the button that makes it forget a source.
fn opener(SourceId(source): SourceId) -> String {
    format!("source-{source}")
}

fn row(page: Page, of: SourceView) -> AnyView {
    let form = ForgetForm {
        chatbot: page.chatbot,
        source: of.id,
        learned_at: of.learned_at,
    };
    let sure = RwSignal::new(false);
    let forget = move |_| {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        page.act(async move {
            match forget_source(form).await {
                Ok(()) => page.without(form.source),
                // Somebody else was there first.
                Err(error) if error.is_overtaken() => page.without(form.source),
                Err(error) => {
                    let _told = page.trouble.try_set(Some(error));
                }
            }
        });
    };
    let words = move || match sure.get() {
        false => t::forget_it(),
        true => t::really_forget(),
    };
    let title = of.title.clone();
    let name = match of.url {
        Some(url) => view! {
            <a href=url target="_blank" rel="external noopener noreferrer">
                {title}
            </a>
        }
        .painted(),
        None => title.painted(),
    };
    view! {
        <li>
            <span class="who">
                <b>{name}</b>
                <span class="faint">{t::in_passages(of.passages.into())} " · " {when(of.learned_at)}</span>
            </span>
            <button
                type="button"
                class="btn sm"
                data-kind="quiet"
                data-at=opener(of.id)
                aria-label=move || match sure.get() {
                    false => t::forget_named(&of.title),
                    true => t::really_forget().to_owned(),
                }
                on:click=forget
                on:blur=move |_| sure.set(false)
            >
                <Icon name="bin" size="s"/>
                <span aria-live="polite">{words}</span>
            </button>
        </li>
    }
    .painted()
}
