//! `size`: the bytes a browser loads, against their budgets.

mod measure;
mod part;
mod sizes;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::bundle;
use crate::place::Place;
use crate::shell;
use crate::tools;

use part::{PARTS, Part};
use sizes::Sizes;

pub(crate) fn size(place: &Place) -> Result<ExitCode> {
    tools::ensure_build_tools(place)?;
    bundle::bundle(place)?;
    within_budget(place)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the table and fails when a part is over its budget.
pub(crate) fn within_budget(place: &Place) -> Result<()> {
    shell::note(&row(["", "raw", "gzip", "brotli", "budget"]));
    let mut over = Vec::new();
    for part in PARTS {
        let files = part.files(&place.dist())?;
        let sizes = measure::measure(place, &files)?;
        let total: Sizes = sizes.iter().map(|(_, sizes)| *sizes).sum();
        for (name, sizes) in sizes.iter().filter(|_| files.len() > 1) {
            shell::note(&sizes_row(&format!("  {name}"), *sizes, ""));
        }
        shell::note(&sizes_row(part.name, total, &part.budget.to_string()));
        over.extend(excess(&part, total));
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

/// What to say of a part that is too big.
fn excess(part: &Part, total: Sizes) -> Option<String> {
    let excess = total
        .brotli
        .checked_sub(part.budget)
        .filter(|excess| *excess > 0)?;
    Some(format!("{} by {excess} bytes", part.name))
}

fn sizes_row(name: &str, sizes: Sizes, budget: &str) -> String {
    let [raw, gzip, brotli] = [sizes.raw, sizes.gzip, sizes.brotli].map(|size| size.to_string());
    row([name, &raw, &gzip, &brotli, budget])
}

fn row([name, raw, gzip, brotli, budget]: [&str; 5]) -> String {
    format!("{name:<28}{raw:>10}{gzip:>10}{brotli:>10}{budget:>10}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_may_use_its_whole_budget_and_not_one_byte_more() {
        let part = &PARTS[0];
        let sizes = |brotli| Sizes {
            raw: 9999,
            gzip: 9999,
            brotli,
        };

        assert_eq!(excess(part, sizes(part.budget)), None);
        assert_eq!(
            excess(part, sizes(part.budget + 1)).as_deref(),
            Some("Loader by 1 bytes")
        );
    }
}
