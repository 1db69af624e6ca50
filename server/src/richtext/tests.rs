//! What people write becomes these nodes, and nothing ever becomes anything else.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

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

#[test]
fn hostile_texts_are_read_quickly_and_stay_small() {
    let tokens = [
        "*",
        "**",
        "_",
        "[",
        "]",
        "(",
        "![",
        ">",
        "> ",
        "`",
        "``",
        "<",
        "</",
        "- ",
        "1. ",
        "2. ",
        "\n- ",
        "\n2. ",
        "#",
        "\\",
        "&",
        "[a](",
        "[a]: b\n",
        "http://",
        "http://a ",
        "http://!",
        "a@",
        "<a@b.c>",
        "*a **b ",
        "`a` ",
        "\n\n2. a",
        "  - a\n",
        "<!--",
        "<?",
        "<![CDATA[",
        "a*b_",
        "~",
        "|",
        "\u{0}",
    ];
    for token in tokens {
        let text = token.repeat(16 * 1024 / token.len());
        let begun = Instant::now();
        let nodes = parse(&text).0;
        let took = begun.elapsed();
        // Milliseconds when nothing else runs; what is quadratic takes minutes.
        assert!(took < Duration::from_secs(20), "{token:?} took {took:?}");
        assert!(nodes.len() < 6_100, "{token:?} made {} nodes", nodes.len());
        assert!(!nodes.is_empty(), "{token:?} vanished");
    }
    let long = "**a** ".repeat(20_000);
    assert_eq!(
        3,
        parse(&long).0.len(),
        "a text of 120 kB is not read as Markdown"
    );
}

#[test]
fn elements_nest_only_so_deep() {
    let deep = (0..40)
        .map(|level| format!("{}- a\n", "  ".repeat(level)))
        .collect::<String>();
    let (mut depth, mut deepest) = (0_usize, 0);
    for node in parse(&deep).0 {
        match node {
            Node::Open(_) => depth += 1,
            Node::Close => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    assert_eq!((0, 8), (depth, deepest));
}

/// Small numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn text(&mut self, tokens: &[&str], length: usize) -> String {
        (0..length)
            .map(|_| tokens[self.roll(tokens.len())])
            .collect()
    }
}

#[test]
fn whatever_opens_closes_and_leads_nowhere_dangerous() {
    let tokens = [
        "*",
        "**",
        "_",
        "`",
        "```",
        "[",
        "]",
        "](",
        ")",
        "](javascript:x)",
        "](https://a.example)",
        "<",
        ">",
        "> ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "7. ",
        "    ",
        "# ",
        "---",
        "![",
        "!",
        "\\",
        "&lt;",
        "&#0;",
        "a",
        "b c",
        "ü",
        "👩‍👩‍👧",
        "\u{202e}",
        "\r\n",
        "\t",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "[a]: ",
        "http://x",
        "https://y.example/(z)",
        "javascript:",
        "data:",
        "mailto:a@b.c",
        "<mailto:a@b.c>",
        "|",
        "~~",
    ];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..20_000 {
        let length = 1 + dice.roll(40);
        let text = dice.text(&tokens, length);
        let nodes = parse(&text);
        shown(&nodes);
        for node in &nodes.0 {
            if let Node::Open(Tag::Link { href }) = node {
                let allowed = ["http://", "https://", "mailto:", "tel:"];
                assert!(
                    allowed.iter().any(|scheme| href.starts_with(scheme)),
                    "{text:?} → {href:?}"
                );
            }
        }
        assert_eq!(
            text.trim().is_empty(),
            nodes.0.is_empty(),
            "{text:?} vanished"
        );
    }
}

#[test]
fn no_message_is_too_heavy_for_a_frame() {
    let once = "[a]: http://x/".to_owned() + &"y".repeat(1_500) + "\n";
    let shapes = [
        "*a* ",
        "**a** ",
        "`a` ",
        "- a\n",
        "- - - - a\n",
        "> a\n",
        "a\n\n",
        "a  \n",
        "# a\n",
        "中",
        "\u{1}",
        "🎈",
        "<http://b.c> ",
        "http://b.c ",
        "http://b.c/🎈 ",
        "[a](http://b) ",
        "[](http://b) ",
        "1. *a*\n",
        "***a***",
        "*a***b**",
    ];
    let led = ["[a] ", "[a][] ", "[][a] ", "[*b*][a] "];
    let repeated = shapes.iter().map(|shape| shape.repeat(4_000));
    let defined = led.iter().flat_map(|link| {
        // Definitions of one name that come to light one after the other.
        [1, 2, 6].map(|times| {
            once.repeat(times).chars().take(2_500).collect::<String>() + "\n" + &link.repeat(4_000)
        })
    });
    let mut dice = Dice(7);
    let thrown = (0..500)
        .map(|_| dice.text(&shapes, 4_000))
        .collect::<Vec<_>>();
    for text in repeated.chain(defined).chain(thrown) {
        let text: String = text.chars().take(protocol::limits::TEXT).collect();
        let bytes = serde_json::to_vec(&parse(&text)).unwrap().len();
        let start: String = text.chars().take(30).collect();
        assert!(bytes < 60 * 1024, "{bytes} bytes from {start:?}");
    }
}

#[test]
fn no_word_is_lost() {
    let tokens = [
        "*",
        "**",
        "_",
        "`",
        "[",
        "]",
        "]: ",
        "[x]: ",
        "<",
        ">",
        "> ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "9. ",
        "    ",
        "# ",
        "---\n",
        "word ",
        "word",
        "word\n",
        "<word>",
        "!",
        "\n```\n",
        " ",
        "[word]: word\n",
    ];
    let mut dice = Dice(42);
    for _ in 0..20_000 {
        let length = 1 + dice.roll(30);
        let text = dice.text(&tokens, length);
        if text.contains("```word") {
            // The name of a language is not part of the code.
            continue;
        }
        let shown = shown(&parse(&text));
        assert_eq!(
            text.matches("word").count(),
            shown.matches("word").count(),
            "{text:?} → {shown}"
        );
    }
}
