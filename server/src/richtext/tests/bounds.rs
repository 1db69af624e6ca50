//! Whatever people write, it stays small, is read quickly and leads nowhere dangerous.

use std::time::{Duration, Instant};

use protocol::text::{Node, Tag};

use super::shown;
use crate::richtext::parse;

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
