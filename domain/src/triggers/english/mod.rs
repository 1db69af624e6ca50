//! How people ask for a person in English.

mod words;

use super::Wish;
use super::clause::{Clause, is_in};
use words::{
    BOTS, CHAIN, CONNECT, GOING_ON, NEGATIONS, NOUNS, OTHERS, OURSELVES, PASSIVE, REACH, TALK,
    TO_ME, WANT,
};

/// What a clause asks for.
pub(super) fn wish(clause: &Clause) -> Wish {
    if tells_about(clause) {
        return Wish::None;
    }
    let clear = asks_to_talk(clause)
        || asks_to_be_connected(clause)
        || wants(clause)
        || refuses_the_bot(clause)
        || asks_a_person_to_act(clause)
        || asks_for_one_to_talk_to(clause)
        || calls(clause);
    if clear {
        Wish::Clear
    } else if asks_for_people(clause) {
        Wish::Unclear
    } else {
        Wish::None
    }
}

/// "Human, please", whatever else is said.
fn calls(clause: &Clause) -> bool {
    clause.has("please pls plz now") && !wants_none(clause) && bare(clause) == Wish::Clear
}

/// "No human, please."
pub(super) fn wants_none(clause: &Clause) -> bool {
    clause.word(0) == "no" && clause.named(1, &NOUNS).is_some()
}

/// Whether the last words of a message name a person and nothing else.
pub(super) fn ends_in_a_call(clause: &Clause) -> bool {
    let names = clause.has("human person representative operator") && !clause.has("the your");
    names && !wants_none(clause) && bare(clause) == Wish::Clear
}

/// Whether a message is little more than the name of a person.
pub(super) fn bare(message: &Clause) -> Wish {
    let polite = "hi hello hey please pls plz now asap thanks thank you immediately urgent urgently \
        just only ok okay no yes i said again";
    let kept = message
        .0
        .iter()
        .filter(|word| !is_in(polite, word))
        .cloned();
    let rest = Clause(kept.collect());
    match rest.named(0, &NOUNS) {
        Some(named) if named.end == rest.0.len() && named.is_person => {
            // "Anyone?" only asks whether somebody is there.
            let asks = rest.has("anyone anybody someone somebody");
            if asks { Wish::Unclear } else { Wish::Clear }
        }
        Some(named) if named.end == rest.0.len() && rest.0.len() <= 3 => {
            let served = rest.has("customer live") || (rest.0.len() > 1 && rest.has("team"));
            if served { Wish::Clear } else { Wish::Unclear }
        }
        _ => Wish::None,
    }
}

/// Whether a clause tells or asks something about talking to people, rather than for it.
fn tells_about(clause: &Clause) -> bool {
    let about = clause.begins(&[
        "what",
        "whats",
        "which",
        "who",
        "whose",
        "why should",
        "why would",
        "why does",
        "why do",
        "why is",
        "why are",
        "why did",
        "why was",
        "how does",
        "how will",
        "how is",
        "how are",
        "how long",
        "how much",
        "how many",
        "how often",
        "how fast",
        "how quickly",
        "how did",
    ]);
    let best_way = clause.begins(&["what", "whats", "which"])
        && (clause.has("way number")
            || clause.begins(&["what do i", "what must i", "what should i"]));
    let wish = [TALK, CONNECT, WANT, REACH, PASSIVE]
        .iter()
        .filter_map(|verbs| clause.places(verbs).next());
    let wish = wish.min().unwrap_or(usize::MAX);
    let conditions = clause.places("when while after before until once unless whenever if");
    let subordinate = conditions.filter(|place| *place < wish).any(|place| {
        let next = |count| clause.word(place + count);
        let asks_when =
            clause.word(place) == "when" && is_in("can could may will do would", next(1));
        // "I would like to know if I can …", "I am leaving if I cannot …".
        let asks_if =
            clause.word(place) == "if" && is_in("can could may cannot cant dont", next(2));
        !asks_when && !asks_if
    });
    (about && !best_way) || subordinate
}

/// Whether it was denied, so that the opposite is meant.
fn is_denied(clause: &Clause, place: usize) -> bool {
    let mut start = place;
    while start > 0 && is_in(CHAIN, clause.word(start - 1)) {
        start -= 1;
    }
    let before = |count: usize| {
        start
            .checked_sub(count)
            .map_or("", |place| clause.word(place))
    };
    let no_need = (start..=place)
        .chain(start.checked_sub(1))
        .any(|place| clause.word(place) == "need" && place > 0 && clause.word(place - 1) == "no");
    let minds = clause.has("mind");
    let denied = is_in(NEGATIONS, before(1)) || (is_in(NEGATIONS, before(2)) && before(1) == "i");
    (denied && !minds) || no_need
}

