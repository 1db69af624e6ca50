//! Documents become passages that can be quoted and found again.

use super::*;

const PAGE: &str = "---\ntag: hidden\n---\n# Help\n\nWelcome.\n\n## Delivery\n\nTwo days.\n\n\
    - by post\n- by bike\n\n### To `EU`\n\nFive days.\n\n## Delivery\n\nAgain.\n\n## Empty\n\n\
    > ## Not a heading\n> but a quotation\n";

#[test]
fn each_heading_has_its_passage_with_its_path_and_place() {
    let cut = cut(PAGE, Some("https://a.example/help"));
    assert_eq!("Help", cut.title);
    let passages: Vec<_> = cut
        .passages
        .iter()
        .map(|passage| {
            (
                passage.heading.as_str(),
                passage.text.as_str(),
                passage.url.as_deref().unwrap(),
            )
        })
        .collect();
    let at = |place: &str| format!("https://a.example/help#{place}");
    let expected = [
        ("Help", "Welcome.", at("help")),
        (
            "Delivery",
            "Two days.\n\n- by post\n- by bike",
            at("delivery"),
        ),
        ("Delivery › To EU", "Five days.", at("to-eu")),
        ("Delivery", "Again.", at("delivery-1")),
        (
            "Empty",
            "> ## Not a heading\n> but a quotation",
            at("empty"),
        ),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(heading, text, url)| (*heading, *text, url.as_str()))
        .collect();
    assert_eq!(expected, passages);
}

#[test]
fn a_text_without_headings_is_named_after_its_page_or_its_first_words() {
    assert_eq!(
        "opening-hours",
        cut("Nine to five.", Some("https://a.example/opening-hours/")).title
    );
    let cut = cut("We are open from nine to five every day.", None);
    assert_eq!("We are open from nine to", cut.title);
    assert_eq!(None, cut.passages[0].url);
    assert_eq!(cut.title, cut.passages[0].heading);
}

#[test]
fn an_address_with_a_place_of_its_own_keeps_it() {
    let cut = cut("# A\n\nText.", Some("https://a.example/app#/help"));
    assert_eq!(
        Some("https://a.example/app#/help"),
        cut.passages[0].url.as_deref()
    );
}

#[test]
fn a_long_section_is_cut_between_paragraphs_and_a_long_paragraph_between_sentences() {
    let paragraph = "This sentence has exactly fifty-three characters in it. ".repeat(10);
    let section = format!(
        "# Long\n\n{paragraph}\n\n{paragraph}\n\n{}",
        paragraph.repeat(3)
    );
    let passages = cut(&section, None).passages;
    assert!(
        passages
            .iter()
            .all(|passage| passage.text.chars().count() <= 700)
    );
    assert!(
        passages
            .iter()
            .all(|passage| passage.text.ends_with("in it.")),
        "{passages:#?}"
    );
    let words: usize = passages
        .iter()
        .map(|passage| passage.text.split_whitespace().count())
        .sum();
    assert_eq!(
        paragraph.split_whitespace().count() * 5,
        words,
        "nothing is lost"
    );
}

#[test]
fn nothing_makes_the_cutter_fail() {
    let texts = [
        "",
        "\n",
        "#",
        "# \n\n#",
        "---\n---",
        "- # a",
        "> > > a",
        "\u{feff}# A\n\nb",
        "```\n# a",
        "a\r\n\r\n# b\r\nc",
    ];
    for text in texts {
        cut(text, Some(""));
    }
    let endless = "ä".repeat(5_000);
    assert_eq!(8, cut(&endless, None).passages.len());
}
