//! Reads a language's file: one line for each thing that is said.

use std::collections::BTreeMap;

/// One text: its key, and its forms where it depends on a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) key: String,
    /// The values it may hold, as its key names them.
    pub(crate) values: Vec<String>,
    pub(crate) forms: Vec<String>,
}

/// A whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct File {
    /// What a line that begins with `@` tells of the language.
    pub(crate) about: BTreeMap<String, String>,
    pub(crate) texts: Vec<Text>,
}

impl File {
    /// What is told of the language under a name.
    pub(crate) fn about(&self, name: &str) -> &str {
        self.about.get(name).map_or("", String::as_str)
    }
}

/// Reads a file.
///
/// # Panics
/// On a line that is neither a comment nor `key = text`: a file is read when the app is built.
pub(crate) fn read(text: &str) -> File {
    let mut file = File::default();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, text) = line
            .split_once(" = ")
            .unwrap_or_else(|| panic!("no `key = text`: {line}"));
        let forms = text.split(" | ").map(|form| form.trim().to_owned());
        match key.strip_prefix('@') {
            Some(name) => {
                let _former = file.about.insert(name.to_owned(), text.to_owned());
            }
            None => {
                let (key, values) = match key.split_once('(') {
                    Some((key, values)) => (key, values.trim_end_matches(')')),
                    None => (key, ""),
                };
                let values = values.split(", ").filter(|value| !value.is_empty());
                file.texts.push(Text {
                    key: key.to_owned(),
                    values: values.map(str::to_owned).collect(),
                    forms: forms.collect(),
                });
            }
        }
    }
    file
}
