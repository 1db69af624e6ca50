//! Lists in commands: read element by element, and no longer than any client makes them.
//!
//! serde makes room for as many elements as a frame announces, which may be many times the frame.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};

/// Elements of a list in a command, at most: more than any rule allows, so that who sends too many of
/// what a rule counts is told by the rule.
const MOST: usize = 128;

struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a list of at most {MOST}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut announced: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = announced.next_element()? {
            if list.len() == MOST {
                return Err(A::Error::invalid_length(MOST + 1, &self));
            }
            list.push(element);
        }
        Ok(list)
    }
}

/// Reads such a list; for `#[serde(deserialize_with)]`.
pub(crate) fn short<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_seq(List(PhantomData))
}
