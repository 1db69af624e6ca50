//! Keeps the number of different statements small, so that the databases' statement caches hit:
//! lists are as long as a power of two.

/// Lengthens a list to a power of two by repeating its last item: for lists of what is looked for
/// and rows that are updated, where saying it twice changes nothing.
pub(super) fn pad<T: Clone>(mut items: Vec<T>) -> Vec<T> {
    if let Some(last) = items.last().cloned() {
        items.resize(items.len().next_power_of_two(), last);
    }
    items
}

/// Cuts a list into pieces as long as powers of two, longest first: for rows that are inserted,
/// which must not be said twice.
pub(super) fn pieces<T>(mut items: Vec<T>) -> Vec<Vec<T>> {
    let mut pieces = Vec::new();
    while !items.is_empty() {
        // The greatest power of two that fits.
        let length = 1 << items.len().ilog2();
        let rest = items.split_off(length);
        pieces.push(std::mem::replace(&mut items, rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_padded_list_repeats_its_last_item() {
        assert_eq!(vec![1, 2, 3, 3], pad(vec![1, 2, 3]));
        assert_eq!(vec![1, 2], pad(vec![1, 2]));
        assert_eq!(Vec::<u8>::new(), pad(Vec::<u8>::new()));
    }

    #[test]
    fn pieces_hold_every_item_once_and_in_order() {
        let pieces = pieces((0..203).collect());
        let lengths: Vec<usize> = pieces.iter().map(Vec::len).collect();
        assert_eq!(vec![128, 64, 8, 2, 1], lengths);
        assert_eq!((0..203).collect::<Vec<_>>(), pieces.concat());
    }
}
