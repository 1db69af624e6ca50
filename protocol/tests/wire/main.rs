//! The wire: how every value looks in JSON, that both encodings bring it back whole, and that the
//! protocol's page tells the same.

mod page;
mod samples;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Something that is done with every value of the samples.
trait Visit {
    fn visit<T>(&mut self, kind: &str, variant: &str, value: &T)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned;
}

struct Snapshots {
    names: BTreeSet<String>,
}

impl Visit for Snapshots {
    fn visit<T: Serialize>(&mut self, kind: &str, variant: &str, value: &T) {
        let name = match variant {
            "" => kind.to_owned(),
            variant => format!("{kind}.{variant}"),
        };
        assert!(self.names.insert(name.clone()), "{name} has two samples");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_json_snapshot!(name, value);
        });
    }
}

/// Every value has its snapshot, and no snapshot is of a value that is gone. The samples do not
/// compile while a variant has none.
#[test]
fn every_variant_looks_in_json_as_it_did() {
    let mut snapshots = Snapshots {
        names: BTreeSet::new(),
    };
    samples::all(&mut snapshots);

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/snapshots");
    let files = std::fs::read_dir(folder).expect("the snapshots lie beside the tests");
    let kept: BTreeSet<String> = files
        .map(|file| file.expect("a file").file_name().into_string())
        .map(|name| name.expect("names are plain"))
        .filter_map(|name| name.strip_suffix(".snap").map(str::to_owned))
        .collect();
    assert_eq!(snapshots.names, kept);
}

struct ThereAndBack;

impl Visit for ThereAndBack {
    fn visit<T>(&mut self, kind: &str, variant: &str, value: &T)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned,
    {
        let json = serde_json::to_string(value).expect("every value can be written");
        let back: T = serde_json::from_str(&json).expect("what was written can be read");
        assert_eq!(value, &back, "{kind}.{variant} through JSON");

        let bytes = postcard::to_allocvec(value).expect("every value can be written");
        let (back, rest): (T, _) =
            postcard::take_from_bytes(&bytes).expect("what was written can be read");
        assert_eq!(value, &back, "{kind}.{variant} through postcard");
        assert!(rest.is_empty());
        for end in 0..bytes.len() {
            assert!(
                postcard::from_bytes::<T>(&bytes[..end]).is_err(),
                "{kind}.{variant} cut off after {end} bytes was taken for whole"
            );
        }
    }
}

#[test]
fn every_variant_comes_back_whole_from_both_encodings() {
    samples::all(&mut ThereAndBack);
}

struct Tags;

impl Visit for Tags {
    fn visit<T: Serialize>(&mut self, kind: &str, variant: &str, value: &T) {
        if variant.is_empty() {
            return;
        }
        let tag = match serde_json::to_value(value).expect("every value can be written") {
            serde_json::Value::String(tag) => tag,
            serde_json::Value::Object(object) => {
                assert_eq!(1, object.len(), "{kind}.{variant} has one tag");
                object.keys().next().expect("there is one").clone()
            }
            other => panic!("{kind}.{variant} is written as {other}"),
        };
        assert_eq!(variant, tag, "{kind}");
    }
}

/// A variant without facts is a bare word, one with facts an object of one key.
#[test]
fn every_variant_is_tagged_from_outside_in_snake_case() {
    samples::all(&mut Tags);
}

#[test]
fn a_client_of_an_older_version_ignores_what_was_added() {
    let frame = r#"{"read_by_team":{"seq":4,"by":"Ana"}}"#;
    let event: protocol::visitor::VisitorEvent = serde_json::from_str(frame).unwrap();
    assert_eq!(
        protocol::visitor::VisitorEvent::ReadByTeam {
            seq: protocol::PublicSeq(4)
        },
        event
    );
}

#[test]
fn a_frame_that_is_no_command_is_not_taken_for_one() {
    for frame in [
        "",
        "null",
        "{}",
        "[]",
        r#""start""#,
        r#""Ping""#,
        r#"{"say":{}}"#,
        r#"{"say":{"key":"7","text":"Hello?"}}"#,
        r#"{"say":{"key":"01890a5d-ac96-774b-bcce-b302099a8057","text":7}}"#,
        r#"{"read":{"seq":-1}}"#,
        r#"{"read":{"seq":1.5}}"#,
        r#"{"claim":{"handoff":"01890a5d-ac96-774b-bcce-b302099a8057"}}"#,
        r#"{"typing":{"typing":true},"read":{"seq":1}}"#,
    ] {
        assert!(
            serde_json::from_str::<protocol::visitor::VisitorCommand>(frame).is_err(),
            "{frame}"
        );
    }
}

/// A client never takes postcard of another schema for its own.
#[test]
fn the_name_of_the_binary_encoding_holds_a_hash_of_the_types() {
    let name = protocol::schema::postcard();
    let hash = name
        .strip_prefix("baton.")
        .and_then(|rest| rest.strip_suffix(".postcard"))
        .unwrap();
    assert_eq!(16, hash.len());
    assert!(hash.chars().all(|c| c.is_ascii_hexdigit()));
    assert_eq!(name, protocol::schema::postcard());
}

/// A type outside of the hash could change without its name, and old tabs would misread it.
#[test]
fn the_hash_covers_every_file_with_types_of_the_wire() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let schema = std::fs::read_to_string(source.join("schema.rs")).unwrap();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&source).unwrap().to_str().unwrap();
            let holds_types = std::fs::read_to_string(&path)
                .unwrap()
                .contains("Serialize");
            // These travel over server functions alone.
            if holds_types
                && ![
                    "api_token.rs",
                    "forms.rs",
                    "knowledge.rs",
                    "settings.rs",
                    "look.rs",
                    "doctor.rs",
                    "team.rs",
                    "module.rs",
                    "audit.rs",
                    "data.rs",
                    "delivery.rs",
                    "playground.rs",
                    "profile.rs",
                ]
                .contains(&name)
            {
                let included = format!("include_str!(\"{name}\")");
                assert!(schema.contains(&included), "{name} is not in the hash");
            }
        }
    }
}
