//! How people ask for a person in German.

use super::Wish;
use super::clause::{Clause, Nouns, Words, is_in};

static NOUNS: Nouns = Nouns {
    people: Words::of(
        "mensch menschen person mitarbeiter mitarbeiterin mitarbeitern mitarbeitende berater \
        beraterin kundenberater kollege kollegen kollegin ansprechpartner ansprechpartnerin \
        sachbearbeiter sachbearbeiterin jemand jemanden jemandem agent agenten operator leibhaftigen",
    ),
    places: Words::of(
        "support kundenservice kundendienst kundenbetreuung service team vertrieb \
        kundenberatung hotline",
    ),
    around: Words::of(
        "ein eine einen einem einer der die den dem ihr ihre ihren ihrem ihrer eurem eurer euer \
        eure euren echter echte echten echtem richtigen richtiger richtige wirklichen realen realer \
        menschlichen menschlicher lebenden anderen anderem anderer vom von aus live irgendeinem \
        irgendeinen zuständigen",
    ),
    compounds: Words::of(
        "rolle rollen liste einstellung einstellungen seite zeiten portal hat ist war sagte meinte",
    ),
    mistyped: "mensch menschen mitarbeiter jemanden jemandem",
};
const BOTS: &str = "bot bots roboter maschine computer ki chatbot automaten";
const TALK: &str = "sprechen reden chatten telefonieren unterhalten schreiben verbinden verbinde verbindet \
    verbunden sprech sprich spreche kommunizieren durchstellen durchgestellt weiterverbinden";
const HAND_ON: &str = "weiterleitung weiterleiten weitergeleitet übergeben weitergeben leiten wenden leite gib geben \
    weiterreichen eskalieren";
const WANT: &str = "brauche brauchen bräuchte will wollen möchte möchten moechte benötige wünsche verlange \
    hätte gib gebt geben hol holen hole suche";
const OURSELVES: &str = "ich wir mich mir uns";
const OTHERS: &str = "besucher besucherin kunde kunden kundin nutzer gast gäste agenten";

/// What a clause asks for.
pub(super) fn wish(clause: &Clause) -> Wish {
    let about = clause.begins(&[
        "was passiert",
        "was geschieht",
        "was kostet",
        "wie lange",
        "wie viel",
        "wie viele",
        "wie funktioniert",
        "warum hat",
        "warum ist",
        "wer",
        "welche",
        "welcher",
    ]);
    let subordinate =
        clause.has("wenn nachdem bevor während sobald falls solange") || clause.begins(&["ob"]);
    let others = clause.has(OTHERS) && !clause.has(OURSELVES);
    if about || subordinate || others {
        Wish::None
    } else if asks_to_talk(clause)
        || wants(clause)
        || asks_for_one(clause)
        || refuses_the_bot(clause)
        || asks_to_act(clause)
    {
        Wish::Clear
    } else if asks_for_people(clause) {
        Wish::Unclear
    } else {
        Wish::None
    }
}

/// Whether a message is little more than the name of a person.
pub(super) fn bare(message: &Clause) -> Wish {
    let polite = "hallo hi guten tag bitte danke jetzt sofort nur ok ja nein dringend";
    let kept = message
        .0
        .iter()
        .filter(|word| !is_in(polite, word))
        .cloned();
    let rest = Clause(kept.collect());
    match rest.named(0, &NOUNS) {
        Some(named) if named.end == rest.0.len() => {
            let vague = rest.has("jemand jemanden jemandem team service support");
            if vague { Wish::Unclear } else { Wish::Clear }
        }
        _ => Wish::None,
    }
}

/// Whether it was denied; "Kann ich nicht …?" asks all the same.
fn is_denied(clause: &Clause) -> bool {
    let asks = clause.begins(&[
        "kann",
        "könnte",
        "könnten",
        "können",
        "warum kann",
        "wieso kann",
        "darf",
    ]);
    clause.has("nicht nie niemals ohne") && !asks
}

/// "Ich möchte mit einem Menschen sprechen."
fn asks_to_talk(clause: &Clause) -> bool {
    let named = |prepositions: &str| {
        clause
            .places(prepositions)
            .any(|place| clause.named(place + 1, &NOUNS).is_some())
    };
    let talks = clause.has(TALK) && named("mit zum zu");
    let hands_on =
        clause.has(HAND_ON) && named("an") && (clause.has(OURSELVES) || clause.has("bitte"));
    let past = clause.has("habe hatte haben hatten war wurde");
    (talks || hands_on) && !is_denied(clause) && !past
}

/// "Ich brauche einen Menschen."
fn wants(clause: &Clause) -> bool {
    clause.places(WANT).any(|place| {
        let mut start = place + 1;
        while is_in(
            "ich mir uns sie bitte jetzt gern gerne lieber endlich nur",
            clause.word(start),
        ) {
            start += 1;
        }
        let ours = clause.has(OURSELVES);
        let named = clause.named(start, &NOUNS);
        let acts = |end: usize| is_in("der die zum", clause.word(end));
        let person = named.is_some_and(|named| {
            let vague = is_in("jemand jemanden jemandem", clause.word(named.end - 1));
            named.is_person && (!vague || acts(named.end))
        });
        ours && person && !is_denied(clause)
    })
}

/// "Kann ich einen Mitarbeiter haben?"
fn asks_for_one(clause: &Clause) -> bool {
    let asks = clause.begins(&["kann ich", "könnte ich", "darf ich", "können wir"]);
    let person = |start: usize| {
        clause
            .named(start, &NOUNS)
            .is_some_and(|named| named.is_person)
    };
    asks && clause.has("haben bekommen kriegen sprechen")
        && (2..5).any(person)
        && !is_denied(clause)
}

/// "Ich will nicht mit einem Bot reden."
fn refuses_the_bot(clause: &Clause) -> bool {
    let denied = clause.has("nicht kein keine keinen keinem");
    let wishes = clause.has("will möchte moechte wollen möchten mag");
    denied && wishes && clause.has(BOTS) && clause.has(OURSELVES)
}

/// "Kann mir ein Mitarbeiter helfen?"
fn asks_to_act(clause: &Clause) -> bool {
    let asks = clause.begins(&[
        "kann mir",
        "kann mich",
        "kann uns",
        "könnte mir",
        "könnte mich",
    ]);
    let named = clause.named(2, &NOUNS);
    let vague = clause.has("jemand team support service");
    asks && !vague && named.is_some_and(|named| named.is_person)
}

/// "Gibt es bei Ihnen auch Menschen?", "Ist da jemand?"
fn asks_for_people(clause: &Clause) -> bool {
    let there = clause.begins(&[
        "gibt es",
        "habt ihr",
        "haben sie",
        "ist da",
        "ist hier",
        "ist dort",
        "ist jemand",
    ]);
    let named = (1..=6)
        .filter_map(|start| clause.named(start, &NOUNS))
        .any(|named| {
            named.is_person
                || clause.has("menschlichen menschlicher kundenservice kundendienst hotline")
        });
    let helped = clause.begins(&[
        "kann mir jemand",
        "kann mich jemand",
        "kann jemand",
        "könnte jemand",
        "könnte mir jemand",
    ]);
    let reached = clause.begins(&["wie erreiche ich", "wie kontaktiere ich", "wie kann ich"])
        && (2..=5).any(|start| clause.named(start, &NOUNS).is_some());
    (there && named) || helped || reached
}
