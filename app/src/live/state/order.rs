//! Sorting, compiled once for everything that is sorted.

use uuid::Uuid;

/// What things are sorted by: a group, a number within it, and an id where both are equal.
pub(crate) type Place = (u8, i64, Uuid);

/// The things in the order of their places.
pub(crate) fn ordered<T>(things: Vec<T>, place: impl Fn(&T) -> Place) -> Vec<T> {
    let mut places: Vec<(Place, usize)> = things.iter().map(place).zip(0..).collect();
    sort(&mut places);
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    places
        .into_iter()
        .filter_map(|(_, at)| things[at].take())
        .collect()
}

fn sort(places: &mut [(Place, usize)]) {
    places.sort_unstable();
}
