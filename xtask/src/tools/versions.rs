//! Versions: read from the lock file and from what a program says of itself.

use anyhow::{Context, Result};

/// The version of a package in `Cargo.lock`.
pub(super) fn locked(lock: &str, package: &str) -> Result<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \""))
        .and_then(|rest| rest.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no version of {package}"))
}

/// The version in an answer such as `wasm-bindgen 0.2.130 (abc)` or `v20.1.0`.
pub(super) fn spoken(answer: &str) -> Option<&str> {
    answer
        .lines()
        .next()?
        .split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The number before the first dot.
pub(super) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";

        assert_eq!(locked(lock, "wasm-bindgen").unwrap(), "0.2.130");
        assert!(locked(lock, "wasm").is_err());
    }

    #[test]
    fn a_program_says_its_version_in_several_ways() {
        assert_eq!(spoken("wasm-bindgen 0.2.130"), Some("0.2.130"));
        assert_eq!(spoken("trunk 0.21.14\nmore"), Some("0.21.14"));
        assert_eq!(spoken("v20.20.2"), Some("20.20.2"));
        assert_eq!(
            spoken("postgres (PostgreSQL) 15.18 (Debian 15.18-1)"),
            Some("15.18")
        );
        assert_eq!(spoken("nothing to see"), None);
    }

    #[test]
    fn a_longer_version_is_not_mistaken_for_a_pinned_one() {
        assert_ne!(spoken("wasm-bindgen 0.2.1301"), Some("0.2.130"));
        assert_eq!(major("20.20.2"), Some(20));
    }
}
