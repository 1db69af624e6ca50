//! What the embedded AI answers, to real questions about real pages.

mod calibration;
mod cutting;
mod quoting;
mod talking;

use super::answerer::answer;
use super::index::Index;
use super::knowledge::{Passage, cut};
use super::{Answer, Question, Speaker, Turn};

/// Pages of Baton's own guide, which the demo is trained on.
const GUIDE: [(&str, &str); 17] = [
    (
        "answering",
        include_str!("../../../../docs/guide/answering.md"),
    ),
    (
        "assistant",
        include_str!("../../../../docs/guide/assistant.md"),
    ),
    ("embed", include_str!("../../../../docs/guide/embed.md")),
    ("handoff", include_str!("../../../../docs/guide/handoff.md")),
    ("inbox", include_str!("../../../../docs/guide/inbox.md")),
    ("install", include_str!("../../../../docs/guide/install.md")),
    (
        "operating",
        include_str!("../../../../docs/guide/operating.md"),
    ),
    ("privacy", include_str!("../../../../docs/guide/privacy.md")),
    (
        "reliability",
        include_str!("../../../../docs/guide/reliability.md"),
    ),
    ("routing", include_str!("../../../../docs/guide/routing.md")),
    (
        "security",
        include_str!("../../../../docs/guide/security.md"),
    ),
    (
        "settings",
        include_str!("../../../../docs/guide/settings.md"),
    ),
    ("team", include_str!("../../../../docs/guide/team.md")),
    ("train", include_str!("../../../../docs/guide/train.md")),
    (
        "troubleshooting",
        include_str!("../../../../docs/guide/troubleshooting.md"),
    ),
    (
        "unanswered",
        include_str!("../../../../docs/guide/unanswered.md"),
    ),
    (
        "what-is-baton",
        include_str!("../../../../docs/guide/what-is-baton.md"),
    ),
];
const SHOP: &str = include_str!("shop.md");
const LADEN: &str = include_str!("laden.md");

fn guide_passages() -> Vec<Passage> {
    let pages = GUIDE.iter();
    pages
        .flat_map(|(name, text)| cut(text, Some(&format!("/guide/{name}"))).passages)
        .collect()
}

fn guide() -> Index {
    Index::new(guide_passages())
}

fn asked(text: &str) -> Question {
    Question {
        workspace: protocol::WorkspaceId(uuid::Uuid::nil()),
        chatbot: protocol::ChatbotId(uuid::Uuid::nil()),
        asked: vec![text.to_owned()],
        history: Vec::new(),
    }
}

fn after(before: &str, text: &str) -> Question {
    let turn = Turn {
        speaker: Speaker::Visitor,
        text: before.to_owned(),
    };
    Question {
        history: vec![turn],
        ..asked(text)
    }
}
