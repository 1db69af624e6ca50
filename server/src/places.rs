//! Places: so many at once, in all and for one address; whoever holds one gives it back by dropping it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::limits::network;

/// Something of which there is only so much at once.
#[derive(Clone)]
pub(crate) struct Places {
    taken: Arc<Mutex<Taken>>,
    all: usize,
    each: usize,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    /// Everybody together holds too many.
    All,
    /// This address holds too many.
    Address,
}

impl Places {
    /// `all` in all, of which one address may hold `each`.
    pub(crate) fn new(all: usize, each: usize) -> Self {
        Self {
            taken: Arc::default(),
            all,
            each,
        }
    }

    /// Takes a place for an address.
    pub(crate) fn take(&self, address: IpAddr) -> Result<Place, Full> {
        let address = network(address);
        let mut taken = self.taken();
        if taken.all >= self.all {
            return Err(Full::All);
        }
        let held = taken.by_address.entry(address).or_default();
        if *held >= self.each {
            return Err(Full::Address);
        }
        *held += 1;
        taken.all += 1;
        Ok(Place {
            places: self.clone(),
            address,
        })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place that is taken.
pub(crate) struct Place {
    places: Places,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Some(held) = taken.by_address.get_mut(&self.address) {
            *held -= 1;
            if *held == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_it_is_given_back() {
        let places = Places::new(3, 2);
        let (ana, ben) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let first = places.take(ana).ok();
        let _second = places.take(ana).ok().unwrap();
        assert_eq!(Some(Full::Address), places.take(ana).err());
        let _third = places.take(ben).ok().unwrap();
        assert_eq!(Some(Full::All), places.take(ben).err());

        drop(first);

        let again = places.take(ana).ok();
        assert!(again.is_some());
        drop((again, _second, _third));
        assert!(places.taken().by_address.is_empty(), "nothing is left over");
    }
}
