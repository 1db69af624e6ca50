//! How much is kept of the address that a visitor comes from.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use protocol::look::KeepAddresses;

/// What is written down of an address; nothing where nothing is to be kept.
pub fn kept(address: IpAddr, keep: KeepAddresses) -> String {
    // What an IPv4 address looks like on a socket for both.
    let address = address.to_canonical();
    match (keep, address) {
        (KeepAddresses::Off, _) => String::new(),
        (KeepAddresses::Whole, address) => address.to_string(),
        (KeepAddresses::Truncated, IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            Ipv4Addr::new(a, b, c, 0).to_string()
        }
        (KeepAddresses::Truncated, IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_is_kept_what_was_chosen() {
        for (address, whole, truncated) in [
            ("203.0.113.77", "203.0.113.77", "203.0.113.0"),
            ("::ffff:203.0.113.77", "203.0.113.77", "203.0.113.0"),
            ("2001:db8:12:34::5", "2001:db8:12:34::5", "2001:db8:12::"),
        ] {
            let address = address.parse().unwrap();
            assert_eq!(whole, kept(address, KeepAddresses::Whole));
            assert_eq!(truncated, kept(address, KeepAddresses::Truncated));
            assert_eq!("", kept(address, KeepAddresses::Off));
        }
    }
}
