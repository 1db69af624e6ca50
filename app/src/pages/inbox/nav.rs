//! The places of the app, at the side or at the foot of the screen.

use domain::permissions::{Permission, Rights, has};
use leptos::prelude::*;

use crate::live::Live;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The places that somebody with these rights may go to.
#[component]
pub(crate) fn Nav(rights: Rights) -> impl IntoView {
    let live = Live::here();
    let count = move || {
        let waiting = live.frame(|frame| frame.counts.pending);
        (waiting > 0).then(|| {
            view! {
                <span class="count" data-kind="unread">
                    {waiting}
                    <span class="only-read">" " {t::waiting_count()}</span>
                </span>
            }
            .late()
        })
    };
    let embed = has(rights, Permission::SeeEmbedding).then(|| {
        view! {
            <a href="/embed" title=t::put_on_site()>
                <Icon name="code"/>
                <span class="label">{t::embed()}</span>
            </a>
        }
    });
    let settings = view! {
        <a href="/settings" title=t::all_settings()>
            <Icon name="sliders"/>
            <span class="label">{t::settings_word()}</span>
        </a>
    };
    let chatbots = has(rights, Permission::SaveSettings).then(|| {
        view! {
            <a href="/chatbots" title=t::chatbots()>
                <Icon name="ai"/>
                <span class="label">{t::chatbots()}</span>
            </a>
        }
    });
    let team = has(rights, Permission::SaveTeam).then(|| {
        view! {
            <a href="/team" title=t::team_title()>
                <Icon name="people"/>
                <span class="label">{t::team_title()}</span>
            </a>
        }
    });
    view! {
        <nav class="nav" aria-label=t::main()>
            <span class="mark" title=t::baton()>
                <Icon name="baton"/>
            </span>
            <a href="/inbox" aria-current="page" title=t::inbox()>
                <Icon name="inbox"/>
                <span class="label">{t::inbox()}</span>
                {follow(count)}
            </a>
            <a href="/replies" title=t::saved_replies()>
                <Icon name="slash"/>
                <span class="label">{t::replies_word()}</span>
            </a>
            {chatbots}
            {team}
            {embed}
            {settings}
            <span class="gap"></span>
        </nav>
    }
    .painted()
}
