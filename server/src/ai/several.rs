//! Several messages, sent one after the other, get one answer to all of them.

use super::Answer;
use super::words::{Language, language, words};

/// Answers in one entry; of more the newest.
const ANSWERS: usize = 3;

/// One answer made of the answer to each message.
pub(super) fn joined(mut answers: Vec<(&str, Answer)>) -> Answer {
    if answers.iter().any(|(_, answer)| is_found(answer)) {
        return together(answers);
    }
    // A choice is worth more than "I don't know", and small talk goes with anything.
    let rank = |answer: &Answer| match answer {
        Answer::DidYouMean { .. } => 2,
        Answer::Unknown => 1,
        Answer::Answered { .. } => 0,
    };
    let best = answers.iter().map(|(_, answer)| rank(answer)).max();
    let newest = answers
        .iter()
        .rposition(|(_, answer)| Some(rank(answer)) == best);
    newest.map_or(Answer::Unknown, |at| answers.swap_remove(at).1)
}

/// Whether it comes from the content: small talk names no source.
fn is_found(answer: &Answer) -> bool {
    matches!(answer, Answer::Answered { sources, .. } if !sources.is_empty())
}

/// What was found, in the order in which it was asked, and an honest word on what was not.
fn together(answers: Vec<(&str, Answer)>) -> Answer {
    let open = answers.iter().find(|(text, answer)| {
        text.trim_end().ends_with('?') && !matches!(answer, Answer::Answered { .. })
    });
    let open = open.map(|(text, _)| unanswered(text));
    let found: Vec<Answer> = answers
        .into_iter()
        .map(|(_, answer)| answer)
        .filter(is_found)
        .collect();
    let (mut parts, mut from, mut sure) = (Vec::new(), Vec::new(), 1.0_f32);
    for answer in found.into_iter().rev() {
        let Answer::Answered {
            markdown,
            sources,
            confidence,
        } = answer
        else {
            continue;
        };
        // The same question in other words has the same answer.
        if parts.len() < ANSWERS && !parts.contains(&markdown) {
            sure = sure.min(confidence);
            parts.push(markdown);
            from.push(sources);
        }
    }
    parts.reverse();
    parts.extend(open.map(str::to_owned));
    let mut sources = Vec::new();
    for source in from.into_iter().rev().flatten() {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Answer::Answered {
        markdown: parts.join("\n\n"),
        sources,
        confidence: sure,
    }
}

fn unanswered(text: &str) -> &'static str {
    if language(&words(text)) == Some(Language::German) {
        "Nicht auf alles habe ich eine Antwort gefunden. Fragen Sie den Rest gern mit anderen Worten."
    } else {
        "I did not find an answer to everything. Please ask the rest in other words."
    }
}
