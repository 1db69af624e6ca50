//! WebAssembly made small, and proof that a browser still takes it.

use std::cmp::Reverse;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::place::Place;
use crate::shell::Step;

const OPTIMISE: [&str; 4] = ["-Oz", "--converge", "--strip-debug", "--strip-producers"];

/// What every browser that Baton supports can run.
/// Never `--all-features`: the result would hold types that no browser knows.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

const SHORTEN: &str = "--minify-imports-and-exports-and-modules";
/// What [`SHORTEN`] calls the only module that anything is imported from.
const MODULE: &str = "a";

const COMPILE: &str = "WebAssembly.compile(require('fs').readFileSync(process.argv[1]))";

/// Runs `wasm-opt`, then lets V8 compile the result.
pub(super) fn optimise(place: &Place, step: &mut Step, from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).context("make the staging folder")?;
    let mut command = place.command("wasm-opt");
    command.args(OPTIMISE).args(FEATURES);
    command.arg(from).arg("-o").arg(to);
    step.run(command)?;
    check(place, step, to)
}

/// Gives what the WebAssembly and its glue know each other by short names, in both. The glue must be
/// as wasm-bindgen wrote it.
pub(super) fn shorten(place: &Place, step: &mut Step, wasm: &Path, glue: &Path) -> Result<()> {
    let mut command = place.command("wasm-opt");
    command.args(FEATURES).arg(SHORTEN).arg(wasm);
    command.arg("-o").arg(wasm).stderr(Stdio::inherit());
    let output = command.output().context("start wasm-opt")?;
    ensure!(output.status.success(), "wasm-opt could not shorten names");
    let names = serde_json::from_slice(&output.stdout).context("read the new names")?;
    let text = fs::read_to_string(glue).context("read the glue")?;
    fs::write(glue, renamed(text, names)?).context("write the glue")?;
    check(place, step, wasm)
}

/// The glue with the names that `wasm-opt` printed: imports with their module, then exports.
fn renamed(mut glue: String, mut names: Value) -> Result<String> {
    let imports: Vec<[String; 3]> = serde_json::from_value(names["imports"].take())?;
    let mut exports: Vec<[String; 2]> = serde_json::from_value(names["exports"].take())?;
    for [module, name, short] in imports {
        let (key, module) = (format!(" {name}: "), format!("\"{module}\": "));
        ensure!(glue.contains(&key), "{name} is not in the glue");
        glue = glue.replace(&key, &format!(" {short}: "));
        glue = glue.replace(&module, &format!("{MODULE}: "));
    }
    // The longest first: a name may begin like another.
    exports.sort_by_key(|[name, _]| Reverse(name.len()));
    for [name, short] in exports {
        glue = glue.replace(&format!("wasm.{name}"), &format!("wasm.{short}"));
    }
    Ok(glue)
}

fn check(place: &Place, step: &mut Step, wasm: &Path) -> Result<()> {
    let mut compile = place.command("node");
    compile.args(["-e", COMPILE]).arg(wasm);
    step.run(compile)
        .context("the optimised WebAssembly is not valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_follows_the_new_names() {
        let glue = "const import0 = {\n __wbg_focus_1f: function() { wasm.start_at(wasm.start); },\n};\n\
            return { \"./widget_bg.js\": import0 };";
        let names = serde_json::json!({
            "imports": [["./widget_bg.js", "__wbg_focus_1f", "$"]],
            "exports": [["start", "b"], ["start_at", "c"], ["not_used", "d"]],
        });
        assert_eq!(
            "const import0 = {\n $: function() { wasm.c(wasm.b); },\n};\nreturn { a: import0 };",
            renamed(glue.to_owned(), names).unwrap()
        );
    }

    #[test]
    fn a_name_that_the_glue_does_not_have_is_noticed() {
        let names = serde_json::json!({ "imports": [["m", "gone", "a"]], "exports": [] });
        assert!(renamed("const import0 = {};".to_owned(), names).is_err());
    }
}
