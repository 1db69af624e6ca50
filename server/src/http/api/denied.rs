//! Why a program does not get what it asks for: a status, a code for programs, a sentence for people.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use protocol::Timestamp;
use protocol::api_token::Scope;
use protocol::module::SwitchedOff;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::http::head::TooMuch;

/// Why a request was refused. Nothing was changed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// For programs, such as `taken_by`.
    #[schema(example = "taken_by")]
    code: String,
    /// For people, in English.
    message: String,
    /// The facts behind the code, such as who took it; null without any.
    #[schema(value_type = Option<Object>)]
    details: Option<Value>,
    /// The field of the body or of the query that it is about; null where it is about none.
    #[schema(example = "text")]
    field: Option<String>,
}

/// Why not.
#[derive(Debug)]
pub(super) enum Denied {
    /// A rule said no.
    Refused(Refusal),
    /// No token, in a header that was sent or without one.
    TokenMissing {
        sent: bool,
    },
    /// One that does not hold.
    TokenUnknown,
    /// The token does not allow this, whatever its agent may do.
    ScopeMissing(Scope),
    /// The module of the API is off, for the workspace or for the agent's role.
    SwitchedOff(SwitchedOff),
    /// What is written has to be named with a key, so that it can be sent again.
    KeyMissing,
    KeyInvalid,
    /// The address does not take this method.
    MethodNotAllowed,
    /// The body, the address or its query cannot be read.
    Malformed(String),
    /// The body is JSON and says something else than it should.
    Invalid(String),
    /// A field of the body says something else than it should, or one of the address was asked so.
    Field {
        name: String,
        why: String,
        asked: bool,
    },
    TooLong,
    TooSlow,
    /// Of its address or its header fields.
    TooMuch(TooMuch),
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PathRejection> for Denied {
    /// What is no id names nothing.
    fn from(_: PathRejection) -> Self {
        Self::Refused(Refusal::NotFound)
    }
}

impl Denied {
    /// The same of a field that stands in the address.
    pub(super) fn in_the_address(self) -> Self {
        match self {
            Self::Field { name, why, .. } => Self::Field {
                name,
                why,
                asked: true,
            },
            other => other,
        }
    }

    pub(super) fn response(self, now: Timestamp) -> Response {
        let status = self.status();
        let head = self.head();
        let body = Json(self.problem(now));
        let mut response = (status, [(CACHE_CONTROL, "no-store")], body).into_response();
        if let Some((name, value)) = head {
            response.headers_mut().insert(name, value);
        }
        response
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::TokenMissing { .. } | Self::TokenUnknown => StatusCode::UNAUTHORIZED,
            Self::ScopeMissing(_) | Self::SwitchedOff(_) => StatusCode::FORBIDDEN,
            Self::KeyMissing
            | Self::KeyInvalid
            | Self::Malformed(_)
            | Self::Field { asked: true, .. } => StatusCode::BAD_REQUEST,
            Self::Invalid(_) | Self::Field { asked: false, .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooMuch(what) => what.status(),
            Self::Refused(refusal) => match refusal {
                Refusal::NotAllowed => StatusCode::FORBIDDEN,
                Refusal::NotFound => StatusCode::NOT_FOUND,
                Refusal::TooFast { .. } => StatusCode::TOO_MANY_REQUESTS,
                Refusal::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                // The conversation or the agent is not in a state for it.
                Refusal::TakenBy { .. }
                | Refusal::HeldBy { .. }
                | Refusal::OfferedTo { .. }
                | Refusal::NotHeld
                | Refusal::HandoffOver
                | Refusal::NotPending
                | Refusal::NotOnline
                | Refusal::ChatLimitReached { .. }
                | Refusal::Blocked => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            },
        }
    }

    /// The header that goes along (RFC 6750, 3; RFC 9110, 10.2.3).
    fn head(&self) -> Option<(axum::http::HeaderName, HeaderValue)> {
        match self {
            Self::TokenMissing { .. } | Self::TokenUnknown => {
                let how = HeaderValue::from_static("Bearer realm=\"Baton\"");
                Some((WWW_AUTHENTICATE, how))
            }
            Self::ScopeMissing(scope) => {
                let scope = scope.word();
                let how = format!(
                    "Bearer realm=\"Baton\", error=\"insufficient_scope\", scope=\"{scope}\""
                );
                HeaderValue::from_str(&how)
                    .ok()
                    .map(|how| (WWW_AUTHENTICATE, how))
            }
            Self::Refused(Refusal::TooFast { retry_after_ms }) => {
                let seconds = HeaderValue::from(retry_after_ms.div_ceil(1_000));
                Some((RETRY_AFTER, seconds))
            }
            _ => None,
        }
    }

