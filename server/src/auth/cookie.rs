//! The cookie that carries an agent's sign-in.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;

use crate::config::PublicUrl;

/// A sign-in lasts twelve hours: a working day with its breaks (OWASP ASVS 5.0, 7.3.2 asks for an absolute limit).
pub(crate) const LASTS_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// `__Host-` binds the cookie to this host and to https; over plain http browsers refuse it.
fn name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() {
        "__Host-baton"
    } else {
        "baton"
    }
}

/// The token in a request's cookies.
pub(crate) fn token(headers: &HeaderMap, public_url: &PublicUrl) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name(public_url))
        .map(|cookie| cookie.value().to_owned())
}

/// The header that gives the token to the browser.
pub(crate) fn set(token: &str, public_url: &PublicUrl) -> HeaderValue {
    header(token, LASTS_MILLIS / 1000, public_url)
}

/// The header that takes it away.
pub(crate) fn clear(public_url: &PublicUrl) -> HeaderValue {
    header("", 0, public_url)
}

fn header(value: &str, max_age_seconds: i64, public_url: &PublicUrl) -> HeaderValue {
    let secure = if public_url.is_https() {
        "; Secure"
    } else {
        ""
    };
    let name = name(public_url);
    let cookie = format!(
        "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}"
    );
    HeaderValue::from_str(&cookie).expect("a hexadecimal token is a header value")
}
