//! Node, which is presupposed, and the npm parts, which are installed by the lock file.

use anyhow::{Context, Result};

use crate::place::Place;
use crate::shell::{self, Step};
use crate::stamp::{self, Stamp};

use super::versions::{major, spoken};
use super::{found, missing};

/// The oldest Node that Playwright still runs on.
const OLDEST: u32 = 20;

pub(super) fn ensure_node(step: &mut Step) -> Result<()> {
    let why = format!("esbuild, wasm-opt and the browser tests run on Node {OLDEST} or newer");
    let by_hand = "take it from https://nodejs.org, your package manager or nvm; Debian 12's own \
                   package is too old";
    let version = shell::answer("node", &["--version"])
        .with_context(|| missing("Node", &why, by_hand).to_string())?;
    if spoken(&version)
        .and_then(major)
        .is_none_or(|found| found < OLDEST)
    {
        return Err(missing(
            &format!("A newer Node than {version}"),
            &why,
            by_hand,
        ));
    }
    shell::answer("npm", &["--version"])
        .with_context(|| missing("npm", "it comes with Node", by_hand).to_string())?;
    step.remark(version);
    Ok(())
}

/// `npm ci`, unless the folder already matches the lock file.
pub(super) fn ensure_parts(place: &Place, step: &mut Step) -> Result<()> {
    let wanted = Stamp::new().path(&place.root, "package-lock.json")?.text();
    let mark = place.root.join("node_modules/.baton");
    if stamp::is_current(&mark, &wanted, &place.root) {
        found(step);
        return Ok(());
    }
    let mut install = place.command("npm");
    // The browser comes from the system; Playwright's own download is not needed.
    install
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    step.run(install)
        .context("the npm registry has to be reachable for `npm ci`")?;
    stamp::keep(&mark, &wanted, &[])?;
    step.remark("installed");
    Ok(())
}
