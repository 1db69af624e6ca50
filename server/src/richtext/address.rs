//! Addresses: where a link may lead, and which words are one.

use pulldown_cmark::LinkType;

/// An address longer than this leads nowhere.
const HREF: usize = 2_000;
/// What ends an address that stands in a text as it is.
const ENDS: &str = "<>\"“”„«»`";

/// Where a link may lead; none for everything that could run code or load something.
pub(super) fn allowed(link_type: LinkType, address: &str) -> Option<String> {
    let mail = link_type == LinkType::Email && !address.starts_with("mailto:");
    let address = if mail {
        format!("mailto:{address}")
    } else {
        address.to_owned()
    };
    let known = ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| {
            let start = address.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                && address.len() > scheme.len()
        });
    // Browsers skip control characters and spaces in addresses, so none may hide there.
    let plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    (known && plain && address.len() <= HREF).then_some(address)
}

/// The first web address that stands in a text as it is.
pub(super) fn find(text: &str) -> Option<(usize, usize)> {
    // What is too long to be an address is passed over once, not once for every "http" in it.
    let mut passed = 0;
    for (start, _) in text.match_indices("http") {
        if start < passed {
            continue;
        }
        let alone = !text[..start].ends_with(char::is_alphanumeric);
        let rest = &text[start..];
        let host = rest
            .strip_prefix("https://")
            .or_else(|| rest.strip_prefix("http://"));
        let begins = host.is_some_and(|host| host.starts_with(char::is_alphanumeric));
        if alone && begins {
            let length = length(rest);
            if length <= HREF {
                return Some((start, start + length));
            }
            passed = start + length;
        }
    }
    None
}

/// How long an address is, without the punctuation of the sentence around it.
fn length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c.is_control() || ENDS.contains(c);
    // One character more than is allowed shows that it is too long; the rest need not be read.
    let whole = text
        .char_indices()
        .take(HREF + 1)
        .take_while(|(_, c)| !ends(*c));
    let mut end = whole.last().map_or(0, |(place, c)| place + c.len_utf8());
    let address = &text[..end];
    let mut surplus = address
        .matches(')')
        .count()
        .saturating_sub(address.matches('(').count());
    while let Some(last) = address[..end].chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '_' | '~' | '(' => {}
            ')' if surplus > 0 => surplus -= 1,
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}
