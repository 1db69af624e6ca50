//! The embedded AI: finds the passage that fits, quotes it, and says so when none does.

use std::sync::Arc;

use async_trait::async_trait;
use protocol::entry::Source;

use super::cache::{Knowledge, Passages};
use super::index::{Hit, Index};
use super::judge::{Band, Judged};
use super::quote::quote;
use super::words::{Language, language, words};
use super::{Ai, AiError, Answer, Drafts, Question, Speaker};
use super::{several, small_talk};

/// Choices of a "did you mean".
const CHOICES: usize = 3;
/// A question with more words stands for itself.
const SHORT: usize = 7;
/// Beginnings of questions that go on from the one before.
const GOING_ON: [&str; 6] = [
    "and",
    "what about",
    "how about",
    "und",
    "wie ist es mit",
    "was ist mit",
];
/// Words that stand for something said before.
const POINTING: [&str; 14] = [
    "it", "that", "this", "they", "them", "these", "those", "there", "das", "dies", "dort",
    "dafür", "damit", "denn",
];

/// The AI that needs nothing but what it was trained on.
pub(crate) struct Embedded {
    knowledge: Knowledge,
    passages: Arc<dyn Passages>,
}

impl Embedded {
    /// An AI that keeps what it read from `passages` in `knowledge`.
    pub(crate) fn new(knowledge: Knowledge, passages: Arc<dyn Passages>) -> Self {
        Self {
            knowledge,
            passages,
        }
    }
}

#[async_trait]
impl Ai for Embedded {
    async fn answer(&self, question: &Question, drafts: &Drafts) -> Result<Answer, AiError> {
        let of = (question.workspace, question.chatbot);
        let index = self.knowledge.index(&*self.passages, of).await?;
        let question = question.clone();
        // Much content takes a moment to search, and must not keep others waiting.
        let search = tokio::task::spawn_blocking(move || answer(&index, &question)).await;
        let answer = search.map_err(|error| AiError::Search(error.into()))?;
        if let Answer::Answered { markdown, .. } = &answer {
            // Found as a whole, so there is one draft; whoever withdrew it drops the answer too.
            let _ = drafts.add(markdown.clone()).await;
        }
        Ok(answer)
    }
}

pub(super) fn answer(index: &Index, question: &Question) -> Answer {
    let mut before = question.history.iter().rev();
    let before = before.find(|turn| turn.speaker == Speaker::Visitor);
    let mut before = before.map(|turn| turn.text.as_str());
    let mut answers = Vec::new();
    for text in &question.asked {
        answers.push((text.as_str(), answer_one(index, text, before)));
        before = Some(text);
    }
    let answered = several::joined(answers);
    if question.asked.len() > 1 && answered == Answer::Unknown {
        // One question, written in pieces.
        let whole = question.asked.join(" ");
        return look_up(index, &whole, &words(&whole));
    }
    answered
}

/// Answers one message; `before` is what the visitor wrote before it.
fn answer_one(index: &Index, text: &str, before: Option<&str>) -> Answer {
    let words = words(text);
    if let Some(reply) = small_talk::reply(&words) {
        return Answer::Answered {
            markdown: reply.to_owned(),
            sources: Vec::new(),
            confidence: 1.0,
        };
    }
    let alone = look_up(index, text, &words);
    let Some(before) = before.filter(|_| goes_on(&words)) else {
        return alone;
    };
    let together = look_up(index, &format!("{before} {text}"), &words);
    // "And how much is it?" has an answer on its own, but not the one that was asked for.
    let is_whole = index.query(text).words() > 1;
    match (&alone, &together) {
        (Answer::Answered { .. }, _) if is_whole => alone,
        (_, Answer::Answered { .. }) => together,
        (_, Answer::DidYouMean { .. }) if !is_whole => together,
        _ => alone,
    }
}

/// Whether a question may need to be understood with the one before.
fn goes_on(words: &[String]) -> bool {
    let text = words.join(" ");
    let begins = GOING_ON.iter().any(|beginning| text.starts_with(beginning));
    let points = words.iter().any(|word| POINTING.contains(&word.as_str()));
    words.len() <= SHORT && (begins || points)
}

fn look_up(index: &Index, text: &str, words: &[String]) -> Answer {
    let query = index.query(text);
    let judged = Judged::new(&query, index.search(&query));
    match (judged.band(), judged.hits.as_slice()) {
        (Band::Answer, [best, ..]) => Answer::Answered {
            markdown: quote(index, best.passage, &query),
            sources: vec![Source {
                title: best.passage.title.clone(),
                url: best.passage.url.clone(),
            }],
            confidence: judged.confidence,
        },
        (Band::DidYouMean, hits) => did_you_mean(hits, words),
        _ => Answer::Unknown,
    }
}

fn did_you_mean(hits: &[Hit<'_>], words: &[String]) -> Answer {
    let mut choices: Vec<String> = Vec::new();
    for choice in hits.iter().map(|hit| choice(hit, hits)) {
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    choices.truncate(CHOICES);
    let german = language(words) == Some(Language::German);
    let markdown = match (german, choices.len()) {
        (false, 1) => "I am not sure that I understand. Did you mean this?",
        (false, _) => "I am not sure that I understand. Did you mean one of these?",
        (true, 1) => "Ich bin nicht sicher, ob ich Sie verstehe. Meinten Sie dies?",
        (true, _) => "Ich bin nicht sicher, ob ich Sie verstehe. Meinten Sie eines davon?",
    };
    Answer::DidYouMean {
        markdown: markdown.to_owned(),
        choices,
    }
}

/// A passage as something to click: its heading, with the one above it where that is too little.
fn choice(hit: &Hit<'_>, all: &[Hit<'_>]) -> String {
    let passage = hit.passage;
    let heading = passage.nearest_heading();
    let twin = |other: &Hit<'_>| {
        let section = (&other.passage.title, &other.passage.heading);
        other.passage.nearest_heading() == heading && section != (&passage.title, &passage.heading)
    };
    let is_short = heading.split_whitespace().count() < 3 && !heading.ends_with('?');
    let above = passage.heading_above();
    if above != heading && (is_short || all.iter().any(twin)) {
        format!("{above}: {heading}")
    } else {
        heading.to_owned()
    }
}
