//! What the query of an address asks for.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::denied::Denied;
use super::fields::{self, Known};

/// What may be asked for.
pub(crate) trait Question: DeserializeOwned {
    /// Its fields. Any of them may be left out.
    const FIELDS: Known;
}

/// The question, or why it is none.
pub(crate) struct Asked<T>(pub(super) Result<T, Denied>);

impl<S: Sync, T: Question> FromRequestParts<S> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(read(parts)))
    }
}

fn read<T: Question>(parts: &Parts) -> Result<T, Denied> {
    let unread = |_| Denied::Malformed("the query is no list of fields".to_owned());
    let Query(sent) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(unread)?;
    let sent = sent.into_iter();
    let sent: Vec<_> = sent
        .map(|(name, text)| (name, Value::String(text)))
        .collect();
    fields::check(T::FIELDS, &sent).map_err(Denied::in_the_address)?;
    let Query(asked) = Query::try_from_uri(&parts.uri).map_err(unread)?;
    Ok(asked)
}
