//! Markdown and addresses are read whatever they are, without a panic and in bounded memory.

use pulldown_cmark::LinkType;

use super::address::{allowed, find};
use super::parse;
use runner::Bound;

#[path = "../../../protocol/tests/fuzz/runner.rs"]
mod runner;

/// What Markdown may take. The parser keeps a node for every sign that may mean something, and both
/// of its passes are under way at once; a text is bounded, so this is too.
const MARKDOWN: Bound = Bound {
    each: 256,
    own: 64 * 1024,
};

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn any_text_is_read_as_markdown() {
    let samples = texts(&[
        "**bold** *slanted* `code` ~~no~~ __both__ ***all***",
        "1. one\n2. two\n   - inner\n     > quoted\n\n   more\n",
        "[words](https://example.org/a?b=c \"title\") <https://example.org> ![image](data:x)",
        "[a]: https://example.org\n\n[a] [a][] [b][a]",
        "```rust\nlet x = \"``` \";\n```\n\n    indented\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "# head\n\n---\n\n<script>alert(1)</script> &amp; &#x41; \\* \u{202e}\u{0}",
        "[[[[[[((((((****____````<<<<>>>>",
    ]);
    runner::try_out("Markdown", samples, MARKDOWN, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        drop(parse(&text));
    });
}

#[test]
fn any_text_is_searched_for_addresses() {
    let samples = texts(&[
        "see https://example.org/a_(b)?c=d#e, or http://example.org!",
        "httphttps://http://https://a.b",
        "mailto:a@b.c tel:+41 javascript:alert(1) HTTPS://EXAMPLE.ORG",
        "https://xn--bcher-kva.example/\u{202e}\u{0}))))((((",
    ]);
    runner::try_out("addresses", samples, Bound::STRICT, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        if let Some((start, end)) = find(&text) {
            drop(allowed(LinkType::Inline, &text[start..end]));
        }
        drop(allowed(LinkType::Email, &text));
        drop(allowed(LinkType::Inline, &text));
    });
}