    fn problem(self, now: Timestamp) -> Problem {
        let (code, details) = self.code();
        let field = self.field().map(str::to_owned);
        let message = match self {
            Self::Refused(Refusal::TextTooLong { characters, limit }) => {
                format!("\"text\" has {characters} characters, and {limit} at most are taken.")
            }
            Self::Refused(refusal) => refusal.sentence(now),
            Self::TokenMissing { sent: false } => {
                "There is no token. Send it in the header Authorization: the word Bearer, a space, and the token."
                    .to_owned()
            }
            Self::TokenMissing { sent: true } => {
                "The header Authorization holds no token: it has to be the word Bearer, a space, and the token."
                    .to_owned()
            }
            Self::TokenUnknown => {
                "There is no such token, or it was revoked or has ended.".to_owned()
            }
            Self::ScopeMissing(scope) => {
                format!("This token does not allow it: it needs {}.", scope.word())
            }
            Self::SwitchedOff(off) => switched_off(&off),
            Self::KeyMissing => {
                "Name it with a UUID in the header Idempotency-Key, so that it can be sent again."
                    .to_owned()
            }
            Self::KeyInvalid => "Idempotency-Key has to be a UUID.".to_owned(),
            Self::MethodNotAllowed => {
                "This address does not take this method; Allow says which it takes.".to_owned()
            }
            Self::Malformed(why) => format!("This cannot be read: {why}."),
            Self::Invalid(why) => format!("This is not as it has to be: {why}."),
            Self::Field { why, .. } => why,
            Self::TooLong => "The body is too long.".to_owned(),
            Self::TooSlow => "The request took too long.".to_owned(),
            Self::TooMuch(what) => what.sentence().to_owned(),
        };
        Problem {
            code,
            message,
            details,
            field,
        }
    }

    /// The field that it is about.
    fn field(&self) -> Option<&str> {
        match self {
            Self::Field { name, .. } => Some(name),
            // The one text that is sent.
            Self::Refused(Refusal::TextEmpty | Refusal::TextTooLong { .. }) => Some("text"),
            _ => None,
        }
    }

    /// Its code, and the facts behind it.
    fn code(&self) -> (String, Option<Value>) {
        let (code, details) = match self {
            Self::Refused(refusal) => return of_refusal(refusal),
            Self::TokenMissing { .. } => ("token_missing", None),
            Self::TokenUnknown => ("token_unknown", None),
            Self::ScopeMissing(scope) => ("scope_missing", Some(json!({ "scope": scope }))),
            Self::SwitchedOff(off) => {
                let facts = json!({ "everywhere": off.everywhere, "by": off.by });
                ("switched_off", Some(facts))
            }
            Self::KeyMissing => ("key_missing", None),
            Self::KeyInvalid => ("key_invalid", None),
            Self::MethodNotAllowed => ("method_not_allowed", None),
            Self::Malformed(_) | Self::Field { asked: true, .. } => ("malformed", None),
            Self::Invalid(_) | Self::Field { asked: false, .. } => ("invalid", None),
            Self::TooLong => ("too_long", None),
            Self::TooSlow => ("too_slow", None),
            Self::TooMuch(TooMuch::Address) => ("address_too_long", None),
            Self::TooMuch(TooMuch::Fields) => ("headers_too_large", None),
        };
        (code.to_owned(), details)
    }
}

/// A refusal as it stands on every wire: a word, or a word with its facts.
fn of_refusal(refusal: &Refusal) -> (String, Option<Value>) {
    match serde_json::to_value(refusal) {
        Ok(Value::String(code)) => (code, None),
        Ok(Value::Object(tagged)) => match tagged.into_iter().next() {
            Some((code, facts)) => (code, Some(facts)),
            None => ("refused".to_owned(), None),
        },
        _ => ("refused".to_owned(), None),
    }
}

fn switched_off(off: &SwitchedOff) -> String {
    let of_whom = match off.everywhere {
        true => "this workspace",
        false => "your role",
    };
    let by = off.by.join(", ");
    format!("The API is switched off for {of_whom}. It can be switched on by: {by}.")
}
