//! What people write becomes these nodes, and nothing ever becomes anything else.

mod bounds;

use std::fmt::Write as _;

use protocol::text::{Node, RichText, Tag};

use super::parse;

/// A readable form: `<p>`, `<b>`, … for elements, `|` for a break, `{…}` for code.
fn shown(text: &RichText) -> String {
    let mut out = String::new();
    let mut open = Vec::new();
    for node in &text.0 {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Code(code) => write!(out, "{{{code}}}").unwrap(),
            Node::Break => out.push('|'),
            Node::Open(tag) => {
                let name = match tag {
                    Tag::Paragraph => "p",
                    Tag::Strong => "b",
                    Tag::Emphasis => "i",
                    Tag::CodeBlock => "pre",
                    Tag::List { ordered: true } => "ol",
                    Tag::List { ordered: false } => "ul",
                    Tag::Item => "li",
                    Tag::Link { .. } => "a",
                    Tag::Mention { .. } => unreachable!("only notes name people, by their wire"),
                };
                match tag {
                    Tag::Link { href } => write!(out, "<a {href}>").unwrap(),
                    _ => write!(out, "<{name}>").unwrap(),
                }
                open.push(name);
            }
            Node::Close => write!(out, "</{}>", open.pop().unwrap()).unwrap(),
        }
    }
    assert!(open.is_empty(), "everything that opens must close: {out}");
    out
}

/// Each line of Markdown beside the form it must take.
fn check(table: &[(&str, &str)]) {
    for (markdown, expected) in table {
        assert_eq!(*expected, shown(&parse(markdown)), "for {markdown:?}");
    }
}

#[test]
fn words_and_lines_stay_as_they_were_written() {
    check(&[
        ("", ""),
        ("hello", "<p>hello</p>"),
        ("one\ntwo", "<p>one|two</p>"),
        ("one\r\ntwo", "<p>one|two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("Schöne Grüße 👍", "<p>Schöne Grüße 👍</p>"),
        ("5 * 3 * 2 = 30", "<p>5 * 3 * 2 = 30</p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        (
            "~~no~~ and | a | table |",
            "<p>~~no~~ and | a | table |</p>",
        ),
        ("- - -", "<p>- - -</p>"),
    ]);
}

#[test]
fn emphasis_code_and_headings_have_a_form() {
    check(&[
        (
            "**bold** and *italic*",
            "<p><b>bold</b> and <i>italic</i></p>",
        ),
        ("***both***", "<p><i><b>both</b></i></p>"),
        ("run `baton serve` now", "<p>run {baton serve} now</p>"),
        ("```\na\n  b\n```", "<pre>a\n  b</pre>"),
        ("```rust\nfn main() {}\n```", "<pre>fn main() {}</pre>"),
        ("# Title\ntext", "<p><b>Title</b></p><p>text</p>"),
        ("Title\n-----", "<p><b>Title</b></p>"),
    ]);
}

#[test]
fn lists_have_a_form_and_keep_their_numbers() {
    check(&[
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n  1. b", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("1984. A book", "<p>1984. A book</p>"),
        ("2) two\n3) three", "<p>2) two|3) three</p>"),
        ("4. a\n\n5. b", "<p>4. a</p><p>5. b</p>"),
    ]);
}

#[test]
fn links_lead_to_the_web_to_mail_and_to_phones_only() {
    check(&[
        (
            "[x](https://a.example/b)",
            "<p><a https://a.example/b>x</a></p>",
        ),
        ("[x](HTTP://a.example)", "<p><a HTTP://a.example>x</a></p>"),
        (
            "[x](mailto:a@b.example)",
            "<p><a mailto:a@b.example>x</a></p>",
        ),
        ("[x](tel:+4912345)", "<p><a tel:+4912345>x</a></p>"),
        (
            "<a@b.example>",
            "<p><a mailto:a@b.example>a@b.example</a></p>",
        ),
        (
            "[](https://a.example)",
            "<p><a https://a.example>https://a.example</a></p>",
        ),
        (
            "[**x** y](https://a.example)",
            "<p><a https://a.example><b>x</b> y</a></p>",
        ),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("[x](JaVaScRiPt:alert(1))", "<p>x</p>"),
        ("[x](<java\tscript:alert(1)>)", "<p>x</p>"),
        ("[x](java&#x09;script:alert(1))", "<p>x</p>"),
        ("[x](data:text/html;base64,AAAA)", "<p>x</p>"),
        ("[x](vbscript:x)", "<p>x</p>"),
        ("[x](file:///etc/passwd)", "<p>x</p>"),
        ("[x](//evil.example)", "<p>x</p>"),
        ("[x](/settings)", "<p>x</p>"),
        ("[x](https://)", "<p>x</p>"),
        ("[x](<https://a.example/ b>)", "<p>x</p>"),
        ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>"),
    ]);
}

#[test]
fn web_addresses_become_links_without_the_punctuation_around_them() {
    check(&[
        (
            "https://a.example",
            "<p><a https://a.example>https://a.example</a></p>",
        ),
        (
            "see http://a.example/b?c=d&e=f.",
            "<p>see <a http://a.example/b?c=d&e=f>http://a.example/b?c=d&e=f</a>.</p>",
        ),
        (
            "(https://a.example/x_(y))",
            "<p>(<a https://a.example/x_(y)>https://a.example/x_(y)</a>)</p>",
        ),
        (
            "**https://a.example**",
            "<p><b><a https://a.example>https://a.example</a></b></p>",
        ),
        ("`https://a.example`", "<p>{https://a.example}</p>"),
        (
            "[https://a.example](https://b.example)",
            "<p><a https://b.example>https://a.example</a></p>",
        ),
        (
            "https:// and http://, xhttps://a.example",
            "<p>https:// and http://, xhttps://a.example</p>",
        ),
        (
            "javascript:alert('http')",
            "<p>javascript:alert('http')</p>",
        ),
    ]);
}

#[test]
fn html_is_only_ever_text() {
    check(&[
        (
            "<img src=x onerror=alert(1)>",
            "<p><img src=x onerror=alert(1)></p>",
        ),
        ("a <b>c</b>", "<p>a <b>c</b></p>"),
        (
            "<script>\nalert(1)\n</script>",
            "<p><script>|alert(1)|</script></p>",
        ),
        ("<!-- hidden -->", "<p><!-- hidden --></p>"),
        ("![a cat](https://a.example/cat.png)", "<p>a cat</p>"),
        ("&lt;b&gt; &amp; x", "<p><b> & x</p>"),
    ]);
    let nodes = parse("<img src=x onerror=alert(1)>").0;
    let text = Node::Text("<img src=x onerror=alert(1)>".to_owned());
    assert_eq!(vec![Node::Open(Tag::Paragraph), text, Node::Close], nodes);
}

#[test]
fn what_has_no_form_is_kept_as_text() {
    check(&[
        ("> quoted\n> twice", "<p>> quoted|> twice</p>"),
        (">", "<p>></p>"),
        (
            "[a]: https://a.example",
            "<p>[a]: <a https://a.example>https://a.example</a></p>",
        ),
        ("[a]: b\n[a]: c", "<p>[a]: b|[a]: c</p>"),
        ("see [a]\n\n[a]: /b", "<p>see [a]</p><p>[a]: /b</p>"),
        ("```once", "<pre>once</pre>"),
        ("```two words\nmore\n```", "<pre>two words\nmore</pre>"),
        ("****", "<p>****</p>"),
        ("- ", "<ul><li></li></ul>"),
    ]);
}
