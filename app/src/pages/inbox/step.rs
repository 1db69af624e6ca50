//! From row to row by keys, however long the list is.

use leptos::prelude::*;

use super::Desk;
use super::pick::meant;
use crate::live::state::Item;

/// Leads to the next row or the previous one: from the one that has the focus, else from the one that
/// is open. The list brings it on screen.
pub(crate) fn step(desk: Desk, forward: bool) {
    let from = meant(desk);
    let rows: Vec<_> = desk.items.with_untracked(|items| {
        let row = |item: &Item| match item {
            Item::Row(id) => Some(*id),
            Item::Waiting(_) | Item::Answered(_) => None,
        };
        items.iter().filter_map(row).collect()
    });
    let at = rows.iter().position(|row| Some(*row) == from);
    let to = match (at, forward) {
        (None, _) => 0,
        (Some(at), true) => (at + 1).min(rows.len().saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
    };
    desk.reach.set(rows.get(to).copied());
}
