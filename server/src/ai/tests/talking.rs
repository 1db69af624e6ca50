//! How a conversation with the embedded AI goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use protocol::{ChatbotId, WorkspaceId};

use super::*;
use crate::ai::{Ai as _, AiError, Drafts, Embedded, Knowledge, Passages};

fn said(answer: &Answer) -> &str {
    match answer {
        Answer::Answered { markdown, .. } => markdown,
        Answer::DidYouMean { .. } | Answer::Unknown => "",
    }
}

#[test]
fn small_talk_gets_a_short_reply_without_a_source() {
    let index = guide();
    for (text, reply) in [
        ("Hi!", "Hello!"),
        ("hello there", "Hello!"),
        ("Thank you very much.", "You’re welcome."),
        ("ok", "All right."),
        (
            "Are you a real person?",
            "I am the assistant: a program, not a person.",
        ),
        (
            "who are you",
            "I am the assistant: a program, not a person.",
        ),
        ("Can you help me please?", "I answer from the help pages."),
        ("Guten Tag", "Hallo!"),
        ("Vielen Dank!", "Gern geschehen."),
        (
            "Bist du ein Mensch?",
            "Ich bin der Assistent: ein Programm, kein Mensch.",
        ),
    ] {
        let answer = answer(&index, &asked(text));
        assert!(said(&answer).starts_with(reply), "{text:?} → {answer:?}");
        assert!(matches!(answer, Answer::Answered { sources, .. } if sources.is_empty()));
    }
}

#[test]
fn a_greeting_before_a_question_changes_nothing() {
    let index = guide();
    let plain = answer(&index, &asked("How do I back up Baton?"));
    assert!(said(&plain).starts_with("Back up the data folder"));
    for text in [
        "Hi, how do I back up Baton?",
        "Hello! How do I back up Baton please? Thanks",
    ] {
        assert_eq!(said(&plain), said(&answer(&index, &asked(text))));
    }
}

#[test]
fn an_answer_names_its_page_and_the_place_in_it() {
    let Answer::Answered {
        sources,
        confidence,
        ..
    } = answer(&guide(), &asked("Is there a default password?"))
    else {
        panic!("not answered");
    };
    assert_eq!("Install and run Baton", sources[0].title);
    assert_eq!(
        Some("/guide/install#is-there-a-default-password"),
        sources[0].url.as_deref()
    );
    assert!((0.7..=1.0).contains(&confidence));
}

#[test]
fn a_question_that_fits_several_passages_gets_choices_that_each_have_an_answer() {
    let index = guide();
    let Answer::DidYouMean { markdown, choices } = answer(&index, &asked("password")) else {
        panic!("not asked back");
    };
    assert_eq!(
        "I am not sure that I understand. Did you mean one of these?",
        markdown
    );
    assert!((2..=3).contains(&choices.len()), "{choices:?}");
    for choice in choices {
        assert!(
            matches!(answer(&index, &asked(&choice)), Answer::Answered { .. }),
            "{choice}"
        );
    }
}

#[test]
fn a_choice_with_a_short_heading_says_what_it_belongs_to() {
    let page =
        "# Help\n\n## Boots\n\n### Care\n\nGrease them.\n\n## Tents\n\n### Care\n\nDry them.";
    let index = Index::new(cut(page, None).passages);
    let Answer::DidYouMean { choices, .. } = answer(&index, &asked("care")) else {
        panic!("not asked back");
    };
    assert_eq!(vec!["Boots: Care", "Tents: Care"], choices);
    for (choice, text) in choices.iter().zip(["Grease them.", "Dry them."]) {
        assert_eq!(text, said(&answer(&index, &asked(choice))));
    }
}

#[test]
fn a_question_that_goes_on_is_understood_with_the_one_before() {
    let index = Index::new(cut(SHOP, None).passages);
    for (before, text, expected) in [
        (
            "Can I rent a tent?",
            "and where?",
            "8 € a night in the Kendal store",
        ),
        (
            "Do you ship to Norway?",
            "And how much is it?",
            "Delivery: Abroad",
        ),
        (
            "Can I return boots I wore once?",
            "and where is your store in Keswick?",
            "3 Lake Road",
        ),
    ] {
        let answer = answer(&index, &after(before, text));
        assert!(
            format!("{answer:?}").contains(expected),
            "{before:?} {text:?} → {answer:?}"
        );
    }
    let alone = answer(&index, &asked("and where?"));
    assert_eq!(Answer::Unknown, alone);
}

/// The answer to messages that were sent one after the other.
fn answered_together(index: &Index, texts: &[&str]) -> Answer {
    let mut question = asked("");
    question.asked = texts.iter().map(|text| (*text).to_owned()).collect();
    answer(index, &question)
}

