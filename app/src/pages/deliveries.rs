//! What was mailed: the newest first, with what the mail server said, tried again by hand, and a test.

use leptos::prelude::*;
use protocol::delivery::{DeliveriesView, DeliveryState, DeliveryView, Outcome};
use protocol::{DeliveryId, Timestamp};

use crate::api::ApiError;
use crate::api::loading::load;
use crate::api::mail::{load_deliveries, send_again, send_test};
use crate::live::local;
use crate::pages::settings::Frame;
use crate::parts::empty::Empty;
use crate::parts::late::IntoLate;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Page {
    view: RwSignal<DeliveriesView>,
    said: RwSignal<&'static str>,
    trouble: RwSignal<Option<ApiError>>,
}

impl Page {
    /// Does something and shows what is there after it.
    fn after(self, done: Result<(), ApiError>, said: &'static str) {
        leptos::task::spawn_local(async move {
            let loaded = match done {
                Ok(()) => load_deliveries().await,
                Err(error) => Err(error),
            };
            match loaded {
                Ok(view) => {
                    let _shown = self.view.try_set(view);
                    let _said = self.said.try_set(said);
                    let _calm = self.trouble.try_set(None);
                }
                Err(error) => {
                    let _told = self.trouble.try_set(Some(error));
                }
            }
        });
    }
}

/// The log, for who may change settings.
#[component]
pub(crate) fn Deliveries() -> impl IntoView {
    let deliveries = load(|| (), |()| load_deliveries());
    let shown = |view| view! { <Log view/> }.painted();
    view! {
        <Frame
            kind="team-page deliveries"
            title=t::deliveries()
            about=t::deliveries_about()
        >
            {loaded(deliveries, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Log(view: DeliveriesView) -> impl IntoView {
    let page = Page {
        view: RwSignal::new(view),
        said: RwSignal::new(""),
        trouble: RwSignal::new(None),
    };
    let trouble = move || {
        let error = page.trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    let way = move || {
        page.view.with(|view| match &view.from {
            Some(from) => view! {
                <p>{t::mail_from(from)}</p>
                <div class="ways">
                    <button type="button" class="btn" on:click=move |_| test(page)>
                        {t::send_test(&view.me)}
                    </button>
                    <button
                        type="button"
                        class="btn"
                        data-kind="quiet"
                        on:click=move |_| page.after(Ok(()), "")
                    >
                        {t::load_again()}
                    </button>
                </div>
            }
            .painted(),
            None => view! { <p>{t::no_mail_about()}</p> }.painted(),
        })
    };
    let rows = move || {
        let deliveries = page.view.with(|view| view.deliveries.clone());
        if deliveries.is_empty() {
            return view! { <Empty title=t::no_deliveries() sentence=t::no_deliveries_about()/> }
                .painted();
        }
        let rows = deliveries.into_iter().map(|one| row(page, one));
        view! { <ul class="invites">{rows.collect_view()}</ul> }.painted()
    };
    view! {
        <p class="said" role="status">{page.said}</p>
        {trouble}
        {way}
        <section aria-label=t::newest_mails()>
            <h2>{t::newest_mails()}</h2>
            {rows}
        </section>
    }
    .painted()
}

fn test(page: Page) {
    leptos::task::spawn_local(async move {
        page.after(send_test().await, t::test_is_on_its_way());
    });
}

fn again(page: Page, id: DeliveryId) {
    leptos::task::spawn_local(async move {
        page.after(send_again(id).await, t::is_sent_again());
    });
}

/// A time by the reader's clock, which the server does not know.
pub(super) fn when(at: Timestamp) -> AnyView {
    view! { <time>{move || local::date_and_clock(at, local::now())}</time> }.late()
}

fn row(page: Page, of: DeliveryView) -> AnyView {
    let DeliveryView {
        id,
        kind,
        to,
        state,
        created_at: _,
        attempts,
        latest,
    } = of;
    let (mark, words, at) = match state {
        DeliveryState::Waiting { due_at } => ("warn", t::mail_waiting(), due_at),
        DeliveryState::Sent { at } => ("ok", t::mail_sent(), at),
        DeliveryState::Failed { at } => ("bad", t::mail_failed(), at),
        DeliveryState::Dropped { at } => ("", t::mail_dropped(), at),
    };
    let why = latest
        .into_iter()
        .find_map(|attempt| match attempt.outcome {
            Some(Outcome::Later { why } | Outcome::Refused { why }) => Some(why),
            _ => None,
        });
    let why = why.filter(|_| !matches!(state, DeliveryState::Sent { .. }));
    let failed = matches!(state, DeliveryState::Failed { .. });
    let mails = page.view.with_untracked(|view| view.from.is_some());
    let ways = (failed && mails).then(|| {
        view! {
            <button
                type="button"
                class="btn sm"
                aria-label=t::send_again_to(&to)
                on:click=move |_| again(page, id)
            >
                {t::send_again()}
            </button>
        }
    });
    let to = to.clone();
    view! {
        <li>
            <span class="who">
                <b class="cut">{to}</b>
                <span class="faint">
                    {words::mail_kind(kind)} " · " {t::mail_attempts(attempts.into())} " · " {when(at)}
                </span>
                {why.map(|why| view! { <span class="why">{why}</span> })}
            </span>
            <span class="chip" data-kind=mark>{words}</span>
            {ways}
        </li>
    }
    .painted()
}
