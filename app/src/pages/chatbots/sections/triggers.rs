//! What in a conversation asks for a person.

use leptos::prelude::*;
use protocol::settings::{Reaction, TriggerSettings};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{About, about, choice, lines, number, optional_number, switch};
use crate::parts::painted::IntoPainted;
use crate::words::t;

type Part = TriggerSettings;

/// The sum that the switch begins with.
const SUM: u32 = 1_000;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let controls = view! { {wishes(at)} {phrases(at)} {topics(at)} {value(at)} }.painted();
    block::<Part>(at, t::triggers(), t::triggers_about(), controls)
}

fn reaction(
    at: Editing,
    about: About,
    read: fn(&Part) -> Reaction,
    write: fn(&mut Part, Reaction),
) -> AnyView {
    let options = vec![
        (Reaction::Force, t::reaction_force()),
        (Reaction::Propose, t::reaction_propose()),
        (Reaction::Off, t::reaction_off()),
    ];
    choice(at, about, options, at.reads(read), at.writes(write))
}

/// What visitors ask for, and how they say it.
fn wishes(at: Editing) -> AnyView {
    let wish = reaction(
        at,
        about("triggers.wish", t::trigger_wish(), t::trigger_wish_about()),
        |part| part.wish,
        |part, reaction| part.wish = reaction,
    );
    let unclear = reaction(
        at,
        about(
            "triggers.unclear_wish",
            t::trigger_unclear(),
            t::trigger_unclear_about(),
        ),
        |part| part.unclear_wish,
        |part, reaction| part.unclear_wish = reaction,
    );
    let frustration = reaction(
        at,
        about("triggers.frustration", t::trigger_frustration(), ""),
        |part| part.frustration,
        |part, reaction| part.frustration = reaction,
    );
    let low = reaction(
        at,
        about("triggers.low_confidence.reaction", t::trigger_low(), ""),
        |part| part.low_confidence.reaction,
        |part, reaction| part.low_confidence.reaction = reaction,
    );
    let after = number(
        at,
        about("triggers.low_confidence.after", t::trigger_low_after(), ""),
        t::times_word(),
        at.reads(|part: &Part| part.low_confidence.after),
        at.writes(|part: &mut Part, after| part.low_confidence.after = after),
    );
    view! { {wish} {unclear} {frustration} {low} {after} }.painted()
}

fn phrases(at: Editing) -> AnyView {
    let reaction = reaction(
        at,
        about("triggers.keywords.reaction", t::trigger_phrases(), ""),
        |part| part.keywords.reaction,
        |part, reaction| part.keywords.reaction = reaction,
    );
    let own = lines(
        at,
        about("triggers.keywords.phrases", t::phrases_one_a_line(), ""),
        at.reads(|part: &Part| part.keywords.phrases.clone()),
        at.writes(|part: &mut Part, phrases| part.keywords.phrases = phrases),
    );
    view! { {reaction} {own} }.painted()
}

fn topics(at: Editing) -> AnyView {
    let reaction = reaction(
        at,
        about("triggers.topics.reaction", t::trigger_topics(), ""),
        |part| part.topics.reaction,
        |part, reaction| part.topics.reaction = reaction,
    );
    let legal = switch(
        about("triggers.topics.legal", t::topic_legal(), ""),
        at.reads(|part: &Part| part.topics.legal),
        at.writes(|part: &mut Part, on| part.topics.legal = on),
    );
    let medical = switch(
        about("triggers.topics.medical", t::topic_medical(), ""),
        at.reads(|part: &Part| part.topics.medical),
        at.writes(|part: &mut Part, on| part.topics.medical = on),
    );
    let financial = switch(
        about("triggers.topics.financial", t::topic_financial(), ""),
        at.reads(|part: &Part| part.topics.financial),
        at.writes(|part: &mut Part, on| part.topics.financial = on),
    );
    let own = lines(
        at,
        about("triggers.topics.own", t::topics_one_a_line(), ""),
        at.reads(|part: &Part| part.topics.own.clone()),
        at.writes(|part: &mut Part, own| part.topics.own = own),
    );
    view! { {reaction} {legal} {medical} {financial} {own} }.painted()
}

/// Visitors who are about to spend much.
fn value(at: Editing) -> AnyView {
    let reaction = reaction(
        at,
        about("triggers.high_value.reaction", t::trigger_value(), ""),
        |part| part.high_value.reaction,
        |part, reaction| part.high_value.reaction = reaction,
    );
    let amount = optional_number(
        at,
        about("triggers.high_value.amount", t::value_sum(), ""),
        t::whole_units(),
        (at.reads(|part: &Part| part.high_value.amount), SUM),
        at.writes(|part: &mut Part, amount| part.high_value.amount = amount),
    );
    let plans = lines(
        at,
        about("triggers.high_value.phrases", t::plans_one_a_line(), ""),
        at.reads(|part: &Part| part.high_value.phrases.clone()),
        at.writes(|part: &mut Part, plans| part.high_value.phrases = plans),
    );
    view! { {reaction} {amount} {plans} }.painted()
}
