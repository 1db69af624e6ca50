//! Markdown, as people and the AI write it, becomes the nodes that travel on the wire.
//!
//! A small part of Markdown has a form there; everything else stays the plain text that it is.
//! Nothing that was written is lost except where a link that is not allowed would have led.

mod address;
#[cfg(test)]
mod fuzz;
mod shield;
#[cfg(test)]
mod tests;
mod writer;

use protocol::text::RichText;
use pulldown_cmark::{Options, Parser};

use shield::shielded;
use writer::Writer;

/// Bytes above which a text is not read as Markdown at all.
const MARKDOWN: usize = 64 * 1024;

/// The nodes of a text. Never fails: what is not understood stays as it was written.
pub(crate) fn parse(markdown: &str) -> RichText {
    if markdown.len() > MARKDOWN {
        return writer::literal(markdown);
    }
    let source = shielded(markdown);
    let mut writer = Writer::default();
    for (event, range) in Parser::new_ext(&source, Options::empty()).into_offset_iter() {
        writer.event(event, &source[range]);
    }
    let nodes = writer.finish();
    if nodes.is_empty() {
        writer::literal(markdown)
    } else {
        RichText(nodes)
    }
}
