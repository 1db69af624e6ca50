//! The visitor's chat: bundled by Trunk, its scripts minified, and the loader beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place::Place;
use crate::shell::Step;

use super::{Bundle, esbuild, wasm};

pub(super) const WIDGET: Bundle = Bundle {
    name: "widget",
    title: "Widget and loader (Trunk)",
    inputs: &[
        "protocol",
        "socket",
        "widget",
        "style/widget-icons.svg",
        "Trunk.toml",
    ],
    make,
};

fn make(place: &Place, step: &mut Step, staging: &Path) -> Result<()> {
    let widget = staging.join("widget");
    let mut trunk = place.command("trunk");
    // Trunk takes NO_COLOR for a flag of its own and wants `true` or `false` in it.
    trunk
        .env_remove("NO_COLOR")
        .args(["build", "--release", "--skip-version-check", "--dist"]);
    step.run({
        trunk.arg(&widget);
        trunk
    })?;

    // Before anything else: the names are found in the glue as wasm-bindgen wrote it.
    let (program, glue) = (widget.join("widget_bg.wasm"), widget.join("widget.js"));
    wasm::optimise(place, step, &program, &program)?;
    wasm::shorten(place, step, &program, &glue)?;
    for file in files(&widget)? {
        // Trunk's own minifier cannot read the glue of this wasm-bindgen.
        if file.extension().is_some_and(|name| name == "js") {
            esbuild::module(place, step, &file, &file)?;
        }
    }
    let loader = place.root.join("widget/loader/loader.js");
    esbuild::script(place, step, &loader, &widget.join("loader.js"))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::Stamp;

    /// All that Trunk draws into the page: what a `data-trunk` link names, beside the page itself.
    fn drawn_in(page: &str) -> Vec<&str> {
        let links = page.split("<link").skip(1).filter_map(|rest| {
            let link = rest.split('>').next()?;
            let (_, href) = link.split_once("href=\"")?;
            link.contains("data-trunk")
                .then(|| href.split('"').next())?
        });
        links.collect()
    }

    #[test]
    fn a_change_of_anything_in_the_widgets_page_makes_it_anew() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let page = fs::read_to_string(root.join("widget/index.html")).unwrap();
        let drawn = drawn_in(&page);
        assert!(drawn.contains(&"../style/widget-icons.svg"), "{drawn:?}");

        for name in drawn {
            let file = Path::new("widget").join(name);
            let file = match file.strip_prefix("widget/..") {
                Ok(outside) => outside.to_owned(),
                Err(_) => file,
            };
            let copy = tempfile::tempdir().unwrap();
            let goal = copy.path().join(&file);
            fs::create_dir_all(goal.parent().unwrap()).unwrap();
            let stamp = || {
                let inputs = WIDGET.inputs.iter();
                let stamp = inputs.fold(Stamp::new(), |stamp, input| {
                    stamp.path(copy.path(), input).unwrap()
                });
                stamp.text()
            };
            fs::write(&goal, "before").unwrap();
            let before = stamp();
            fs::write(&goal, "after").unwrap();
            assert_ne!(before, stamp(), "{name} is no input");
        }
    }
}