#[test]
fn questions_sent_one_after_the_other_are_all_answered_in_order() {
    let index = guide();
    let (one, other) = ("How do I back up Baton?", "Is there a default password?");
    let (first, second) = (answer(&index, &asked(one)), answer(&index, &asked(other)));
    let Answer::Answered {
        markdown, sources, ..
    } = answered_together(&index, &["Hello!", one, other])
    else {
        panic!("not answered");
    };
    assert_eq!(format!("{}\n\n{}", said(&first), said(&second)), markdown);
    assert_eq!(2, sources.len());
    // The same question in other words is the same question.
    assert_eq!(first, answered_together(&index, &[one, one]));
    assert_eq!(first, answered_together(&index, &[one, "thanks"]));
}

#[test]
fn what_has_no_answer_among_others_is_not_passed_over() {
    let index = guide();
    let one = "How do I back up Baton?";
    let first = answer(&index, &asked(one));
    let told = answered_together(&index, &[one, "How heavy is the Skarn 2 tent?"]);
    assert!(said(&told).starts_with(said(&first)));
    assert!(
        said(&told).ends_with(
            "I did not find an answer to everything. Please ask the rest in other words."
        ),
        "{told:?}"
    );
    let nothing = answered_together(&index, &["How heavy is the Skarn 2 tent?", "hello"]);
    assert_eq!(Answer::Unknown, nothing);
}

#[test]
fn at_most_three_answers_come_together() {
    let index = guide();
    let questions = [
        "How do I back up Baton?",
        "Is there a default password?",
        "How do I train the assistant?",
        "How do I embed the chat?",
    ];
    let all: Vec<Answer> = questions
        .iter()
        .map(|text| answer(&index, &asked(text)))
        .collect();
    let together = answered_together(&index, &questions);
    for (at, answer) in all.iter().enumerate() {
        assert!(matches!(answer, Answer::Answered { .. }), "{answer:?}");
        assert_eq!(at > 0, said(&together).contains(said(answer)), "{at}");
    }
}

#[test]
fn a_question_in_pieces_is_one_question() {
    let index = guide();
    let whole = answer(&index, &asked("Is there a default password?"));
    assert_eq!(
        said(&whole),
        said(&answered_together(
            &index,
            &["Is there a", "default password?"]
        ))
    );
}

#[test]
fn an_ai_without_any_knowledge_knows_nothing() {
    assert_eq!(
        Answer::Unknown,
        answer(&Index::new(Vec::new()), &asked("How do I install it?"))
    );
}

#[test]
fn no_text_makes_the_ai_fail() {
    let index = guide();
    for text in [
        "",
        "?",
        "\u{0}",
        "ß",
        "👍",
        "a".repeat(4_000).as_str(),
        &"word ".repeat(800),
        &"x y ".repeat(1_000),
    ] {
        answer(&index, &asked(text));
        answer(&index, &after(text, "and it?"));
    }
}

/// Keeps one passage, which changes with each reading, and fails when it is told to.
#[derive(Default)]
struct Shelf {
    read: AtomicUsize,
    broken: bool,
}

#[async_trait]
impl Passages for Shelf {
    async fn passages(&self, _: WorkspaceId, _: ChatbotId) -> anyhow::Result<Vec<Passage>> {
        anyhow::ensure!(!self.broken, "the shelf is broken");
        let times = self.read.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(cut(&format!("# Opening hours\n\nWe open at {times}."), None).passages)
    }
}

#[tokio::test]
async fn content_is_read_once_and_again_after_a_training() {
    let knowledge = Knowledge::default();
    let ai = Embedded::new(knowledge.clone(), Arc::new(Shelf::default()));
    let question = asked("opening hours");
    for expected in ["We open at 1.", "We open at 1."] {
        assert_eq!(
            expected,
            said(&ai.answer(&question, &Drafts::none()).await.unwrap())
        );
    }
    knowledge.forget(question.chatbot);
    assert_eq!(
        "We open at 2.",
        said(&ai.answer(&question, &Drafts::none()).await.unwrap())
    );
}

#[tokio::test]
async fn an_answer_is_drafted_once_as_a_whole() {
    let ai = Embedded::new(Knowledge::default(), Arc::new(Shelf::default()));
    let (listener, mut drafts) = tokio::sync::mpsc::channel(4);
    ai.answer(&asked("opening hours"), &Drafts::to(listener))
        .await
        .unwrap();
    assert_eq!(Some("We open at 1.".to_owned()), drafts.recv().await);
    assert_eq!(None, drafts.recv().await);
}

#[tokio::test]
async fn content_that_cannot_be_read_is_an_error_and_not_an_unknown_answer() {
    let shelf = Shelf {
        broken: true,
        ..Shelf::default()
    };
    let ai = Embedded::new(Knowledge::default(), Arc::new(shelf));
    let answer = ai.answer(&asked("opening hours"), &Drafts::none()).await;
    assert!(matches!(answer, Err(AiError::Knowledge(_))), "{answer:?}");
}
