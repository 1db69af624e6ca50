//! Every sample of the wire, held against the real postcard.

use std::collections::BTreeSet;
use std::fmt::Debug;

use protocol::attachment::Upload;
use protocol::visitor::VisitorCommand;
use serde::Serialize;
use serde::de::DeserializeOwned;
use socket::Codec as _;

use super::Postcard;

/// One made-up value of every variant, kept with the protocol. A new variant does not compile there
/// without one.
#[path = "../../../protocol/tests/wire/samples/mod.rs"]
#[expect(dead_code, reason = "only all of them together are wanted here")]
pub(super) mod samples;

/// Something that is done with every value of the samples.
pub(crate) trait Visit {
    fn visit<T>(&mut self, kind: &str, variant: &str, value: &T)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned;
}

/// The kinds that visitors are told of, and the frame around each: before it, after it. By its bytes
/// as in `VisitorEvent`, so that a number that moved is noticed too.
const AROUND: [(&str, &[u8], &[u8]); 18] = [
    ("visitor_event", &[], &[]),
    ("public_entry", &[1], &[]),
    ("state_line", &[3], &[]),
    ("typist", &[5], &[1]),
    ("refusal", &[8, 0], &[0]),
    ("field", &[8, 0, 41], &[0, 0]),
    ("problem", &[8, 0, 41, 0], &[0]),
    // An entry's number, time and missing key come first, then author, then body.
    ("public_author", &[1, 1, 2, 0], &[1, 8]),
    ("public_body", &[1, 1, 2, 0, 0], &[]),
    ("public_event", &[1, 1, 2, 0, 0, 1], &[]),
    ("message", &[1, 1, 2, 0, 0, 0], &[]),
    ("rich_text", &[1, 1, 2, 0, 0, 0], &[0, 0, 0, 0]),
    ("node", &[1, 1, 2, 0, 0, 0, 1], &[0, 0, 0, 0]),
    ("tag", &[1, 1, 2, 0, 0, 0, 1, 3], &[0, 0, 0, 0]),
    ("source", &[1, 1, 2, 0, 0, 0, 0, 1], &[0, 0, 0]),
    ("face", &[3, 5], &[]),
    ("widget_view", &[4], &[]),
    // A name and a greeting without letters, no starters, no button, then one field, no consent,
    // no files, no preview, no thumbs.
    ("field_kind", &[4, 0, 0, 0, 0, 1], &[1, 0, 0, 0, 0]),
];

#[derive(Default)]
struct Compare {
    seen: BTreeSet<String>,
}

impl Visit for Compare {
    fn visit<T>(&mut self, kind: &str, variant: &str, value: &T)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned,
    {
        let bytes = postcard::to_allocvec(value).unwrap();
        if kind == "visitor_command" {
            let command: VisitorCommand = postcard::from_bytes(&bytes).unwrap();
            assert_eq!(bytes, Postcard::encode(&command), "{variant}");
        } else if kind == "upload" {
            let told: Upload = postcard::from_bytes(&bytes).unwrap();
            let told = match told {
                Upload::Kept(file) => Ok(file),
                Upload::Refused { refusal, sentence } => Err((refusal, sentence)),
            };
            assert_eq!(Some(told), super::upload(&bytes), "{variant}");
            for cut in 0..bytes.len() {
                assert_eq!(None, super::upload(&bytes[..cut]), "{variant} cut at {cut}");
            }
        } else if let Some((_, before, after)) = AROUND.iter().find(|(name, ..)| *name == kind) {
            let frame = [before, bytes.as_slice(), after].concat();
            let event = Postcard::decode(&frame).unwrap_or_else(|| panic!("{kind}.{variant}"));
            assert_eq!(
                frame,
                postcard::to_allocvec(&event).unwrap(),
                "{kind}.{variant}"
            );
            for cut in 0..frame.len() {
                assert_eq!(
                    None,
                    Postcard::decode(&frame[..cut]),
                    "{kind}.{variant} cut at {cut}"
                );
            }
        } else {
            return;
        }
        self.seen.insert(kind.to_owned());
    }
}

#[test]
fn every_command_and_event_is_as_postcard_has_it() {
    let mut compare = Compare::default();
    samples::all(&mut compare);
    for kind in [
        "visitor_command",
        "upload",
        "visitor_event",
        "public_entry",
        "public_event",
        "state_line",
        "widget_view",
        "field_kind",
        "refusal",
        "field",
        "problem",
        "node",
        "tag",
    ] {
        assert!(compare.seen.contains(kind), "no sample of {kind}");
    }
}

#[test]
fn a_start_with_a_token_is_as_postcard_has_it() {
    use protocol::visitor::{Page, Start};
    use protocol::{ChatbotId, ConversationId, PublicSeq, Timestamp};

    let start = VisitorCommand::Start(Start {
        token: Some("5e".repeat(100)),
        chatbot: ChatbotId::new(Timestamp(1), &[1; 10]),
        conversation: ConversationId::new(Timestamp(2), &[2; 10]),
        after: PublicSeq(u64::MAX),
        page: Page::default(),
        locale: "ü".repeat(100),
    });
    assert_eq!(
        postcard::to_allocvec(&start).unwrap(),
        Postcard::encode(&start)
    );
}

#[test]
fn noise_is_no_event() {
    for byte in 0..=255 {
        for length in 0..40 {
            // It must neither panic nor ask for a gigabyte.
            let _event = Postcard::decode(&vec![byte; length]);
        }
    }
    assert_eq!(None, Postcard::decode(&[0xff; 40]));
}
