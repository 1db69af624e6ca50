//! The house rules that a compiler does not check.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// All hand-written files below some folders, with their text.
fn files(folders: &[&str], endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}")) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["node_modules", "target", "dist", "results"].contains(&&*name) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let short = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.push((short, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

const CRATES: &[&str] = &[
    "protocol",
    "domain",
    "socket",
    "app",
    "frontend",
    "server",
    "widget",
    "migrations",
    "load",
    "xtask",
];

/// The files in which a word stands that may stand elsewhere only.
fn offenders(
    files: &[(String, String)],
    word: &str,
    allowed: impl Fn(&str) -> bool,
) -> Vec<String> {
    let bad = files
        .iter()
        .filter(|(name, text)| text.contains(word) && !allowed(name));
    bad.map(|(name, _)| name.clone()).collect()
}

fn is_test(name: &str) -> bool {
    name.contains("/tests/") || name.ends_with("/tests.rs")
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    for (name, text) in files(CRATES, &[".rs"]) {
        assert!(
            text.starts_with("//! "),
            "{name} does not open with a sentence"
        );
        let lines = text.lines().count();
        assert!(lines <= 400 || is_test(&name), "{name} has {lines} lines");
    }
    for (name, text) in files(&["style", "widget", "demo", "frontend"], &[".css", ".js"]) {
        assert!(text.lines().count() <= 400, "{name} is too long");
    }
}

#[test]
fn the_app_is_the_same_code_on_both_sides() {
    let app = files(&["app/src"], &[".rs"]);
    assert_eq!(
        Vec::<String>::new(),
        offenders(&app, "cfg(feature", |_| false)
    );
    assert_eq!(
        Vec::<String>::new(),
        offenders(&app, "cfg_attr(feature", |_| false)
    );
}

#[test]
fn only_the_store_knows_the_database() {
    let all = files(CRATES, &[".rs"]);
    let allowed = |name: &str| {
        name.starts_with("server/src/store/") || name.starts_with("migrations/") || is_test(name)
    };
    assert_eq!(Vec::<String>::new(), offenders(&all, "sea_orm::", allowed));
}

#[test]
fn every_address_is_in_the_routers_list() {
    let server = files(&["server/src"], &[".rs"]);
    let allowed = |name: &str| name == "server/src/router/listed.rs" || is_test(name);
    assert_eq!(
        Vec::<String>::new(),
        offenders(&server, "Router::new()", allowed)
    );
}

#[test]
fn only_the_edges_of_the_browser_know_the_browser() {
    let all = files(CRATES, &[".rs"]);
    let allowed = |name: &str| {
        name == "socket/src/browser.rs"
            || name.starts_with("socket/src/browser/")
            || name.starts_with("widget/")
            || name.starts_with("app/src/parts/")
            || name.starts_with("app/src/live/")
            || is_test(name)
    };
    assert_eq!(Vec::<String>::new(), offenders(&all, "web_sys::", allowed));
}

#[test]
fn the_rules_do_no_io() {
    let rules = files(&["domain/src"], &[".rs"]);
    for word in [
        "tokio",
        "async ",
        "axum",
        "sea_orm",
        "std::time",
        "std::fs",
        "std::net",
    ] {
        assert_eq!(
            Vec::<String>::new(),
            offenders(&rules, word, |_| false),
            "{word}"
        );
    }
}

#[test]
fn the_wall_clock_is_read_in_one_place() {
    let all = files(&["server/src", "domain/src", "protocol/src"], &[".rs"]);
    let allowed = |name: &str| name == "server/src/clock.rs";
    assert_eq!(
        Vec::<String>::new(),
        offenders(&all, "SystemTime::now", allowed)
    );
}

#[test]
fn no_html_is_made_from_messages() {
    let all = files(CRATES, &[".rs", ".js"]);
    for word in [
        "inner_html",
        "innerHTML",
        "insert_adjacent_html",
        "insertAdjacentHTML",
        "outerHTML",
    ] {
        assert_eq!(
            Vec::<String>::new(),
            offenders(&all, word, is_test),
            "{word}"
        );
    }
}

#[test]
fn no_queue_is_without_a_bound() {
    let all = files(CRATES, &[".rs"]);
    assert_eq!(Vec::<String>::new(), offenders(&all, "unbounded", is_test));
}

/// Plays both ends of a connection and judges what the rules decided; no part of the program.
const SIMULATION: &str = "server/src/sim/";

#[test]
fn only_the_hub_and_the_connections_send_to_a_browser() {
    let server = files(&["server/src"], &[".rs"]);
    let senders = ["server/src/hub/", "server/src/socket/", SIMULATION];
    let allowed = |name: &str| senders.iter().any(|place| name.starts_with(place));
    assert_eq!(
        Vec::<String>::new(),
        offenders(&server, "ws::Message", allowed)
    );
    assert_eq!(
        Vec::<String>::new(),
        offenders(&server, "Frame::new", allowed)
    );
}

#[test]
fn every_setting_has_a_comment_and_is_read() {
    let settings = fs::read_to_string(root().join("config.default.toml")).unwrap();
    let config = fs::read_to_string(root().join("server/src/config.rs")).unwrap();
    let server: String = files(&["server/src"], &[".rs"])
        .into_iter()
        .filter(|(name, _)| name != "server/src/config.rs")
        .map(|(_, text)| text)
        .collect();
    let mut before = "";
    for line in settings.lines() {
        if let Some((key, _)) = line.split_once(" = ") {
            assert!(before.starts_with('#'), "{key} has no comment");
            assert!(
                config.contains(&format!("pub {key}: ")),
                "{key} is not a setting"
            );
            assert!(
                server.contains(&format!(".{key}")) || server.contains(&format!("{key}:")),
                "{key} is never read"
            );
        }
        before = line;
    }
}

#[test]
fn every_path_to_a_stored_handoff_goes_through_the_rules() {
    let server = files(&["server/src"], &[".rs"]);
    let allowed =
        |name: &str| name.starts_with("server/src/store/") || name.starts_with(SIMULATION);
    for state in [
        "HandoffState::Active(",
        "HandoffState::Resolved {",
        "HandoffState::Cancelled {",
    ] {
        assert_eq!(
            Vec::<String>::new(),
            offenders(&server, state, allowed),
            "{state}"
        );
    }
}

/// What is found in pictures is kept for the whole run of the browser tests: left unread it would fail
/// another file's story.
#[test]
fn every_story_that_takes_pictures_says_what_keeps_somebody_out() {
    let stories = files(&["end2end"], &[".spec.mjs"]);
    let takes = stories.iter().filter(|(_, text)| text.contains("shoot("));
    let silent = takes
        .clone()
        .filter(|(_, text)| !text.contains("expect(obstacles).toEqual({})"));
    let silent: Vec<_> = silent.map(|(name, _)| name).collect();
    assert!(takes.count() > 10, "nothing was read");
    assert_eq!(Vec::<&String>::new(), silent);
}
