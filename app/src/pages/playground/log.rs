//! What happened in a playground, in plain words, the newest at the end.

use leptos::prelude::*;
use protocol::playground::{PlayLine, PlayStep};

use super::follows::Playing;
use crate::live::local;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// The log.
pub(super) fn log(playing: Playing) -> AnyView {
    let count = Memo::new(move |_| playing.lines.with(Vec::len));
    view! {
        <section class="log-of-play" aria-label=t::play_log()>
            <h2>{t::play_log()}</h2>
            <div role="log" tabindex="0" aria-label=t::play_log()>
                <ol>
                    <For
                        each=move || 0..count.get()
                        key=|at| *at
                        children=move |at| {
                            let line = playing.lines.with_untracked(|lines| lines.get(at).cloned());
                            line.map(row)
                        }
                    />
                </ol>
            </div>
        </section>
    }
    .painted()
}

fn row(line: PlayLine) -> AnyView {
    let at = local::clock_to_the_second(line.at);
    let (icon, kind, words) = said(&line);
    let why = line.refusal.as_ref().map(words::refusal);
    view! {
        <li data-kind=kind>
            <time>{at}</time>
            <Icon name=icon size="s"/>
            <span dir="auto">{words} {why.map(|why| view! { " " <q>{why}</q> })}</span>
        </li>
    }
    .painted()
}

/// The icon of a line, what kind it is, and its words.
fn said(line: &PlayLine) -> (&'static str, &'static str, String) {
    let PlayLine { who, text, .. } = line;
    let speaks = |name: &str| t::play_said(&name, text);
    let number: u64 = text.parse().unwrap_or(0);
    match line.step {
        PlayStep::Began => ("done", "own", t::play_began(text)),
        PlayStep::VisitorSaid => ("chat", "said", speaks(t::play_visitor())),
        PlayStep::AssistantSaid => ("ai", "said", speaks(t::assistant())),
        PlayStep::AgentSaid => ("person", "said", speaks(who)),
        PlayStep::Noted => ("note", "said", t::play_noted(who, text)),
        PlayStep::Proposed => ("ai", "step", t::proposed().to_owned()),
        PlayStep::ProposalEnded => ("ai", "step", t::play_proposal_ended().to_owned()),
        PlayStep::Requested => ("bell", "step", t::visitor_asked(&t::play_visitor())),
        PlayStep::Offered => ("baton", "step", t::offered_to(who)),
        PlayStep::Rejected => ("clock", "step", t::passed_on(who, who)),
        PlayStep::Expired => ("clock", "step", t::offer_expired(who, who)),
        PlayStep::Withdrawn => ("clock", "step", t::offer_withdrawn(who)),
        PlayStep::Claimed => ("baton", "step", t::took_over(who, who)),
        PlayStep::Assigned => ("baton", "step", t::assigned_to(who)),
        PlayStep::SteppedIn => ("baton", "step", t::stepped_in(who, who)),
        PlayStep::Released => ("clock", "step", t::released(who, who)),
        PlayStep::Lost => ("clock", "step", t::play_lost(who)),
        PlayStep::Transferred => ("transfer", "step", t::play_transferred(who)),
        PlayStep::Cancelled => ("ai", "step", t::play_goes_on().to_owned()),
        PlayStep::Overdue => ("alert", "step", t::nobody_in_time().to_owned()),
        PlayStep::MissedTimeout => ("alert", "bad", missed(t::missed_timeout())),
        PlayStep::MissedNobody => ("alert", "bad", missed(t::missed_no_agent())),
        PlayStep::MissedClosed => ("alert", "bad", missed(t::missed_hours())),
        PlayStep::MissedLeft => ("alert", "bad", missed(t::missed_left())),
        PlayStep::DetailsLeft => ("form", "step", t::visitor_left_details(&t::play_visitor())),
        PlayStep::Warned => ("clock", "step", t::idle_warned(&t::play_visitor())),
        PlayStep::Restored => ("ai", "step", t::restored(who, who)),
        PlayStep::Closed => ("done", "step", t::closed(who, who)),
        PlayStep::Spam => ("done", "step", t::closed_spam(who, who)),
        PlayStep::Snoozed => ("moon", "step", t::snoozed_by(who, who)),
        PlayStep::Woken => ("moon", "step", t::woken_by_time().to_owned()),
        PlayStep::Joined => ("baton", "step", t::joined_by(who, who)),
        PlayStep::Left => ("back", "step", t::left_by(who, who)),
        PlayStep::Late => ("alert", "bad", t::first_reply_overdue().to_owned()),
        PlayStep::Raced => ("baton", "own", t::play_raced().to_owned()),
        PlayStep::Won => ("check", "own", t::play_won(who)),
        PlayStep::Beaten => ("x", "own", t::play_beaten(who)),
        PlayStep::Vanished => ("plug", "own", t::play_vanished(who)),
        PlayStep::CameBack => ("plug", "own", t::play_came_back(who)),
        PlayStep::Turned => ("clock", "own", t::play_turned(number)),
        PlayStep::Hours => ("clock", "own", t::play_hours().to_owned()),
        PlayStep::Opened => ("sun", "own", t::play_opened().to_owned()),
        PlayStep::Shut => ("moon", "own", t::play_shut().to_owned()),
        PlayStep::Network => ("web", "own", t::play_network_now(&number)),
        PlayStep::Other => ("info", "step", t::play_other().to_owned()),
    }
}

fn missed(reason: &str) -> String {
    t::play_missed(&reason)
}
