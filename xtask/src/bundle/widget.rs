//! The visitor's chat: bundled by Trunk, its scripts minified, and the loader beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};

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

/// What stands in `widget/parts` and is no part by itself.
const SHARED: [&str; 2] = ["lib.js", "transcript.js"];

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
    words(&place.root.join("widget/words"), &widget.join("words"))?;
    parts(place, step, &widget.join("parts"))?;
    let scripts = place.root.join("widget/loader");
    let panel = widget.join("panel.js");
    esbuild::module(place, step, &scripts.join("panel.js"), &panel)?;
    fs::copy(scripts.join("baton.d.ts"), widget.join("baton.d.ts")).context("copy the types")?;
    let version = version(&fs::read(&panel).context("read panel.js")?);
    esbuild::script(
        place,
        step,
        &version,
        &scripts.join("loader.js"),
        &widget.join("loader.js"),
    )
}

/// What is loaded when it is asked for, with the places of its lines in it.
fn parts(place: &Place, step: &mut Step, to: &Path) -> Result<()> {
    fs::create_dir_all(to).context("make the folder of the parts")?;
    let english = fs::read_to_string(place.root.join("widget/words/en.txt"));
    let keys = keys(&english.context("read the words")?)?;
    let values = keys.iter().enumerate();
    let values = values.filter(|(_, key)| !key.starts_with('@'));
    let values = values.map(|(at, key)| (format!("LINE.{key}"), at.to_string()));
    let values: Vec<_> = values.collect();
    for file in files(&place.root.join("widget/parts"))? {
        let script = fs::read_to_string(&file).context("read a part")?;
        for name in named(&script) {
            ensure!(
                keys.iter().any(|key| key == name),
                "there is no line {name}"
            );
        }
        let name = file.file_name().context("a file has a name")?;
        // What parts share goes into each, as far as it needs it.
        if !SHARED.iter().any(|shared| name == *shared) {
            esbuild::module_with(place, step, &values, &file, &to.join(name))?;
        }
    }
    Ok(())
}

/// The lines that a script names.
fn named(script: &str) -> impl Iterator<Item = &str> {
    let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let named = script.split("LINE.").skip(1);
    named.filter_map(move |rest| rest.split(|letter| !word(letter)).next())
}

/// What the server calls a file with this in it, so that it can be kept for ever.
fn version(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let bytes = hash.iter().take(8);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// The languages as the browser loads them: one line for each text, in the order of its key.
fn words(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).context("make the folder of the words")?;
    for file in files(from)? {
        let text = fs::read_to_string(&file).context("read the words")?;
        let name = file.file_name().context("a file has a name")?;
        fs::write(to.join(name), lines(&text)?).context("write the words")?;
    }
    Ok(())
}

fn lines(file: &str) -> Result<String> {
    let texts: Vec<&str> = pairs(file)?.into_iter().map(|(_, text)| text).collect();
    Ok(texts.join("\n"))
}

/// The keys of a language, in their order.
fn keys(file: &str) -> Result<Vec<String>> {
    let keys = pairs(file)?.into_iter().map(|(key, _)| key.to_owned());
    Ok(keys.collect())
}

fn pairs(file: &str) -> Result<Vec<(&str, &str)>> {
    let lines = file
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pairs: Option<Vec<_>> = lines.map(|line| line.split_once(" = ")).collect();
    pairs.context("a line is `key = text`")
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::Stamp;

    #[test]
    fn a_language_is_loaded_without_its_keys_and_remarks() {
        let file = "# English\n@direction = ltr\n\nopen = Open chat\nsum = 1 = one\n";
        assert_eq!("ltr\nOpen chat\n1 = one", lines(file).unwrap());
        assert!(lines("no text").is_err());
    }

    #[test]
    fn a_part_names_its_lines_by_their_keys() {
        let file = "@direction = ltr\n\nstopped = It stopped.\nopen = Open chat\n";
        assert_eq!(["@direction", "stopped", "open"], keys(file).unwrap()[..]);
        let script = "say(LINE.open, [LINE.rate_bad])";
        assert_eq!(vec!["open", "rate_bad"], named(script).collect::<Vec<_>>());
    }

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
