//! Within how long the team replies: the workspace's targets, and those of each chatbot.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::forms::{TargetsForm, TargetsView};
use protocol::settings::TargetSettings;

use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::targets::{load_targets, save_targets};
use crate::live::browser::field_value;
use crate::pages::settings::Frame;
use crate::parts::follow::effect;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
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
    let trouble = move || {
        let error = saving.value().get().and_then(Result::err);
        error.map(|error| view! { <Trouble error/> }.painted())
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
    let wrong = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        said.set("");
        let first = minutes(&field_value(&event, "first"));
        let next = minutes(&field_value(&event, "next"));
        wrong.set(first.is_err() || next.is_err());
        if let (Ok(first_reply_minutes), Ok(next_reply_minutes)) = (first, next) {
            let own = Some(TargetSettings {
                first_reply_minutes,
                next_reply_minutes,
            });
            saving.dispatch(TargetsForm {
                chatbot,
                version,
                own,
            });
        }
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
    let error = move || {
        wrong.get().then(|| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {t::minutes_wrong()}
                </p>
            }
        })
    };
    let heading = title.clone();
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
                {field("first", t::first_reply_within(), effective.first_reply_minutes)}
                {field("next", t::next_reply_within(), effective.next_reply_minutes)}
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

fn field(name: &'static str, label: &'static str, minutes: Option<u32>) -> AnyView {
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