/// Whether the nearest subject before a place is somebody else.
fn is_of_others(clause: &Clause, place: usize) -> bool {
    let subject = (0..place).rev().find(|before| {
        is_in(OTHERS, clause.word(*before)) || is_in(OURSELVES, clause.word(*before))
    });
    subject.is_some_and(|subject| is_in(OTHERS, clause.word(subject)))
}

/// "Can I talk to a person?"
fn asks_to_talk(clause: &Clause) -> bool {
    clause.places(TALK).any(|place| {
        let with = is_in("to with 2", clause.word(place + 1));
        let directly = usize::from(is_in("directly live", clause.word(place + 1)));
        let with_later = directly == 1 && is_in("to with", clause.word(place + 2));
        let start = place + 1 + usize::from(with) + if with_later { 2 } else { 0 };
        let discusses = clause.word(place) == "discuss";
        let moved = clause.word(place) == "chat"
            && clause.has_before(place, 3, "transfer assign move route pass hand");
        let already = is_in(GOING_ON, clause.word(place))
            && clause.has_before(place, 2, "am im is are was were been be keep stop");
        let wished = with || with_later || (discusses && clause.has("with"));
        let start = if discusses {
            clause
                .places("with")
                .find(|with| *with > place)
                .map_or(start, |with| with + 1)
        } else {
            start
        };
        wished
            && !already
            && !moved
            && clause.named(start, &NOUNS).is_some()
            && !is_denied(clause, place)
            && !is_of_others(clause, place)
    })
}

/// "Connect me to support", "put me through to an agent", "get me a human".
fn asks_to_be_connected(clause: &Clause) -> bool {
    let active = clause.places(CONNECT).any(|place| {
        let mut start = place + 1;
        while is_in(
            "me us this it my our chat conversation over through on up along back in touch contact",
            clause.word(start),
        ) {
            start += 1;
        }
        let to_me = is_in(TO_ME, clause.word(place + 1));
        let towards = is_in("to with through", clause.word(start));
        let gives = is_in("get give bring fetch send", clause.word(place));
        let person = |start: usize| {
            clause
                .named(start, &NOUNS)
                .is_some_and(|named| named.is_person)
        };
        let reached = if towards {
            to_me && clause.named(start + 1, &NOUNS).is_some()
        } else {
            // "Get a human" is an order; "find an agent near me" is a search.
            let ordered = place == 0 || (place == 1 && clause.word(0) == "please");
            (to_me && (gives || clause.word(place) == "find") || gives && ordered) && person(start)
        };
        let for_me = is_in("me us", clause.word(place + 1)) || !is_of_others(clause, place);
        reached && for_me && !is_denied(clause, place)
    });
    let asked = clause.places("get have").any(|place| {
        let may = clause.begins(&[
            "can i",
            "could i",
            "may i",
            "can we",
            "could we",
            "how do i",
            "how can i",
        ]);
        let named = clause.named(place + 1, &NOUNS);
        may && named.is_some_and(|named| named.is_person)
    });
    let passive = clause.places(PASSIVE).any(|place| {
        is_in("to with over", clause.word(place + 1))
            && clause.named(place + 2, &NOUNS).is_some()
            && clause.has(OURSELVES)
            && !clause.has_before(place, 2, "was were been got")
            && !is_denied(clause, place)
    });
    active || asked || passive
}

/// "I need a human", "I would like to reach somebody".
fn wants(clause: &Clause) -> bool {
    clause.places(WANT).any(|place| {
        let ours = clause.has_before(place, 5, OURSELVES) || place == 0;
        let mut start = place + 1 + usize::from(is_in("for to", clause.word(place + 1)));
        // "Some help from a human" is wanted from the human.
        let helper = (start..start + 4).find(|place| clause.word(*place) == "from");
        let helped = clause.has("help assistance advice callback call support answer reply");
        start = helper.filter(|_| helped).map_or(start, |from| from + 1);
        let human = clause.word(start) == "human" || clause.word(start) == "live";
        let named = clause.named(start, &NOUNS);
        let person = named.is_some_and(|named| {
            let vague = is_in(
                "someone somebody anyone anybody",
                clause.word(named.end - 1),
            );
            let acts = is_in("to who that", clause.word(named.end));
            named.is_person && (!vague || acts || clause.has("else"))
        });
        let helped = human && named.is_some();
        ours && (person || helped) && !is_denied(clause, place) && !is_of_others(clause, place)
    }) || clause.places(REACH).any(|place| {
        let asked = clause.has_before(place, 6, "want like need id can could how wanna try trying")
            && clause.has_before(place, 6, OURSELVES);
        let named = clause.named(place + 1, &NOUNS);
        let strong = named.is_some_and(|named| named.is_person);
        let wanted =
            named.is_some() && clause.has_before(place, 4, "want like need id wanna try trying");
        asked && (strong || wanted) && !is_denied(clause, place)
    })
}

