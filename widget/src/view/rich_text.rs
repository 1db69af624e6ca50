//! Rich text as nodes of the page. Whatever a text holds, it stays characters.

use alloc::vec;
use alloc::vec::Vec;

use protocol::text::{Node, RichText, Tag};
use web_sys::Element;

use crate::dom::{inside, say, set};

/// Appends a text to an element.
pub(crate) fn add_text(to: &Element, text: &RichText) {
    let mut open: Vec<Element> = vec![to.clone()];
    for node in &text.0 {
        let Some(parent) = open.last() else {
            return;
        };
        match node {
            Node::Text(text) => say(parent, text),
            Node::Code(text) => say(&inside(parent, "code", ""), text),
            Node::Break => {
                inside(parent, "br", "");
            }
            Node::Open(tag) => {
                let child = element_for(parent, tag);
                open.push(child);
            }
            Node::Close => {
                open.pop();
            }
        }
    }
}

fn element_for(parent: &Element, tag: &Tag) -> Element {
    match tag {
        Tag::Paragraph => inside(parent, "p", ""),
        Tag::Strong => inside(parent, "strong", ""),
        // Nobody is mentioned to a visitor.
        Tag::Emphasis | Tag::Mention { .. } => inside(parent, "em", ""),
        Tag::CodeBlock => inside(parent, "pre", ""),
        Tag::List { ordered: true } => inside(parent, "ol", ""),
        Tag::List { ordered: false } => inside(parent, "ul", ""),
        Tag::Item => inside(parent, "li", ""),
        Tag::Link { href } => link(parent, href),
    }
}

/// A link that leaves the frame, or plain words when it leads somewhere a link must not.
pub(crate) fn link(parent: &Element, href: &str) -> Element {
    let safe = ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| starts_with(href, scheme));
    if !safe && !is_own_page(href) {
        return inside(parent, "span", "");
    }
    let link = inside(parent, "a", "");
    set(&link, "href", href);
    set(&link, "target", "_blank");
    set(&link, "rel", "noopener noreferrer nofollow");
    link
}

/// A page of Baton's own origin, such as the demo's guide. Browsers read `//` and `/\` as another host.
fn is_own_page(href: &str) -> bool {
    matches!(href.as_bytes(), [b'/'] | [b'/', b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..])
}

fn starts_with(href: &str, scheme: &str) -> bool {
    href.get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}
