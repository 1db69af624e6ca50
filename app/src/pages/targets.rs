//! Within how long the team replies: the workspace's targets, and those of each chatbot.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::forms::{TargetsForm, TargetsView};
use protocol::settings::TargetSettings;

use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::targets::{load_targets, save_targets};
use crate::live::browser::{self, field_value};
use crate::pages::settings::Frame;
use crate::parts::follow::{effect, reads};
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::{overtaken, wrong as say};
use crate::words::t;

type Saving = Action<TargetsForm, Result<Vec<TargetsView>, ApiError>>;

/// Every layer, for who may change settings.
#[component]
pub(crate) fn Targets() -> impl IntoView {
    let targets = load(|| (), |()| load_targets());
    let shown = |views| view! { <Layers views/> }.painted();
    view! {
        <Frame kind="targets" title=t::targets() about=t::targets_about()>
            {loaded(targets, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Layers(views: Vec<TargetsView>) -> impl IntoView {
    let views = RwSignal::new(views);
    let said = RwSignal::new("");
    let saving: Saving = Action::new(|form: &TargetsForm| save_targets(form.clone()));
    effect(move || {
        if let Some(Ok(saved)) = saving.value().get() {
            views.set(saved);
            said.set(t::targets_saved());
        }
    });
    let again = Callback::new(move |()| {
        browser::focus("#page");
        leptos::task::spawn_local(async move {
            if let Ok(now) = load_targets().await {
                saving.clear();
                let _shown = views.try_set(now);
            }
        });
    });
    let trouble = move || {
        let error = saving.value().get().and_then(Result::err);
        error.map(|error| overtaken(&error, error.sentence(), again))
    };
    let layers = move || {
        let layers = views
            .get()
            .into_iter()
            .map(|view| layer(view, saving, said));
        layers.collect_view()
    };
    view! {
        <p class="said" role="status">{said}</p>
        {trouble}
        {layers}
    }
    .painted()
}

/// One layer: what is set, where it comes from, and the way back to the layer below.
fn layer(of: TargetsView, saving: Saving, said: RwSignal<&'static str>) -> AnyView {
    let TargetsView {
        chatbot,
        name,
        own,
        effective,
        in_hours,
        version,
    } = of;
    let title = match chatbot {
        None => t::whole_workspace().to_owned(),
        Some(_) => name,
    };
    let (kind, mark) = match (own.is_some(), chatbot.is_some()) {
        (true, true) => ("accent", t::set_here()),
        (false, true) => ("", t::inherited()),
        (true, false) => ("accent", t::set_here()),
        (false, false) => ("", t::not_set()),
    };
    // Which of the two fields is none.
    let wrong = RwSignal::new([false; 2]);
    let why_id = chatbot.map_or_else(|| "all-why".to_owned(), |id| format!("{id}-why"));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        said.set("");
        let first = minutes(&field_value(&event, "first"));
        let next = minutes(&field_value(&event, "next"));
        wrong.set([first.is_err(), next.is_err()]);
        let (Ok(first_reply_minutes), Ok(next_reply_minutes)) = (first, next) else {
            return request_animation_frame(|| {
                browser::focus("form:focus-within [aria-invalid=true]")
            });
        };
        let own = Some(TargetSettings {
            first_reply_minutes,
            next_reply_minutes,
        });
        saving.dispatch(TargetsForm {
            chatbot,
            version,
            own,
        });
    };
    let reset = own.is_some().then(|| {
        let words = match chatbot {
            Some(_) => t::inherit_again(),
            None => t::no_targets(),
        };
        let back = move |_| {
            said.set("");
            saving.dispatch(TargetsForm {
                chatbot,
                version,
                own: None,
            });
        };
        view! {
            <button type="button" class="btn" data-kind="quiet" on:click=back>
                <Icon name="back" size="s"/>
                {words}
            </button>
        }
    });
    let hours = in_hours.then(|| view! { <p class="hint">{t::only_opening_hours()}</p> });
    let error = {
        let why_id = why_id.clone();
        move || {
            let why = wrong.get().contains(&true).then(t::minutes_wrong);
            let id = why_id.clone();
            why.map(|why| view! { <div id=id>{say(why.to_owned())}</div> }.painted())
        }
    };
    let heading = title.clone();
    let field = |at: usize, name, label, minutes: Option<u32>| {
        let wrong = reads(move || wrong.with(|wrong| wrong[at]).then_some("true"));
        field((name, label), minutes, wrong, why_id.clone())
    };
    view! {
        <section aria-label=title>
            <h2>
                {heading}
                <span class="chip" data-kind=kind>
                    {mark}
                </span>
            </h2>
            {hours}
            <form method="post" novalidate on:submit=save>
                {field(0, "first", t::first_reply_within(), effective.first_reply_minutes)}
                {field(1, "next", t::next_reply_within(), effective.next_reply_minutes)}
                {error}
                <div class="acts">
                    <button class="btn" data-kind="primary">
                        {t::save()}
                    </button>
                    {reset}
                </div>
            </form>
        </section>
    }
    .painted()
}

fn field(
    (name, label): (&'static str, &'static str),
    minutes: Option<u32>,
    wrong: Signal<Option<&'static str>>,
    why_id: String,
) -> AnyView {
    view! {
        <label class="minutes">
            <span>{label}</span>
            <input
                class="input"
                name=name
                inputmode="numeric"
                maxlength="5"
                autocomplete="off"
                placeholder=t::no_target()
                aria-invalid=wrong
                aria-describedby=why_id
                value=minutes.map(|minutes| minutes.to_string())
            />
            <span class="faint" aria-hidden="true">
                {t::minutes_word()}
            </span>
        </label>
    }
    .painted()
}

/// What was typed: nothing for no target.
fn minutes(text: &str) -> Result<Option<u32>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(minutes @ 1..=10_080) => Ok(Some(minutes)),
            _ => Err(()),
        },
    }
}
