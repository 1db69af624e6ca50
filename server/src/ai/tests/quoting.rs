//! What is said of a passage: its own words, as many as the question needs.

use super::super::quote::quote;
use super::*;

fn quoted(text: &str, question: &str) -> String {
    let passages = cut(
        &format!("# Boots\n\n{text}\n\n# Other things\n\nTents, jackets and tools."),
        None,
    )
    .passages;
    let index = Index::new(passages);
    let query = index.query(question);
    quote(&index, index.search(&query)[0].passage, &query)
}

const LONG: &str = "Our boots are made in a small workshop in the north. They come in four colours. \
    Every boot carries a warranty of two years, e.g. against broken seams. It does not cover the soles. \
    Resoling boots takes about three weeks and costs 45 €. Leather wants to be greased once a month, \
    at best with the wax that lies in the box, and dried slowly, never on a radiator or in the sun. \
    New laces are in every shop that sells boots, and in ours they are free.";

#[test]
fn a_short_passage_is_quoted_whole() {
    let text = "Boots cost **90 €**.\n\n- brown\n- black";
    assert_eq!(text, quoted(text, "what do boots cost"));
}

#[test]
fn of_a_long_passage_the_sentences_that_answer_are_quoted() {
    assert_eq!(
        "Every boot carries a warranty of two years, e.g. against broken seams. It does not cover the soles.",
        quoted(LONG, "is there a warranty?")
    );
    assert_eq!(
        "Resoling boots takes about three weeks and costs 45 €.",
        quoted(LONG, "how long does resoling take")
    );
}

#[test]
fn a_sentence_that_leans_on_the_one_before_brings_it_along() {
    let quote = quoted(LONG, "which colours are there");
    assert!(quote.starts_with("Our boots are made"), "{quote}");
    assert!(quote.contains("four colours."), "{quote}");
}

#[test]
fn a_sentence_that_announces_a_list_brings_the_list_along() {
    let list =
        "1. Pack the boots.\n2. Stick the label on.\n3. Hand the parcel in at a post office.";
    let text = format!(
        "{} Return boots like this:\n\n{list}",
        LONG.replace("Resoling boots", "Resoling")
    );
    let quote = quoted(&text, "how do I return boots like this");
    assert!(quote.ends_with(list), "{quote}");
    assert!(quote.contains("Return boots like this:"), "{quote}");
}

#[test]
fn every_quotation_is_the_passages_own_words() {
    let index = guide();
    for passage in guide_passages() {
        for question in ["baton", "what is it", passage.heading.as_str()] {
            let query = index.query(question);
            let quote = quote(&index, &passage, &query);
            assert!(
                !quote.trim().is_empty() && passage.text.contains(&quote),
                "{quote:?}"
            );
        }
    }
}
