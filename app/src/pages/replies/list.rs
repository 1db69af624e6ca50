//! The list of saved replies, by who has them; put in order with buttons, so that keys do it too.

use leptos::prelude::*;
use protocol::ReplyId;
use protocol::reply::{SavedReply, Share};

use super::steps::in_words;
use super::{Open, Page};
use crate::api::replies::place_reply;
use crate::live::search::matches;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The field to search, and the lists.
#[component]
pub(super) fn List() -> impl IntoView {
    let page = Page::here();
    let query = RwSignal::new(String::new());
    let lists = move || {
        let query = query.get();
        let replies = page.view.with(|view| view.replies.clone());
        let found = replies.into_iter().filter(|reply| fits(reply, &query));
        let mut lists: Vec<(Share, Vec<SavedReply>)> = Vec::new();
        for reply in found {
            match lists.iter_mut().find(|(share, _)| *share == reply.share) {
                Some((_, list)) => list.push(reply),
                None => lists.push((reply.share, vec![reply])),
            }
        }
        // Everybody's, then each chatbot's, then one's own.
        lists.sort_by_key(|(share, _)| match share {
            Share::Workspace => 0,
            Share::Chatbot(_) => 1,
            Share::Own => 2,
        });
        if lists.is_empty() {
            let sentence = if query.trim().is_empty() {
                t::no_replies_here().to_owned()
            } else {
                t::nothing_for(&query)
            };
            return view! { <p class="none">{sentence}</p> }.painted();
        }
        // What is searched is not the whole order.
        let sorts = query.trim().is_empty();
        let lists = lists.into_iter();
        lists
            .map(|(share, list)| view! { <Group share list sorts/> })
            .collect_view()
            .painted()
    };
    view! {
        <section class="lists" aria-label=t::saved_replies()>
            <div class="field search">
                <label for="search">{t::search_replies()}</label>
                <input
                    class="input"
                    id="search"
                    type="search"
                    on:input=move |event| query.set(event_target_value(&event))
                />
            </div>
            {lists}
        </section>
    }
    .painted()
}

fn fits(reply: &SavedReply, query: &str) -> bool {
    let query = query.trim().trim_start_matches('/');
    let all = format!("{} {} {}", reply.shortcut, reply.title, reply.text);
    matches(&all, query) || reply.shortcut.contains(&query.to_lowercase())
}

/// Those of one list.
#[component]
fn Group(share: Share, list: Vec<SavedReply>, sorts: bool) -> impl IntoView {
    let page = Page::here();
    let name = shared_with(page, share);
    let may = may_change(page, share);
    let ids: Vec<ReplyId> = list.iter().map(|reply| reply.id).collect();
    let rows = list.into_iter().enumerate().map(|(at, reply)| {
        // Before whom it comes when it goes up or down; down two is before the one after the next.
        let up = (at > 0).then(|| Some(ids[at - 1]));
        let down = (at + 1 < ids.len()).then(|| ids.get(at + 2).copied());
        let moves = (sorts && may).then_some((up, down));
        view! { <Row reply moves/> }
    });
    view! {
        <section class="group">
            <h2>{name}</h2>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
    .painted()
}

/// The names of the lists.
pub(super) fn shared_with(page: Page, share: Share) -> String {
    match share {
        Share::Workspace => t::for_everybody().to_owned(),
        Share::Chatbot(chatbot) => t::for_chatbot(&page.chatbot(chatbot)),
        Share::Own => t::for_me().to_owned(),
    }
}

/// Whether this agent may change replies that are shared so.
pub(super) fn may_change(page: Page, share: Share) -> bool {
    share == Share::Own || page.view.with_untracked(|view| view.may_share)
}

/// Before whom a reply goes: up and down, where there is anything.
type Moves = (Option<Option<ReplyId>>, Option<Option<ReplyId>>);

#[component]
fn Row(reply: SavedReply, moves: Option<Moves>) -> impl IntoView {
    let page = Page::here();
    let id = reply.id;
    let (title, shortcut) = (reply.title.clone(), format!("/{}", reply.shortcut));
    let files = reply.files.iter().map(|file| file.name.clone());
    let does = reply.steps.iter().map(|step| in_words(page, step));
    let does = files.chain(does);
    let does = does.collect::<Vec<_>>().join(" · ");
    let about = match reply.text.is_empty() {
        true => String::new(),
        false => domain::text::cut(&reply.text, 140),
    };
    let open = move |_| {
        page.trouble.set(None);
        page.open.set(Open::Reply(reply.clone()));
    };
    let mover = {
        let title = title.clone();
        move |icon: &'static str, name: String, before: Option<Option<ReplyId>>| {
            let said = t::moved(&title);
            view! {
                <button
                    type="button"
                    class="btn sq sm"
                    data-kind="quiet"
                    aria-label=name
                    data-at=format!("{icon} {id}")
                    aria-disabled=before.is_none().then_some("true")
                    on:click=move |_| {
                        if let Some(before) = before {
                            place(page, id, before, said.clone());
                        }
                    }
                >
                    <Icon name=icon size="s"/>
                </button>
            }
        }
    };
    let movers = moves.map(|(up, down)| {
        view! {
            <span class="moves">
                {mover("up", t::move_up(&title), up)} {mover("down", t::move_down(&title), down)}
            </span>
        }
    });
    view! {
        <li data-open=move || page.is_open(id).then_some("")>
            <button type="button" class="open" data-at=id.to_string() on:click=open>
                <span class="t">{title.clone()}</span>
                <code>{shortcut}</code>
                {(!about.is_empty()).then(|| view! { <span class="about cut">{about}</span> })}
                {(!does.is_empty())
                    .then(|| view! { <span class="about cut"><Icon name="right" size="xs"/> {does}</span> })}
            </button>
            {movers}
        </li>
    }
    .painted()
}

fn place(page: Page, id: ReplyId, before: Option<ReplyId>, said: String) {
    leptos::task::spawn_local(async move {
        match place_reply(id, before).await {
            Ok(()) => page.load_again(said),
            Err(error) => {
                let _told = page.trouble.try_set(Some(error.sentence()));
            }
        }
    });
}
