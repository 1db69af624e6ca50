//! The guide's pages on the demo site, so that the assistant's sources can be opened.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};

use crate::ai::knowledge;
use crate::demo::Guide;

/// A page of the guide as a document; none when there is no such page. The text is our own, so
/// making HTML of it is safe: nothing that visitors or agents write comes through here.
pub(super) fn page(name: &str) -> Option<String> {
    let file = Guide::get(&format!("{name}.md"))?;
    let markdown = String::from_utf8_lossy(&file.data);
    let mut events: Vec<Event<'_>> = Parser::new(&markdown).collect();
    anchor_headings(&mut events);
    let mut article = String::new();
    html::push_html(&mut article, events.into_iter());
    let title = markdown
        .lines()
        .next()
        .unwrap_or(name)
        .trim_start_matches(['#', ' ']);
    Some(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · Baton</title>\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"/demo/icon.svg\">\
         <link rel=\"stylesheet\" href=\"/demo/site.css\"></head>\
         <body><main class=\"guide\"><p><a href=\"/demo\">Baton</a></p>{article}</main></body></html>"
    ))
}

/// Gives each heading the id that sources point to.
fn anchor_headings(events: &mut [Event<'_>]) {
    let mut seen = HashMap::new();
    let mut heading = None;
    let mut text = String::new();
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Heading { .. }) => {
                heading = Some(at);
                text.clear();
            }
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(Event::Start(Tag::Heading { id, .. })) =
                    heading.take().and_then(|start| events.get_mut(start))
                {
                    *id = Some(CowStr::from(knowledge::anchor(&text, &mut seen)));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_the_demo_can_be_opened() {
        for name in Guide::iter() {
            let name = name.trim_end_matches(".md");
            let page = page(name).unwrap();
            let markdown =
                String::from_utf8(Guide::get(&format!("{name}.md")).unwrap().data.into_owned());
            let cut = knowledge::cut(&markdown.unwrap(), Some(&format!("/demo/guide/{name}")));
            for passage in cut.passages {
                let url = passage.url.unwrap();
                if let Some((_, anchor)) = url.split_once('#') {
                    assert!(page.contains(&format!("id=\"{anchor}\"")), "{url}");
                }
            }
        }
    }
}
