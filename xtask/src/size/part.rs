//! The parts with a budget, and which files belong to each.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const KB: u64 = 1024;

/// What a browser loads together.
pub(super) struct Part {
    pub(super) name: &'static str,
    /// Brotli bytes.
    pub(super) budget: u64,
    folder: &'static str,
    belongs: fn(&str) -> bool,
}

/// The loader is on every page of a customer's site; the widget only after a click.
pub(super) const PARTS: [Part; 7] = [
    Part {
        name: "Loader",
        budget: KB + KB / 2,
        folder: "widget",
        belongs: |name| name == LOADER,
    },
    Part {
        name: "Widget",
        // 30 KB until it could leave details, answer proposals and change with the settings; this is for
        // all that it will ever do.
        budget: 40 * KB,
        folder: "widget",
        belongs: |name| ![LOADER, PANEL].contains(&name) && ends(name, &[".wasm", ".js", ".css"]),
    },
    Part {
        name: "Panel and script API",
        // Joins the loader at the first sign of interest or the page's first call.
        budget: 2 * KB + KB / 2,
        folder: "widget",
        belongs: |name| name == PANEL,
    },
    Part {
        name: "Parts of the widget",
        // Each is loaded when it is asked for, and the style with the first.
        budget: 9 * KB,
        folder: "widget/parts",
        belongs: |name| ends(name, &[".js", ".css"]),
    },
    Part {
        name: "Languages",
        // A visitor loads one of the twelve.
        budget: 12 * (2 * KB + KB / 4),
        folder: "widget/words",
        belongs: |name| name.ends_with(".txt"),
    },
    Part {
        name: "Inbox",
        // 350 KB until it could search everything, keep views and contacts, and do one thing to many
        // conversations. An agent loads it once for each version and works in it all day.
        budget: 400 * KB,
        folder: "app",
        belongs: |name| name == BOOT || name.starts_with("inbox"),
    },
    Part {
        name: "Other pages",
        // 350 KB until all settings of a chatbot and the team were pages, whose types alone take a tenth;
        // 448 KB until everybody had a profile with a second step, and mails a log; 472 KB until changes
        // were written down, settings taken along, and first steps led through; 528 KB until workspaces had
        // roles of their own and modules to switch; 544 KB until there was a playground; 592 KB until a list
        // of the settings stood beside each of their pages and the team's told who is there; 616 KB until
        // chatbots were taught on a page, the audit log said every choice in words, and what was refused had
        // its way on beside it. Loaded by who sets something up, once for each version.
        budget: 648 * KB,
        folder: "app",
        belongs: |name| name == BOOT || name.starts_with("pages"),
    },
];

const LOADER: &str = "loader.js";
const PANEL: &str = "panel.js";
const BOOT: &str = "boot.js";

impl Part {
    /// The part's files; none at all is an error, lest an empty folder be within budget.
    pub(super) fn files(&self, dist: &Path) -> Result<Vec<PathBuf>> {
        let folder = dist.join(self.folder);
        let entries =
            fs::read_dir(&folder).with_context(|| format!("list {}", folder.display()))?;
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            // The copies that are made once for the server are not what is counted.
            if !name.ends_with(".br") && (self.belongs)(&name) {
                files.push(entry.path());
            }
        }
        if files.is_empty() {
            bail!("{} has no files in {}", self.name, folder.display());
        }
        files.sort();
        Ok(files)
    }
}

fn ends(name: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(part: &Part, dist: &Path) -> Vec<String> {
        let files = part.files(dist).unwrap();
        files
            .iter()
            .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn each_file_counts_for_the_part_that_loads_it() {
        let temporary = tempfile::tempdir().unwrap();
        let dist = temporary.path();
        for folder in ["app", "widget/words", "widget/parts"] {
            fs::create_dir_all(dist.join(folder)).unwrap();
        }
        for file in [
            "loader.js",
            "panel.js",
            "boot.js",
            "widget.js",
            "widget_bg.wasm",
            "widget.css",
        ] {
            fs::write(dist.join("widget").join(file), "x").unwrap();
        }
        fs::write(dist.join("widget/index.html"), "x").unwrap();
        fs::write(dist.join("widget/words/en.txt"), "x").unwrap();
        fs::write(dist.join("widget/parts/rating.js"), "x").unwrap();

        for file in [
            "boot.js",
            "inbox.js",
            "inbox_bg.wasm",
            "inbox.js.br",
            "pages.js",
        ] {
            fs::write(dist.join("app").join(file), "x").unwrap();
        }

        let [loader, widget, panel, parts, words, inbox, pages] = &PARTS;
        assert_eq!(names(loader, dist), ["loader.js"]);
        assert_eq!(
            names(widget, dist),
            ["boot.js", "widget.css", "widget.js", "widget_bg.wasm"]
        );
        assert_eq!(names(panel, dist), ["panel.js"]);
        assert_eq!(names(parts, dist), ["rating.js"]);
        assert_eq!(names(words, dist), ["en.txt"]);
        assert_eq!(names(inbox, dist), ["boot.js", "inbox.js", "inbox_bg.wasm"]);
        assert_eq!(names(pages, dist), ["boot.js", "pages.js"]);
        fs::remove_dir_all(dist.join("widget")).unwrap();
        fs::create_dir(dist.join("widget")).unwrap();
        assert!(widget.files(dist).is_err());
    }
}
