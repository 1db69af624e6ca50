//! Names as they are kept.

use domain::text;

#[test]
fn a_name_cannot_turn_what_stands_beside_it() {
    // Shown, the first would read as "Mara support".
    for (typed, kept) in [
        ("Mara \u{202e}troppus", "Mara troppus"),
        ("\u{2066}Ana\u{2069}", "Ana"),
        ("\u{202b}\u{202c}", ""),
        ("A\u{0}na\n", "Ana"),
    ] {
        assert_eq!(kept, text::name(typed), "{typed:?}");
    }
    // Letters of either direction, and what joins them, are names.
    for name in ["أحمد", "נועה", "می\u{200c}خواهم", "Zoë"] {
        assert_eq!(name, text::name(name));
    }
}
