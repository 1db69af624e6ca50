//! What the visitor's browser makes of texts.

use super::*;

fn shown(nodes: Vec<Node>) -> Element {
    let place = element("div", "");
    add_text(&place, &RichText(nodes));
    place
}

fn names(place: &Element) -> Vec<String> {
    let all = place.get_elements_by_tag_name("*");
    let all = (0..all.length()).filter_map(|at| all.item(at));
    all.map(|element| element.tag_name().to_lowercase())
        .collect()
}

#[wasm_bindgen_test]
fn a_text_becomes_elements() {
    let place = shown(vec![
        Node::Open(Tag::Paragraph),
        words("Yes, "),
        Node::Open(Tag::Strong),
        words("within "),
        Node::Open(Tag::Emphasis),
        words("a week"),
        Node::Close,
        Node::Close,
        Node::Break,
        Node::Code("x = 1".to_owned()),
        Node::Close,
        Node::Open(Tag::List { ordered: true }),
        Node::Open(Tag::Item),
        words("one"),
        Node::Close,
        Node::Close,
        Node::Open(Tag::CodeBlock),
        words("let x;\n  y"),
        Node::Close,
    ]);
    assert_eq!(
        vec!["p", "strong", "em", "br", "code", "ol", "li", "pre"],
        names(&place)
    );
    assert_eq!(
        Some("Yes, within a weekx = 1onelet x;\n  y".to_owned()),
        place.text_content()
    );
}

#[wasm_bindgen_test]
fn html_in_a_text_stays_characters() {
    let place = shown(vec![
        words(ATTACK),
        Node::Code(ATTACK.to_owned()),
        Node::Open(Tag::Link {
            href: format!("https://example.org/{ATTACK}\" onclick=\"alert(3)"),
        }),
        words(ATTACK),
        Node::Close,
    ]);
    assert_eq!(vec!["code", "a"], names(&place));
    assert_eq!(Some(ATTACK.repeat(3)), place.text_content());
    let link = place.query_selector("a").unwrap().unwrap();
    assert_eq!(None, link.get_attribute("onclick"));
}

#[wasm_bindgen_test]
fn links_lead_only_where_links_may_lead() {
    for href in [
        "https://example.org",
        "HTTP://example.org",
        "mailto:a@b.c",
        "tel:+41",
    ] {
        let place = shown(vec![
            Node::Open(Tag::Link {
                href: href.to_owned(),
            }),
            words("here"),
            Node::Close,
        ]);
        let link = place.query_selector("a").unwrap().expect(href);
        assert_eq!(Some(href.to_owned()), link.get_attribute("href"));
        assert_eq!(Some("_blank".to_owned()), link.get_attribute("target"));
        assert_eq!(
            Some("noopener noreferrer nofollow".to_owned()),
            link.get_attribute("rel")
        );
    }
    for href in [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//x",
        "",
    ] {
        let place = shown(vec![
            Node::Open(Tag::Link {
                href: href.to_owned(),
            }),
            words("here"),
            Node::Close,
        ]);
        assert_eq!(vec!["span"], names(&place), "{href}");
        assert_eq!(Some("here".to_owned()), place.text_content());
    }
}

#[wasm_bindgen_test]
fn a_text_that_closes_too_often_ends_there() {
    let place = shown(vec![words("a"), Node::Close, Node::Close, words("b")]);
    assert_eq!(Some("a".to_owned()), place.text_content());
}
