//! What a conversation is sorted by: its category and its tags.

use domain::permissions::Permission;
use leptos::prelude::*;
use protocol::label::LabelChange;
use protocol::{CategoryId, ConversationId, TagId};

use crate::live::Live;
use crate::live::views::Talk;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// Two rows of the panel's facts. They are not there where the workspace has no labels at all, but
/// for who can make some.
#[component]
pub(crate) fn Labels(talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    // The lists may change while the panel is open.
    let known = memo(move || live.read(|state| state.labels.clone()));
    let mine = memo(move || {
        let talk = talk.read();
        let card = talk.card.as_deref()?;
        Some((card.conversation, card.category, card.tags.clone()))
    });
    follow(move || {
        let (id, category, tags) = mine.get()?;
        let known = known.get();
        let none = known.categories.is_empty() && known.tags.is_empty();
        if none {
            return Some(nothing_yet(live));
        }
        let categories = known.categories.into_iter();
        let categories = categories.filter(|one| !one.retired || Some(one.id) == category);
        let categories = categories.map(|one| (one.id, one.name)).collect();
        let free = known.tags.into_iter();
        let free = free.filter(|one| !one.retired && !tags.contains(&one.id));
        let free = free.map(|one| (one.id, one.name)).collect();
        Some(
            view! {
                <dt>
                    <label for="category">{t::category()}</label>
                </dt>
                <dd>{choose_category(live, id, category, categories)}</dd>
                <dt>{t::tags()}</dt>
                <dd>{chips(live, id, &tags)} {add_tag(live, id, free)}</dd>
            }
            .late(),
        )
    })
}

/// The way to the page where they are made, for who may.
fn nothing_yet(live: Live) -> AnyView {
    let may = live.peek(|state| state.may_do(Permission::SaveSettings));
    may.then(|| {
        view! {
            <dt>{t::tags()}</dt>
            <dd>
                <a href="/labels">{t::make_labels()}</a>
            </dd>
        }
    })
    .late()
}

fn choose_category(
    live: Live,
    id: ConversationId,
    chosen: Option<CategoryId>,
    known: Vec<(CategoryId, String)>,
) -> AnyView {
    let ids: Vec<CategoryId> = known.iter().map(|(id, _)| *id).collect();
    let options = known.into_iter().enumerate().map(|(at, (id, name))| {
        let selected = Some(id) == chosen;
        view! { <option value=at.to_string() selected=selected>{name}</option> }.late()
    });
    let choose = move |event: leptos::ev::Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        let change = LabelChange::Category(at.and_then(|at| ids.get(at).copied()));
        live.act_with_key(|state, key| state.label(id, change, key));
    };
    view! {
        <select id="category" class="input select" disabled=cut(live) on:change=choose>
            <option value="" selected=chosen.is_none()>
                {t::no_category()}
            </option>
            {options.collect_view()}
        </select>
    }
    .late()
}

fn chips(live: Live, id: ConversationId, tags: &[TagId]) -> AnyView {
    let chip = |tag: &TagId| {
        let tag = *tag;
        let name = live.peek(|state| state.tag(tag).to_owned());
        let take_off = t::take_off(&name);
        let remove = move |_| {
            let change = LabelChange::RemoveTag(tag);
            live.act_with_key(|state, key| state.label(id, change, key));
        };
        view! {
            <span class="chip tag">
                {name}
                <button
                    type="button"
                    class="btn sq"
                    data-kind="quiet"
                    aria-label=take_off
                    disabled=cut(live)
                    on:click=remove
                >
                    <Icon name="x" size="s"/>
                </button>
            </span>
        }
        .late()
    };
    tags.iter().map(chip).collect_view().late()
}

fn add_tag(live: Live, id: ConversationId, free: Vec<(TagId, String)>) -> AnyView {
    let ids: Vec<TagId> = free.iter().map(|(id, _)| *id).collect();
    let options = free
        .into_iter()
        .enumerate()
        .map(|(at, (_, name))| view! { <option value=at.to_string()>{name}</option> }.late());
    let add = move |event: leptos::ev::Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        if let Some(tag) = at.and_then(|at| ids.get(at).copied()) {
            let change = LabelChange::AddTag(tag);
            live.act_with_key(|state, key| state.label(id, change, key));
        }
    };
    view! {
        <select class="input select add-tag" aria-label=t::add_tag() disabled=cut(live) on:change=add>
            <option value="" selected>
                {t::add_tag()}
            </option>
            {options.collect_view()}
        </select>
    }
    .late()
}

fn cut(live: Live) -> Memo<bool> {
    memo(move || {
        let may = live.read(|state| state.may_do(Permission::WriteNotes));
        !may || !live.frame(|frame| frame.is_live())
    })
}
