//! What a saved view has to be like.

use protocol::refusal::{Field, Problem};
use protocol::view::SavedView;
use protocol::{Refusal, limits};

/// A view as it is kept: its name without space around it.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for a name that is missing or too long, and for days out of range.
pub fn checked(mut view: SavedView) -> Result<SavedView, Refusal> {
    // NUL ends a text in PostgreSQL, which refuses it.
    view.name = view.name.replace('\0', "").trim().to_owned();
    let problem = if view.name.is_empty() {
        Some(Problem::Missing)
    } else if view.name.chars().count() > limits::NAME {
        Some(Problem::TooLong {
            limit: limits::NAME as u32,
        })
    } else if view
        .view
        .days
        .is_some_and(|days| !(1..=limits::VIEW_DAYS).contains(&days))
    {
        Some(Problem::OutOfRange {
            least: 1,
            most: limits::VIEW_DAYS,
        })
    } else {
        None
    };
    match problem {
        None => Ok(view),
        Some(problem) => Err(Refusal::FieldInvalid {
            field: Field::Name,
            problem,
        }),
    }
}
