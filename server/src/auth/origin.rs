//! Where a request comes from: the checks that keep other sites from speaking in an agent's name.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Uri};

use crate::config::PublicUrl;

/// What a request's Origin says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Ours: its authority is the Host asked for, or the public URL's.
    Own,
    /// Another site's, or one that makes no sense.
    Foreign,
    /// None was sent: not a browser, or a plain navigation.
    Missing,
}

/// Compares a request's Origin with the Host it asked for and with the public URL.
pub(crate) fn of(headers: &HeaderMap, public_url: &PublicUrl) -> Origin {
    let Some(origin) = headers.get(ORIGIN) else {
        return Origin::Missing;
    };
    let Some(authority) = origin.to_str().ok().and_then(authority) else {
        return Origin::Foreign;
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let own = host.is_some_and(|host| host.eq_ignore_ascii_case(&authority))
        || public_url
            .authority()
            .is_some_and(|own| own.eq_ignore_ascii_case(&authority));
    if own { Origin::Own } else { Origin::Foreign }
}

/// The authority of an http(s) origin.
fn authority(origin: &str) -> Option<String> {
    let uri: Uri = origin.parse().ok()?;
    matches!(uri.scheme_str(), Some("http" | "https")).then_some(())?;
    uri.authority()
        .map(|authority| authority.as_str().to_owned())
}

/// Whether a request that changes something was made by our own pages (Fetch Metadata, else Origin).
pub(crate) fn is_same_origin(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    match headers.get("sec-fetch-site").map(|site| site.as_bytes()) {
        Some(b"same-origin") => of(headers, public_url) != Origin::Foreign,
        Some(_) => false,
        None => of(headers, public_url) == Origin::Own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(origin: Option<&str>, host: &str, public_url: &str) -> Origin {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        of(&headers, &PublicUrl::parse(public_url).unwrap())
    }

    #[test]
    fn an_origin_is_ours_by_host_or_by_public_url_and_nothing_else() {
        for (origin, expected) in [
            (Some("http://chat.example:8080"), Origin::Own),
            (Some("https://chat.example:8080"), Origin::Own),
            (Some("https://help.example.org"), Origin::Own),
            (Some("https://chat.example"), Origin::Foreign),
            (Some("https://evil.example"), Origin::Foreign),
            (
                Some("https://help.example.org.evil.example"),
                Origin::Foreign,
            ),
            (Some("null"), Origin::Foreign),
            (Some("file://chat.example:8080"), Origin::Foreign),
            (None, Origin::Missing),
        ] {
            assert_eq!(
                expected,
                check(origin, "chat.example:8080", "https://help.example.org"),
                "{origin:?}"
            );
        }
    }
}
