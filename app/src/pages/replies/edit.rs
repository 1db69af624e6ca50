//! A saved reply while it is written: what it is called, what it says, and who has it.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use protocol::forms::ReplyForm;
use protocol::refusal::Field;
use protocol::reply::{SavedReply, Share, Step};
use protocol::{ReplyId, limits};

use super::Page;
use super::files::Files;
use super::list::{may_change, shared_with};
use super::steps::Steps;
use crate::api::ApiError;
use crate::api::error::At;
use crate::api::replies::{delete_reply, save_reply};
use crate::live::browser;
use crate::live::reply_files::ReplyFiles;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    id: Option<ReplyId>,
    version: u64,
    share: RwSignal<Share>,
    shortcut: RwSignal<String>,
    title: RwSignal<String>,
    text: RwSignal<String>,
    steps: RwSignal<Vec<Step>>,
    files: ReplyFiles,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
}

impl Typed {
    fn of(page: Page, reply: Option<SavedReply>) -> Self {
        let share = if may_change(page, Share::Workspace) {
            Share::Workspace
        } else {
            Share::Own
        };
        let (id, version) = reply
            .as_ref()
            .map_or((None, 0), |reply| (Some(reply.id), reply.version));
        let steps = reply.as_ref().map(|reply| reply.steps.clone());
        let files = reply.as_ref().map(|reply| reply.files.clone());
        let reply = reply.map(|reply| (reply.share, reply.shortcut, reply.title, reply.text));
        let (share, shortcut, title, text) =
            reply.unwrap_or_else(|| (share, String::new(), String::new(), String::new()));
        Self {
            id,
            version,
            share: RwSignal::new(share),
            shortcut: RwSignal::new(shortcut),
            title: RwSignal::new(title),
            text: RwSignal::new(text),
            steps: RwSignal::new(steps.unwrap_or_default()),
            files: ReplyFiles::new(files.unwrap_or_default()),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn form(self) -> ReplyForm {
        ReplyForm {
            id: self.id,
            version: self.version,
            share: self.share.get_untracked(),
            shortcut: self.shortcut.get_untracked(),
            title: self.title.get_untracked(),
            text: self.text.get_untracked(),
            steps: self.steps.get_untracked(),
            files: self
                .files
                .kept
                .with_untracked(|kept| kept.iter().map(|file| file.id).collect()),
        }
    }

    /// What is wrong at a place of the form. A variable that does not exist is the text's.
    fn wrong(self, at: At) -> Option<String> {
        let error = self.error.get()?;
        let is_variable = matches!(
            &error,
            ApiError::Refused {
                refusal: protocol::Refusal::VariableUnknown { .. },
                ..
            }
        );
        let place = if is_variable {
            At::Field(Field::Message)
        } else {
            error.at()
        };
        (place == at).then(|| error.sentence())
    }
}

/// The form beside the list.
#[component]
pub(super) fn Edit(reply: Option<SavedReply>) -> impl IntoView {
    let page = Page::here();
    let may = reply
        .as_ref()
        .is_none_or(|reply| may_change(page, reply.share));
    let heading = match (&reply, may) {
        (None, _) => t::new_reply(),
        (Some(_), true) => t::change_reply(),
        (Some(_), false) => t::shared_reply(),
    };
    let typed = Typed::of(page, reply);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        save(page, typed);
    };
    let first = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(first) = first.get() {
            let _focused = first.focus();
        }
    });
    view! {
        <form class="edit" aria-label=heading novalidate on:submit=send>
            <h2>{heading}</h2>
            <div class="field">
                <label for="title">{t::reply_title()}</label>
                <input
                    class="input"
                    id="title"
                    node_ref=first
                    readonly=!may
                    maxlength=limits::REPLY_TITLE.to_string()
                    prop:value=typed.title
                    aria-invalid=move || invalid(typed, Field::Title)
                    aria-describedby="title-about"
                    on:input=move |event| typed.title.set(event_target_value(&event))
                />
                <Below typed field=Field::Title id="title-about" hint=""/>
            </div>
            <div class="field">
                <label for="shortcut">{t::reply_shortcut()}</label>
                <span class="slashed">
                    <span aria-hidden="true">"/"</span>
                    <input
                        class="input"
                        id="shortcut"
                        readonly=!may
                        autocapitalize="off"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=typed.shortcut
                        aria-invalid=move || invalid(typed, Field::Shortcut)
                        aria-describedby="shortcut-about"
                        on:input=move |event| typed.shortcut.set(event_target_value(&event))
                    />
                </span>
                <Below typed field=Field::Shortcut id="shortcut-about" hint=t::shortcut_about()/>
            </div>
            <div class="field">
                <label for="text">{t::reply_text()}</label>
                <textarea
                    class="input"
                    id="text"
                    rows="7"
                    readonly=!may
                    prop:value=typed.text
                    aria-invalid=move || invalid(typed, Field::Message)
                    aria-describedby="text-about"
                    on:input=move |event| typed.text.set(event_target_value(&event))
                ></textarea>
                <Below typed field=Field::Message id="text-about" hint=t::text_about(&"{{visitor.name|there}}")/>
            </div>
            {may.then(|| view! { <Variables typed/> })}
            <Files files=typed.files may/>
            <Steps steps=typed.steps may/>
            {may.then(|| view! { <Sharing typed/> })}
            <Trouble typed/>
            <Acts typed may/>
        </form>
    }
    .painted()
}

