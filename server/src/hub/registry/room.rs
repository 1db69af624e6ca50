//! Maps of connections, which become small again when a crowd has left.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::ConnectionId;

/// A map with room for fewer is left as it is.
const SMALL: usize = 1_024;

/// Takes an id out of a set and the set out of the map when it is empty; true when it was.
pub(super) fn take<K: Eq + Hash>(
    map: &mut HashMap<K, HashSet<ConnectionId>>,
    key: K,
    id: ConnectionId,
) -> bool {
    let Some(set) = map.get_mut(&key) else {
        return false;
    };
    set.remove(&id);
    let empty = set.is_empty();
    if empty {
        map.remove(&key);
        settle(map);
    }
    empty
}

/// Gives room back that a crowd needed. Rarely, so that who comes and goes does not move the others: an
/// eighth is left by then, and has room to double.
pub(super) fn settle<K: Eq + Hash, V>(map: &mut HashMap<K, V>) {
    if map.capacity() > SMALL.max(8 * map.len()) {
        map.shrink_to(2 * map.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_that_left_keeps_no_room_and_nobody_who_stays_is_lost() {
        let mut map: HashMap<u64, HashSet<ConnectionId>> = (0..20_000)
            .map(|key| (key, HashSet::from([ConnectionId(key)])))
            .collect();
        let crowded = map.capacity();
        for key in 100..20_000 {
            assert!(take(&mut map, key, ConnectionId(key)));
        }
        assert!(map.capacity() < crowded / 8, "{}", map.capacity());
        assert!((0..100).all(|key| map[&key].contains(&ConnectionId(key))));
    }
}
