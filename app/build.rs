//! Makes a function of every text in words/en.txt, and of every language a table in the same order.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/words/file.rs"]
mod file;

use file::{File, Text};

fn main() {
    println!("cargo::rerun-if-changed=words");
    println!("cargo::rerun-if-changed=src/words/file.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder"));
    let languages = languages(Path::new("words"));
    let english = &languages
        .iter()
        .find(|(tag, _)| tag == "en")
        .expect("en.txt")
        .1;

    fs::write(out.join("t.rs"), functions(english)).expect("write t.rs");
    let mut list = String::from("&[\n");
    for (tag, language) in &languages {
        let name = format!("{tag}.table");
        fs::write(out.join(&name), table(language, english)).expect("write a table");
        let (called, direction) = (language.about("name"), language.about("direction"));
        let table = format!("include_str!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))");
        writeln!(
            list,
            "Language {{ tag: {tag:?}, name: {called:?}, direction: {direction:?}, table: {table} }},"
        )
        .expect("a string takes everything");
    }
    list.push(']');
    fs::write(out.join("languages.rs"), list).expect("write languages.rs");
}

/// The files of a folder, by their language's tag.
fn languages(folder: &Path) -> Vec<(String, File)> {
    let files = fs::read_dir(folder).expect("the folder of the words");
    let mut found: Vec<_> = files
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| {
            let tag = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (tag, file::read(&fs::read_to_string(&path).expect("a text")))
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

/// A function for each text: what is not said anywhere is noticed as dead code, and a value that is
/// missing does not compile.
fn functions(english: &File) -> String {
    let mut code = String::new();
    for (at, Text { key, values, forms }) in english.texts.iter().enumerate() {
        let said = forms.join(" | ");
        let plural = forms.len() > 1;
        let takes = values.iter().map(|value| match value.as_str() {
            "n" => "n: u64".to_owned(),
            value => format!("{value}: &dyn core::fmt::Display"),
        });
        let takes = takes.collect::<Vec<_>>().join(", ");
        let given = values.iter().map(|value| match value.as_str() {
            "n" => "&n".to_owned(),
            value => value.to_owned(),
        });
        let given = given.collect::<Vec<_>>().join(", ");
        let (answer, body) = match (values.is_empty(), plural) {
            (true, _) => ("&'static str", format!("crate::words::table::text({at})")),
            (false, false) => (
                "String",
                format!("crate::words::table::filled({at}, &[{given}])"),
            ),
            (false, true) => (
                "String",
                format!("crate::words::table::counted({at}, n, &[{given}])"),
            ),
        };
        writeln!(
            code,
            "/// {said}\npub(crate) fn {key}({takes}) -> {answer} {{\n    {body}\n}}\n"
        )
        .expect("a string takes everything");
    }
    code
}

/// What is told of the language, then a line for each text, in the order of the English file.
fn table(language: &File, english: &File) -> String {
    let about = ["plurals", "calendar"].map(|name| language.about(name));
    let mut lines: Vec<String> = about.map(str::to_owned).to_vec();
    for wanted in &english.texts {
        let found = language.texts.iter().find(|text| text.key == wanted.key);
        let text = found.unwrap_or(wanted);
        // By their place, so that the browser need not know their names.
        let forms = text.forms.iter().map(|form| {
            let numbered = |form: String, (at, value): (usize, &String)| {
                form.replace(&format!("{{{value}}}"), &format!("{{{at}}}"))
            };
            wanted
                .values
                .iter()
                .enumerate()
                .fold(form.clone(), numbered)
        });
        lines.push(forms.collect::<Vec<_>>().join(" | "));
    }
    lines.join("\n")
}
