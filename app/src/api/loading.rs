//! What a page loads before it is shown: by the server with the page, by the browser on the way to it.

use std::future::Future;

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ApiError;

/// What a page shows once it is there.
pub type Loading<T> = Resource<Result<T, ApiError>, Given>;

/// How the server leaves in a page what it has loaded: as JSON, read from bytes as the answers of server
/// functions are. Read from text, every type would bring the code for it a second time, a thirtieth of the
/// program.
#[derive(Debug)]
pub struct Given;

impl<T: Serialize> Encoder<T> for Given {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(loaded: &T) -> Result<String, Self::Error> {
        serde_json::to_string(loaded)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Given {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(given: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(given.as_bytes())
    }
}

/// Loads, and again whenever what it depends on has changed.
pub(crate) fn load<S, T, F>(
    of: impl Fn() -> S + Send + Sync + 'static,
    load: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loading<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    Resource::new_with_options(of, load, false)
}