fn invalid(typed: Typed, field: Field) -> Option<&'static str> {
    typed.wrong(At::Field(field)).map(|_| "true")
}

/// What is wrong with a field, else its hint.
#[component]
fn Below(
    typed: Typed,
    field: Field,
    id: &'static str,
    #[prop(into)] hint: String,
) -> impl IntoView {
    let below = move || match typed.wrong(At::Field(field)) {
        Some(why) => view! {
            <p class="error" id=id role="alert">
                <Icon name="alert"/>
                {why}
            </p>
        }
        .painted(),
        None => view! { <span class="hint" id=id>{hint.clone()}</span> }.painted(),
    };
    view! { {below} }.painted()
}

/// What is wrong with the whole.
#[component]
fn Trouble(typed: Typed) -> impl IntoView {
    let trouble = move || {
        typed.wrong(At::Form).map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
        })
    };
    view! { {trouble} }.painted()
}

/// The variables, to be put behind the text.
#[component]
fn Variables(typed: Typed) -> impl IntoView {
    let add = move |name: &'static str| {
        let put = move |_| {
            typed.text.update(|text| {
                let space = if text.is_empty() || text.ends_with(char::is_whitespace) {
                    ""
                } else {
                    " "
                };
                text.push_str(&format!("{space}{{{{{name}}}}}"));
            });
        };
        view! {
            <button type="button" class="chip" on:click=put>
                {name}
            </button>
        }
    };
    view! {
        <div class="variables" role="group" aria-label=t::variables()>
            <span>{t::variables()}</span>
            {domain::reply::VARIABLES.map(add).into_iter().collect_view()}
        </div>
    }
    .painted()
}

/// Who has it.
#[component]
fn Sharing(typed: Typed) -> impl IntoView {
    let page = Page::here();
    let mut shares = Vec::new();
    if may_change(page, Share::Workspace) {
        shares.push(Share::Workspace);
        page.view.with_untracked(|view| {
            let chatbots = view.chatbots.iter();
            shares.extend(chatbots.map(|chatbot| Share::Chatbot(chatbot.id)));
        });
    }
    shares.push(Share::Own);
    let all = shares.clone();
    let options = shares.into_iter().enumerate().map(|(at, share)| {
        let selected = typed.share.get_untracked() == share;
        view! {
            <option value=at.to_string() selected=selected>
                {shared_with(page, share)}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for="share">{t::who_has_it()}</label>
            <select
                class="input"
                id="share"
                on:change=move |event| {
                    let at: usize = event_target_value(&event).parse().unwrap_or(0);
                    if let Some(share) = all.get(at) {
                        typed.share.set(*share);
                    }
                }
            >
                {options.collect_view()}
            </select>
        </div>
    }
    .painted()
}

/// Save, go back, and delete, which asks once more.
#[component]
fn Acts(typed: Typed, may: bool) -> impl IntoView {
    let page = Page::here();
    let sure = RwSignal::new(false);
    let delete = move |_| {
        if sure.get_untracked() {
            remove(page, typed);
        } else {
            sure.set(true);
        }
    };
    let deletes = (may && typed.id.is_some()).then(|| {
        view! {
            <button
                type="button"
                class="btn push"
                data-kind="danger"
                on:click=delete
                on:blur=move |_| sure.set(false)
            >
                <Icon name="bin" size="s"/>
                <span aria-live="polite">
                    {move || if sure.get() { t::really_delete() } else { t::delete() }}
                </span>
            </button>
        }
    });
    view! {
        <div class="acts">
            {may.then(|| view! {
                <button
                    class="btn"
                    data-kind="primary"
                    aria-busy=move || typed.busy.get().then_some("true")
                >
                    {t::save()}
                </button>
            })}
            <button type="button" class="btn" on:click=move |_| page.close()>
                {t::cancel()}
            </button>
            {deletes}
        </div>
    }
    .painted()
}

fn save(page: Page, typed: Typed) {
    if typed.busy.get_untracked() {
        return;
    }
    if typed.files.going.with_untracked(|going| !going.is_empty()) {
        let wait = t::files_going().to_owned();
        return typed.files.trouble.set(Some(wait));
    }
    // The server judges too; what is plainly wrong need not wait for it.
    let form = typed.form();
    if let Err(refusal) = domain::reply::checked(form.clone()) {
        return typed.error.set(Some(refusal.into()));
    }
    typed.busy.set(true);
    leptos::task::spawn_local(async move {
        let saved = save_reply(form).await;
        let _done = typed.busy.try_set(false);
        match saved {
            Ok(_) => close(page, t::reply_saved().to_owned()),
            Err(error) => {
                let _told = typed.error.try_set(Some(error));
            }
        }
    });
}

fn remove(page: Page, typed: Typed) {
    let Some(id) = typed.id else {
        return;
    };
    leptos::task::spawn_local(async move {
        match delete_reply(id, typed.version).await {
            Ok(()) => {
                close(page, t::reply_deleted().to_owned());
                // Its button goes with the next list.
                browser::focus(".new-reply");
            }
            Err(error) => {
                let _told = typed.error.try_set(Some(error));
            }
        }
    });
}

/// Back to the list, where the focus stays in sight.
fn close(page: Page, said: String) {
    page.close();
    page.load_again(said);
}
