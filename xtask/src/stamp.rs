//! Stamps: what a bundle was made from, so that it is made again only when that has changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// A hash over the names and contents of everything that goes into a result.
pub(crate) struct Stamp {
    hash: Sha256,
}

impl Stamp {
    pub(crate) fn new() -> Self {
        Self {
            hash: Sha256::new(),
        }
    }

    /// Adds a word, such as the version of a tool.
    pub(crate) fn word(mut self, word: &str) -> Self {
        self.add(word.as_bytes());
        self
    }

    /// Adds a file, or every file in a folder; one that does not exist counts as absent.
    pub(crate) fn path(mut self, root: &Path, name: &str) -> Result<Self> {
        let mut files = Vec::new();
        list(&root.join(name), &mut files)?;
        files.sort();
        for file in files {
            let shown = file
                .strip_prefix(root)
                .unwrap_or(&file)
                .to_string_lossy()
                .into_owned();
            let content = fs::read(&file).with_context(|| format!("read {shown}"))?;
            self.add(shown.as_bytes());
            self.add(&content);
        }
        Ok(self)
    }

    /// The finished stamp.
    pub(crate) fn text(self) -> String {
        self.hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The length goes in first: `ab` + `c` must not look like `a` + `bc`.
    fn add(&mut self, bytes: &[u8]) {
        self.hash.update((bytes.len() as u64).to_le_bytes());
        self.hash.update(bytes);
    }
}

/// Whether the file holds this stamp and every result it lists is still in the folder.
pub(crate) fn is_current(mark: &Path, stamp: &str, folder: &Path) -> bool {
    let Ok(found) = fs::read_to_string(mark) else {
        return false;
    };
    let mut lines = found.lines();
    lines.next() == Some(stamp) && lines.all(|name| folder.join(name).is_file())
}

/// The results that the file lists; none where there is no such file.
pub(crate) fn results(mark: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let found = fs::read_to_string(mark).unwrap_or_default();
    let names: Vec<PathBuf> = found.lines().skip(1).map(PathBuf::from).collect();
    names.into_iter()
}

/// Writes the stamp with the names of the results, once these are in place.
pub(crate) fn keep(mark: &Path, stamp: &str, results: &[PathBuf]) -> Result<()> {
    let names = results.iter().map(|name| format!("\n{}", name.display()));
    let text: String = [stamp.to_owned()].into_iter().chain(names).collect();
    fs::write(mark, text).with_context(|| format!("write {}", mark.display()))
}

/// Every file below a path.
pub(crate) fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("list {}", path.display()))? {
            list(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_or_a_moved_border_changes_the_stamp() {
        let stamp = |words: &[&str]| {
            words
                .iter()
                .fold(Stamp::new(), |stamp, word| stamp.word(word))
                .text()
        };

        assert_eq!(stamp(&["ab", "c"]), stamp(&["ab", "c"]));
        assert_ne!(stamp(&["ab", "c"]), stamp(&["a", "bc"]));
        assert_ne!(stamp(&["ab", "c"]), stamp(&["ab", "d"]));
    }

    #[test]
    fn a_result_that_is_gone_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("app.js"), "a").unwrap();
        let mark = root.join(".app");
        keep(&mark, "abc", &[PathBuf::from("app.js")]).unwrap();

        assert!(is_current(&mark, "abc", root));
        assert!(results(&mark).eq([PathBuf::from("app.js")]));
        assert!(!is_current(&mark, "abd", root));
        fs::remove_file(root.join("app.js")).unwrap();
        assert!(!is_current(&mark, "abc", root));
    }

    #[test]
    fn a_changed_file_changes_the_stamp_and_an_unrelated_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("style/parts")).unwrap();
        fs::write(root.join("style/parts/button.css"), "a").unwrap();
        let stamp = || Stamp::new().path(root, "style").unwrap().text();
        let before = stamp();

        fs::write(root.join("other.css"), "b").unwrap();
        assert_eq!(before, stamp());

        fs::write(root.join("style/parts/button.css"), "b").unwrap();
        assert_ne!(before, stamp());
    }
}
