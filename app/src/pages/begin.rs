//! The first steps of a new workspace: what is done, what comes next, and everything for it in its place.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::ChatbotId;
use protocol::forms::{BeginView, TeachForm};
use protocol::refusal::Problem;

use super::embed::Snippet;
use crate::api::ApiError;
use crate::api::knowledge::teach;
use crate::api::loading::load;
use crate::api::setup::load_begin;
use crate::live::browser;
use crate::pages::settings::Frame;
use crate::parts::empty::Empty;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::{Trouble, wrong};
use crate::words::{self, t};

/// The page, for who may change settings.
#[component]
pub(crate) fn Begin() -> impl IntoView {
    let begin = load(|| (), |()| load_begin());
    let shown = |view: Option<BeginView>| match view {
        Some(view) => view! { <Steps view/> }.painted(),
        None => view! {
            <Empty title=t::no_chatbot() sentence=t::no_chatbot_about()>
                <a class="btn" href="/chatbots" rel="external">
                    {t::chatbots()}
                </a>
            </Empty>
        }
        .painted(),
    };
    view! {
        <Frame
            kind="begin"
            title=t::get_started()
            about=t::get_started_about()
        >
            {loaded(begin, shown)}
        </Frame>
    }
    .painted()
}

/// What the steps share.
#[derive(Clone, Copy)]
struct Page {
    view: RwSignal<BeginView>,
    trouble: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
}

impl Page {
    /// Does something and shows how far it is after that.
    fn after(self, form: Option<TeachForm>) {
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let done = match form {
                Some(form) => teach(form).await,
                None => Ok(()),
            };
            let loaded = match done {
                Ok(()) => load_begin().await,
                Err(error) => Err(error),
            };
            let _over = self.busy.try_set(false);
            let error = match loaded {
                Ok(view) => {
                    let _shown = view.map(|view| self.view.try_set(view));
                    None
                }
                Err(error) => Some(error),
            };
            let _told = self.trouble.try_set(error);
        });
    }
}

#[component]
fn Steps(view: BeginView) -> impl IntoView {
    let page = Page {
        view: RwSignal::new(view),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let BeginView { embed, .. } = page.view.get_untracked();
    let done = move |is: fn(&BeginView) -> bool| Signal::derive(move || page.view.with(is));
    let all = done(|view| view.taught && view.tested && view.answered && view.embedded);
    let trouble = move || {
        let error = page.trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    let link = embed.link;
    let ready = move || {
        all.get().then(|| {
            view! {
                <p class="said" role="status">
                    {t::all_is_ready()}
                </p>
            }
            .painted()
        })
    };
    view! {
        {trouble}
        {ready}
        <ol class="steps">
            {step(done(|view| view.taught), t::teach_it(), teaching(page, embed.chatbot))}
            {step(
                done(|view| view.tested),
                t::test_it(),
                view! {
                    <p>{t::test_it_about()}</p>
                    <a class="btn" href=link target="_blank" rel="external noopener">
                        <Icon name="chat" size="s"/>
                        {t::open_test_chat()}
                    </a>
                }
                .painted(),
            )}
            {step(
                done(|view| view.answered),
                t::answer_it(),
                view! {
                    <p>{t::answer_it_about()}</p>
                    <a class="btn" href="/inbox" target="_blank" rel="external noopener">
                        <Icon name="inbox" size="s"/>
                        {t::open_inbox()}
                    </a>
                }
                .painted(),
            )}
            {step(
                done(|view| view.embedded),
                t::put_on_site(),
                view! {
                    <p>{t::embed_about()}</p>
                    <Snippet name=embed.name text=embed.snippet/>
                }
                .painted(),
            )}
        </ol>
        <button
            type="button"
            class="btn"
            data-kind="quiet"
            aria-busy=move || page.busy.get().then_some("true")
            on:click=move |_| page.after(None)
        >
            <Icon name="again" size="s"/>
            {t::look_again()}
        </button>
    }
    .painted()
}

/// A step; what is done is folded away.
fn step(done: Signal<bool>, title: &'static str, inside: AnyView) -> AnyView {
    let mark = move || {
        if done.get() {
            view! { <span class="chip" data-kind="ok"><Icon name="check" size="s"/> {t::is_done()}</span> }
                .painted()
        } else {
            view! { <span class="chip">{t::is_to_do()}</span> }.painted()
        }
    };
    view! {
        <li>
            <details open=move || !done.get()>
                <summary>
                    <b>{title}</b>
                    {mark}
                </summary>
                {inside}
            </details>
        </li>
    }
    .painted()
}

fn teaching(page: Page, chatbot: ChatbotId) -> AnyView {
    let typed = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        if text.trim().is_empty() {
            missing.set(true);
            browser::focus("#taught");
        } else if !page.busy.get_untracked() {
            page.after(Some(TeachForm { chatbot, text }));
        }
    };
    let why = move || {
        let missing = missing.get();
        missing.then(|| wrong(words::problem(Problem::Missing)))
    };
    view! {
        <form method="post" on:submit=send>
            <label for="taught">{t::teach_it_about()}</label>
            <textarea
                class="input"
                id="taught"
                name="text"
                rows="8"
                maxlength="40000"
                aria-invalid=move || missing.get().then_some("true")
                aria-describedby="taught-about"
                on:input=move |event| {
                    missing.set(false);
                    typed.set(event_target_value(&event));
                }
            ></textarea>
            <div id="taught-about">{why}</div>
            <button
                class="btn"
                data-kind="primary"
                aria-busy=move || page.busy.get().then_some("true")
            >
                {t::teach()}
            </button>
        </form>
    }
    .painted()
}