/// "I don't want to talk to a bot."
fn refuses_the_bot(clause: &Clause) -> bool {
    let to_bot = |place: usize| {
        let around = "to with a an the this your stupid some any";
        let mut place = place + 1;
        while is_in(around, clause.word(place)) {
            place += 1;
        }
        is_in(BOTS, clause.word(place))
    };
    let talks = clause.places(TALK).any(|place| {
        let stops = clause.has_before(place, 2, "stop hate tired sick");
        to_bot(place) && (is_denied(clause, place) || stops)
    });
    let wants = clause
        .places("want need")
        .any(|place| to_bot(place) && is_denied(clause, place));
    let none = clause.begins(&[
        "no more bots",
        "no bots",
        "no bot",
        "not a bot",
        "no robots",
        "stop the bot",
    ]);
    talks || wants || none
}

/// "Could an agent help me?"
fn asks_a_person_to_act(clause: &Clause) -> bool {
    let polite = clause.begins(&["can you", "could you", "will you", "would you"]);
    let start = if polite {
        2
    } else {
        usize::from(clause.word(0) == "please")
    };
    let asks = is_in("can could may would have let", clause.word(start));
    let named = clause
        .named(start + usize::from(asks), &NOUNS)
        .filter(|_| asks || start > 0);
    named.is_some_and(|named| {
        let vague = clause.has("someone somebody anyone anybody team support");
        let joins = "take join call contact";
        let acts = "help assist answer look reply respond explain come write";
        let act = clause.word(named.end);
        let for_me = clause.has("me us my this it");
        (is_in(joins, act) && named.is_person && for_me)
            || (is_in(acts, act) && named.is_person && !vague)
    })
}

/// "Is there somebody I can talk to?"
fn asks_for_one_to_talk_to(clause: &Clause) -> bool {
    let there = clause.begins(&["is there", "isnt there", "are there", "do you have"]);
    let who = clause.named(2, &NOUNS).is_some_and(|named| named.is_person);
    there && who && clause.has(TALK) && clause.has(OURSELVES)
}

/// "Do you have human support?", "Is anyone there?"
fn asks_for_people(clause: &Clause) -> bool {
    let there = clause.begins(&[
        "do you have",
        "do you offer",
        "do you provide",
        "is there",
        "are there",
        "have you got",
        "isnt there",
        "arent there",
        "is it possible",
    ]);
    let asked = there && {
        let places = (2..=4).filter_map(|start| clause.named(start, &NOUNS));
        places
            .into_iter()
            .any(|named| named.is_person || clause.has("human live phone personal customer real"))
    };
    let present = is_in("is are any anyone anybody someone somebody", clause.word(0))
        && clause.has("there here around available online")
        && (0..2).any(|start| {
            clause
                .named(start, &NOUNS)
                .is_some_and(|named| named.is_person)
        });
    let helped = clause.begins(&[
        "can anyone",
        "can anybody",
        "can someone",
        "can somebody",
        "could someone",
        "could somebody",
        "could anyone",
        "can your team",
        "can support",
        "who can i talk to",
        "who can i speak to",
        "whom can i talk to",
    ]) && clause.has("help assist answer me us talk speak");
    let reached = clause.places(REACH).any(|place| {
        clause.begins(&[
            "how do i",
            "how can i",
            "how to",
            "how could i",
            "where can i",
            "can i",
            "what",
        ]) && clause.named(place + 1, &NOUNS).is_some()
    });
    let transferred = clause.has("me this")
        && clause
            .places("transfer escalate")
            .any(|place| !is_denied(clause, place));
    let supported = clause.0.len() == 3 && clause.begins(&["i need support", "i want support"]);
    asked || present || helped || reached || transferred || supported
}
