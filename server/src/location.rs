//! About where an address is, by a database on this machine. Nobody is asked over the network.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use maxminddb::{Reader, geoip2};

/// The database, or none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Locations(Option<Arc<Reader<Vec<u8>>>>);

impl Locations {
    /// Reads a database in MaxMind's format, such as GeoLite2 City
    /// (<https://maxmind.github.io/MaxMind-DB/>), into memory; none when the path is empty.
    ///
    /// # Errors
    /// The file cannot be read, or is no such database.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        if path.as_os_str().is_empty() {
            return Ok(Self::default());
        }
        let reader = Reader::open_readfile(path)
            .with_context(|| format!("location.database: reading {}", path.display()))?;
        Ok(Self(Some(Arc::new(reader))))
    }

    /// `Bergen, Norway`, or the country alone; empty when it is not known.
    pub(crate) fn of(&self, address: &str) -> String {
        self.find(address).unwrap_or_default()
    }

    fn find(&self, address: &str) -> Option<String> {
        let address: IpAddr = address.parse().ok()?;
        // A damaged record is one that is not known.
        let found = self.0.as_ref()?.lookup(address).ok()?;
        let found = found.decode::<geoip2::City>().ok()??;
        let names = [found.city.names.english, found.country.names.english];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        Some(names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for these tests: a city for 127.0.0.0/8, a country for 203.0.113.0/24.
    const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/location.mmdb");

    #[test]
    fn an_address_has_a_city_or_a_country_or_neither() {
        let known = Locations::open(Path::new(SAMPLE)).unwrap();
        assert_eq!("Bergen, Norway", known.of("127.0.0.1"));
        assert_eq!("Norway", known.of("203.0.113.0"));
        for unknown in ["198.51.100.1", "2001:db8::1", "", "203.0.113.0/24"] {
            assert_eq!("", known.of(unknown), "{unknown}");
        }
        assert_eq!("", Locations::default().of("127.0.0.1"));
    }

    #[test]
    fn a_file_that_is_none_is_refused_by_name() {
        let error = Locations::open(Path::new(file!())).unwrap_err();
        assert!(format!("{error:#}").contains("location"));
    }
}
