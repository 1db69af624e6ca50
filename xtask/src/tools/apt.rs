//! System packages on Debian and Ubuntu.

use anyhow::Result;

use crate::place::Place;
use crate::shell::{self, Step};

/// Whether packages can be installed here without asking anybody.
pub(super) fn can_install(place: &Place) -> bool {
    shell::is_root() && place.program("apt-get").is_some()
}

/// Installs packages with what they depend on and nothing more.
pub(super) fn install(place: &Place, step: &mut Step, packages: &[&str]) -> Result<()> {
    let apt = |words: &[&str]| {
        let mut command = place.command("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-q", "-y"])
            .args(words);
        command
    };
    step.run(apt(&["update"]))?;
    step.run(apt(
        &[&["install", "--no-install-recommends"], packages].concat()
    ))?;
    step.remark("installed by apt-get");
    Ok(())
}
