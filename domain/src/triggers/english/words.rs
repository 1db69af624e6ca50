//! The English words that requests for a person are made of.

use super::super::clause::{Nouns, Words};

pub(super) static NOUNS: Nouns = Nouns {
    people: Words::of(
        "human humans person agent agents operator operators representative representatives rep \
        reps advisor adviser associate technician employee manager supervisor someone somebody \
        anyone anybody being staff colleague",
    ),
    places: Words::of(
        "people support service services care helpdesk desk team sales department \
        management specialist expert chat",
    ),
    around: Words::of(
        "a an the your some any another one real live actual genuine proper customer technical \
        tech online from of at else qualified different other",
    ),
    compounds: Words::of(
        "resources resource hours hour policy policies plan plans role roles settings setting \
        list lists button buttons fee fees page pages tool tools software ticket tickets error \
        errors rights count limit limits seat seats interface readable body level status \
        availability channel channels dashboard view panel api app handoff handover takeover \
        profile profiles account accounts option options mode feature features window number \
        numbers request requests review reviews documentation docs portal center centre forum \
        category being s nature error factor was is were told said did didnt hung left never",
    ),
    mistyped: "human person agent representative operator someone somebody",
};
/// Programs that nobody wants to talk to.
pub(super) const BOTS: &str =
    "bot bots robot robots machine machines computer ai chatbot chatbots automaton";
/// Ways to talk to somebody.
pub(super) const TALK: &str =
    "talk speak chat word complain tlak speek talkt speaking talking chatting discuss";
/// What goes on already is not wished for.
pub(super) const GOING_ON: &str = "talking speaking chatting";
/// What is brought to a person, or moved to one.
pub(super) const TO_ME: &str = "me us this it to my our over";
/// Ways to bring somebody to a person.
pub(super) const CONNECT: &str = "connect transfer forward redirect escalate switch pass hand put bring get give \
    find send fetch assign direct route link refer";
/// Ways to want something.
pub(super) const WANT: &str = "need want wanna demand require prefer request like wish requesting wanting \
    needing asking ask looking rather";
/// Ways to find somebody.
pub(super) const REACH: &str = "reach contact message call";
/// What one wants to be.
pub(super) const PASSIVE: &str =
    "connected transferred forwarded redirected passed escalated handed routed";
pub(super) const NEGATIONS: &str =
    "dont not never doesnt didnt wont wouldnt without neednt shouldnt unless";
/// What may stand between a negation and what it denies.
pub(super) const CHAIN: &str = "want need like to wish wanna have would prefer be able try trying ever even \
    really necessarily just please yet going id ill let me you";
/// Others, who may wish what the visitor does not.
pub(super) const OTHERS: &str = "assistant bot ai chatbot baton visitor visitors customer customers user users client clients guest guests they \
    he she people agents bots everyone students members employees";
/// The visitor.
pub(super) const OURSELVES: &str = "i we me us id ill im ive";
