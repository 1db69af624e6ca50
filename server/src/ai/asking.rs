//! What kind of question somebody asks, and how alike two questions are, letter by letter.

use std::collections::HashSet;

/// What a question wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    How,
    HowLong,
    HowMuch,
    What,
    Why,
    Where,
    When,
    Who,
    Whether,
}

/// A question, or a heading that may answer one.
#[derive(Debug, Clone)]
pub(super) struct Asking {
    kind: Option<Kind>,
    /// Whether something does not work, is missing or was lost.
    denies: bool,
    letters: HashSet<[char; 3]>,
}

const DENYING: &str = "not no never cannot cant dont doesnt didnt isnt wont couldnt nothing nobody \
    none without fail fails failed failing broken error lost lose missing empty wrong unable \
    impossible problem stuck nicht kein keine keinen nie nichts niemand ohne fehler fehlt kaputt \
    verloren leer falsch";

impl Asking {
    pub(super) fn new(words: &[String]) -> Self {
        let denies = words
            .iter()
            .any(|word| DENYING.split_whitespace().any(|no| no == word));
        let mut letters = HashSet::new();
        for word in words {
            let padded: Vec<char> = format!(" {word} ").chars().collect();
            letters.extend(
                padded
                    .windows(3)
                    .map(|three| [three[0], three[1], three[2]]),
            );
        }
        Self {
            kind: kind(words),
            denies,
            letters,
        }
    }

    /// Whether anything in it asks.
    pub(super) fn is_question(&self) -> bool {
        self.kind.is_some()
    }

    /// Whether both want to know the same: 1 for yes, 0 for no, between if it cannot be told.
    pub(super) fn agrees(&self, other: &Self) -> f32 {
        match (self.kind, other.kind) {
            (Some(one), Some(other)) if one == other => 1.0,
            (Some(Kind::How | Kind::Whether), Some(Kind::How | Kind::Whether)) => 0.5,
            (Some(_), Some(_)) => 0.0,
            _ => 0.5,
        }
    }

    /// Whether one is about something that does not work and the other is not.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        self.denies != other.denies
    }

    /// How alike both are, letter by letter, from 0 to 1.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let both = self.letters.intersection(&other.letters).count();
        let all = self.letters.len() + other.letters.len();
        if all == 0 {
            0.0
        } else {
            2.0 * both as f32 / all as f32
        }
    }
}

/// What the first question word of a text asks.
fn kind(words: &[String]) -> Option<Kind> {
    let mut words = words.iter().map(String::as_str).peekable();
    let first = words.peek().copied().unwrap_or_default();
    while let Some(word) = words.next() {
        let kind = match word {
            "how" | "wie" => match words.peek().copied() {
                Some("long" | "lange" | "old" | "soon" | "often" | "oft") => Kind::HowLong,
                Some("much" | "many" | "viel" | "viele" | "hoch" | "teuer") => Kind::HowMuch,
                _ => Kind::How,
            },
            "cost" | "limit" | "kostet" | "price" | "pricing" | "maximum" => Kind::HowMuch,
            "what" | "whats" | "which" | "was" | "welche" | "welcher" | "welches" | "welchen" => {
                Kind::What
            }
            "why" | "warum" | "wieso" | "weshalb" => Kind::Why,
            "where" | "wheres" | "wo" | "woher" | "wohin" => Kind::Where,
            "when" | "wann" => Kind::When,
            "who" | "whom" | "whose" | "wer" | "wem" | "wen" => Kind::Who,
            _ => continue,
        };
        return Some(kind);
    }
    let verbs = "can could do does did is are am will would may must should has have kann koennen \
        können könnt ist sind gibt darf dürfen muss müssen habt hat haben";
    verbs
        .split_whitespace()
        .any(|verb| verb == first)
        .then_some(Kind::Whether)
}
