//! Keeps what Markdown would swallow: numbers of lists and definitions of addresses.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The text with a backslash before what Markdown would swallow: the number of a list that does
/// not begin with 1, and definitions of addresses for reference links.
pub(super) fn shielded(markdown: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(markdown);
    // Shielding one thing can bring out another, as with two definitions of one name. What is
    // still there after a few rounds was written to cause trouble.
    for _ in 0..4 {
        let places = swallowed(&text);
        if places.is_empty() {
            return text;
        }
        let mut safe = String::with_capacity(text.len() + places.len());
        let mut done = 0;
        for place in places {
            safe.push_str(&text[done..place]);
            safe.push('\\');
            done = place;
        }
        safe.push_str(&text[done..]);
        text = Cow::Owned(safe);
    }
    text
}

/// Where a backslash keeps something from being swallowed, in reading order.
fn swallowed(text: &str) -> Vec<usize> {
    let mut events = Parser::new_ext(text, Options::empty()).into_offset_iter();
    let mut places: Vec<usize> = events
        .reference_definitions()
        .iter()
        .map(|(_, definition)| definition.span.start)
        .collect();
    let mut odd_lists = Vec::new();
    for (event, range) in &mut events {
        match event {
            Event::Start(Tag::List(first)) => odd_lists.push(first.is_some_and(|n| n != 1)),
            Event::End(TagEnd::List(_)) => {
                odd_lists.pop();
            }
            Event::Start(Tag::Item) if odd_lists.last() == Some(&true) => {
                let number = text[range.clone()].find(['.', ')']);
                places.extend(number.map(|length| range.start + length));
            }
            _ => {}
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}
