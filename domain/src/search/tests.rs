//! What is found, what is not, and where it is marked.

use super::*;

fn query(text: &str) -> Query {
    Query::read(text).expect("a short query")
}

/// Whether a query finds a text, as the databases decide it: by the kept words alone.
fn finds(query: &str, text: &str) -> bool {
    let kept = index([text]).unwrap_or_default();
    let kept: Vec<&str> = kept.split(' ').collect();
    let wanted = self::query(query).words();
    !wanted.is_empty()
        && wanted.iter().all(|(word, begins)| {
            kept.iter().any(|kept| match begins {
                true => kept.starts_with(word.as_str()),
                false => kept == word,
            })
        })
}

/// A text with its marks in brackets.
fn marked(query: &str, text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut shown = String::new();
    let mut at = 0;
    for mark in self::query(query).marks(text) {
        shown.extend(&letters[at..mark.from as usize]);
        shown.push('[');
        shown.extend(&letters[mark.from as usize..mark.to as usize]);
        shown.push(']');
        at = mark.to as usize;
    }
    shown.extend(&letters[at..]);
    shown
}

#[test]
fn words_are_found_by_their_beginnings_in_any_order() {
    for (query, text) in [
        ("nor ship", "Do you ship to Norway?"),
        ("SHIP", "do you ship"),
        ("uber", "Über uns"),
        ("über", "uber uns"),
        ("strasse", "Bahnhofstraße, Straße 5"),
        ("kim@example", "Write to kim@example.org, please"),
        ("example.org", "Write to kim@example.org, please"),
        ("#48213", "Order 48213"),
        ("a", "Is this a tent?"),
        ("ｔｅｎｔ", "tent"),
        ("मदद", "मुझे मदद चाहिए"),
        ("שלום", "שָׁלוֹם"),
    ] {
        assert!(finds(query, text), "{query} in {text}");
    }
    for (query, text) in [
        ("orway", "Do you ship to Norway?"),
        ("ship Norway Sweden", "Do you ship to Norway?"),
        ("t", "Is this a tent?"),
        ("दिन", "दान"),
        ("?!", "Do you ship?!"),
        ("", "Anything"),
    ] {
        assert!(!finds(query, text), "{query} in {text}");
    }
}

#[test]
fn scripts_without_spaces_are_found_by_any_part() {
    for (query, text) in [
        ("東京", "私は東京に住んでいます"),
        ("京", "私は東京に住んでいます"),
        ("帳篷", "請問這個帳篷有貨嗎"),
        ("ﾃﾝﾄ", "このテントはありますか"),
        ("배송", "무료배송되나요"),
        ("ขนส่ง", "ค่าขนส่งเท่าไหร่"),
        ("iPhone手机", "我的iPhone手机壳"),
    ] {
        assert!(finds(query, text), "{query} in {text}");
        assert!(
            !query.is_empty() && marked(query, text).contains('['),
            "{query} in {text}"
        );
    }
    assert!(!finds("京東", "私は東京に住んでいます"));
}

#[test]
fn emoji_are_found_and_what_databases_read_otherwise_is_only_text() {
    assert!(finds("🎉", "Thank you 🎉🎉"));
    assert!(!finds("🎂", "Thank you 🎉"));
    for query in [
        "\"",
        "'",
        "a' OR 1=1 --",
        "NEAR(tent pole)",
        "tent AND NOT pole",
        "tent*",
        "-tent",
        "col:tent",
        "^tent",
        "tent & !pole | (",
        "\\",
        "\0",
        "%_",
        "{tent}",
        "👨‍👩‍👧",
    ] {
        for (word, _) in self::query(query).words() {
            assert!(
                word.chars()
                    .all(|letter| letter.is_alphanumeric() || !letter.is_ascii()),
                "{query} becomes {word}"
            );
        }
    }
}

#[test]
fn marks_stand_on_what_was_asked_for() {
    assert_eq!(
        "A [pole] of my Skarn [sna]pped.",
        marked("sna pole", "A pole of my Skarn snapped.")
    );
    assert_eq!("[Übe]r [Straß]e", marked("ube strass", "Über Straße"));
    assert_eq!("私は[東京]に", marked("東京", "私は東京に"));
    assert_eq!("nothing", marked("else", "nothing"));
    // Marks that touch are one.
    assert_eq!("[🎉tent]", marked("tent 🎉", "🎉tent"));
}

#[test]
fn an_excerpt_is_bounded_and_shows_the_first_place() {
    let long = format!(
        "{} the broken pole {}",
        "word ".repeat(100),
        "more ".repeat(100)
    );
    let (text, marks) = excerpt(&long, &query("pole"));
    assert!(text.chars().count() <= protocol::limits::EXCERPT);
    assert!(text.starts_with('…') && text.ends_with('…'));
    let mark = marks[0];
    let found: String = text.chars().skip(mark.from as usize).take(4).collect();
    assert_eq!("pole", found);

    let (text, marks) = excerpt("Two\n\nlines of a pole", &query("pole"));
    assert_eq!(("Two lines of a pole", 1), (text.as_str(), marks.len()));
    let (text, marks) = excerpt(&"x".repeat(500), &query("pole"));
    assert!(text.chars().count() <= protocol::limits::EXCERPT && marks.is_empty());
    let (text, marks) = excerpt(&format!("{} pole", "y".repeat(500)), &query("pole"));
    assert!(text.ends_with("pole") && !marks.is_empty());
}

#[test]
fn a_query_is_bounded() {
    let long = "tent ".repeat(50);
    assert!(matches!(
        Query::read(&long),
        Err(protocol::Refusal::TextTooLong { limit: 200, .. })
    ));
    let many: Vec<String> = (10..90).map(|number| number.to_string()).collect();
    let many = query(&many.join(" ")[..200]);
    assert_eq!(12, many.words().len());
}
