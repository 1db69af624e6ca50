//! A text on its way: in its place from the first moment, and with a way on when it failed.

use leptos::prelude::*;

use super::attach::Attached;
use crate::live::Live;
use crate::live::state::{Mode, Outgoing, Progress};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::time::Clock;
use crate::words::t;

/// The text as typed; its marks become bold and lists once the server has read them.
#[component]
pub(crate) fn Going(outgoing: Outgoing, held: &'static str) -> impl IntoView {
    let live = Live::here();
    let Outgoing {
        key,
        mode,
        text,
        files,
        at,
        ..
    } = outgoing;
    let progress =
        memo(move || live.read(|state| state.outbox.find(key).map(|found| found.progress.clone())));
    let cut = move || !live.frame(|frame| frame.is_live());
    let failed = reads(move || matches!(progress.get(), Some(Progress::Failed(_))).then_some(""));
    let state = move || match (progress.get(), cut()) {
        (Some(Progress::Failed(why)), _) => view! {
            <p class="state" role="alert">
                <Icon name="alert"/>
                <span>{t::not_sent()} " " {why}</span>
                <button
                    type="button"
                    class="btn sm"
                    on:click=move |_| live.act(|state| state.send_again(key))
                >
                    <Icon name="again" size="xs"/>
                    {t::send_again()}
                </button>
                <button
                    type="button"
                    class="btn sm"
                    data-kind="quiet"
                    on:click=move |_| live.discard(key)
                >
                    {t::discard()}
                </button>
            </p>
        }
        .late(),
        (_, true) => view! {
            <p class="state">
                <Icon name="clock"/>
                {t::goes_out_later()}
            </p>
        }
        .late(),
        (_, false) => view! {
            <p class="state">
                <Icon name="clock"/>
                {t::sending()}
            </p>
        }
        .late(),
    };
    match mode {
        Mode::Reply => view! {
            <li class="line say" data-held=held data-from="agent" data-failed=failed>
                <p class="by">
                    <b>{t::you()}</b>
                    <Clock at/>
                </p>
                <div class="bubble going" dir="auto">
                    {text}
                    <Attached files/>
                </div>
                {follow(state)}
            </li>
        }
        .late(),
        Mode::Note => view! {
            <li class="line note say" data-held=held data-failed=failed>
                <div class="going">
                    <p class="by">
                        <Icon name="note"/>
                        <b>{t::you()}</b>
                        " " {t::note_for_team_by()} " "
                        <Clock at/>
                    </p>
                    {text}
                    <Attached files/>
                </div>
                {follow(state)}
            </li>
        }
        .late(),
    }
}
