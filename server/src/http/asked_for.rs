//! The page that somebody asked for before they were signed in: the way to the door carries it along, and
//! leads back to it.

use axum::extract::Query;
use axum::http::Uri;
use axum::http::header::LOCATION;
use axum::http::uri::PathAndQuery;
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::pages;

/// Where one signs in.
const DOOR: &str = "/sign-in";
/// Where one comes to who asked for nothing else.
const INBOX: &str = "/inbox";
/// The longest address that is carried along, in bytes.
const LONGEST: usize = 1024;
/// Pages for who is not signed in, which nobody is led back to.
const OUTSIDE: [&str; 6] = ["/", DOOR, "/setup", "/join", "/forgot", "/reset"];

/// What the address of the door carries.
#[derive(Deserialize)]
struct Carried {
    to: String,
}

/// The door, on the way to a page.
pub(super) fn door(asked: &Uri) -> String {
    let asked = asked.path_and_query().map_or(INBOX, PathAndQuery::as_str);
    if asked == INBOX || !leads(asked) {
        return DOOR.to_owned();
    }
    format!("{DOOR}?to={}", utf8_percent_encode(asked, NON_ALPHANUMERIC))
}

/// The page that the address of the door carries; the inbox without one that we have.
fn behind(door: &Uri) -> String {
    let carried = Query::<Carried>::try_from_uri(door).ok();
    let to = carried.map(|Query(carried)| carried.to);
    to.filter(|to| leads(to)).unwrap_or(INBOX.to_owned())
}

/// Whether an address leads to one of our own pages, whatever a browser makes of it.
fn leads(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#');
    address.len() <= LONGEST
        && address.bytes().all(plain)
        && !OUTSIDE.contains(&path)
        && !path.split('/').any(is_dots)
        && pages::is_page(path)
}

/// Whether a browser takes a part of a path for the one before it or for nothing, so that the address
/// leads elsewhere than it says.
fn is_dots(part: &str) -> bool {
    let part = part.to_ascii_lowercase().replace("%2e", ".");
    matches!(part.as_str(), "." | "..")
}

/// A page that leads to the door leads there with what was asked for, and the door leads on to it.
pub(super) fn lead(asked: &Uri, mut response: Response) -> Response {
    let headers = response.headers_mut();
    let at_door = asked.path() == DOOR;
    let to = match headers.get(LOCATION).map(|to| to.as_bytes()) {
        Some(to) if to == DOOR.as_bytes() && !at_door => door(asked),
        Some(to) if to == INBOX.as_bytes() && at_door => behind(asked),
        _ => return response,
    };
    // Whatever is carried is letters of an address.
    if let Ok(to) = to.parse() {
        headers.insert(LOCATION, to);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(address: &str) -> Uri {
        address.parse().expect("an address")
    }

    #[tokio::test]
    async fn the_door_leads_back_to_what_was_asked_for() {
        for asked in [
            "/team",
            "/audit?kind=settings&text=a%20%26%20b",
            "/chatbots/0192f8c4-7d3a-7000-8000-000000000001/hours",
            "/inbox/0192f8c4-7d3a-7000-8000-000000000001",
            "/profile/two-steps",
        ] {
            let door = door(&uri(asked));
            assert!(door.starts_with("/sign-in?to=%2F"), "{door}");
            assert_eq!(asked, behind(&uri(&door)));
        }
    }

    #[tokio::test]
    async fn who_asked_for_no_page_of_ours_comes_to_the_inbox() {
        let long = format!("/team?{}", "x".repeat(LONGEST));
        for asked in ["/", "/inbox", "/sign-in", "/setup", "/nothing", &long] {
            assert_eq!(DOOR, door(&uri(asked)), "{asked}");
        }
        for to in [
            "",
            "team",
            "//evil.example",
            "///evil.example",
            "/%2Fevil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/team\n",
            "/team\t?x",
            "/team#x",
            "/te am",
            "/téam",
            "/team//evil.example",
            "/chatbots//evil.example",
            "/chatbots/..",
            "/chatbots/./look",
            "/chatbots/../look",
            "/chatbots/all/%2e",
            "/chatbots/%2E%2e/sign_out",
            "/chatbots/.%2E/look",
            "/inbox/%2e.?x",
            "/audit/export.csv",
            "/pages/sign_out",
            "/sign-in?to=/team",
            "/nothing",
            &long,
        ] {
            let to = utf8_percent_encode(to, NON_ALPHANUMERIC);
            let door = format!("{DOOR}?to={to}");
            assert_eq!(INBOX, behind(&uri(&door)), "{door}");
        }
        for query in ["", "?", "?to", "?to=%2Fteam&to=%2Fteam", "?to=%FF"] {
            assert_eq!(INBOX, behind(&uri(&format!("{DOOR}{query}"))), "{query}");
        }
    }
}
