//! `docs/protocol.md` says what the types say: every example on it is a frame, every frame has its
//! example, and its tables name every refusal, limit and close code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::attachment::Attachment;
use protocol::card::Card;
use protocol::entry::{Entry, Event, PublicEntry, PublicEvent};
use protocol::text::RichText;
use protocol::visitor::{VisitorCommand, VisitorEvent};
use protocol::{Refusal, Timestamp, close, limits, schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Visit, samples};

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/protocol.md");
    std::fs::read_to_string(path).expect("the page is there")
}

/// The blocks fenced with ```` ```json <kind> ```` or ```` ```transcript ````, with their kind.
fn blocks() -> Vec<(String, String)> {
    let page = page();
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(fence), None) => {
                let kind = fence.strip_prefix("json ").unwrap_or(fence);
                open = Some((kind.to_owned(), String::new()));
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// An example is what its type says if it can be read and nothing of it is lost or added by that.
fn check<T: Debug + Serialize + DeserializeOwned>(example: &str) -> T {
    let read: T =
        serde_json::from_str(example).unwrap_or_else(|error| panic!("{error}\n{example}"));
    let told: Value = serde_json::from_str(example).expect("what was read is JSON");
    let again = serde_json::to_value(&read).expect("wire types always encode");
    assert_eq!(again, told, "a field is missing or unknown");
    read
}

#[test]
fn every_example_is_what_it_claims_to_be() {
    let mut kinds = BTreeMap::<String, usize>::new();
    for (kind, example) in blocks() {
        match kind.as_str() {
            "visitor_command" => drop(check::<VisitorCommand>(&example)),
            "visitor_event" => drop(check::<VisitorEvent>(&example)),
            "agent_command" => drop(check::<AgentCommand>(&example)),
            "agent_event" => drop(check::<AgentEvent>(&example)),
            "public_entry" => drop(check::<PublicEntry>(&example)),
            "public_event" => drop(check::<PublicEvent>(&example)),
            "entry" => drop(check::<Entry>(&example)),
            "event" => drop(check::<Event>(&example)),
            "card" => drop(check::<Card>(&example)),
            "attachment" => drop(check::<Attachment>(&example)),
            "rich_text" => drop(check::<RichText>(&example)),
            "transcript" | "http" | "html" => continue,
            other => panic!("no example is known of {other:?}"),
        }
        *kinds.entry(kind).or_default() += 1;
    }
    assert!(kinds.len() >= 6, "{kinds:?}");
}

struct Shown(Vec<(String, Value)>);

impl Visit for Shown {
    fn visit<T: Serialize>(&mut self, kind: &str, variant: &str, value: &T) {
        // What a frame or an entry holds is shown with it.
        let shown_alone = [
            "visitor_command",
            "visitor_event",
            "agent_command",
            "agent_event",
            "event",
            "public_event",
        ];
        if !shown_alone.contains(&kind) {
            return;
        }
        let sample = serde_json::to_value(value).expect("wire types always encode");
        let shown = self
            .0
            .iter()
            .any(|(shown, example)| shown == kind && *example == sample);
        assert!(
            shown,
            "{kind}.{variant} is not on the page as it is in its snapshot:\n{sample:#}"
        );
    }
}

#[test]
fn every_command_and_event_is_on_the_page_as_in_its_snapshot() {
    let examples = blocks().into_iter().filter_map(|(kind, example)| {
        let example = serde_json::from_str(&example).ok()?;
        Some((kind, example))
    });
    let mut shown = Shown(examples.collect());
    samples::frames(&mut shown);
    samples::entries(&mut shown);
}

struct Words(String);

impl Visit for Words {
    fn visit<T: Serialize>(&mut self, kind: &str, variant: &str, _: &T) {
        let word = format!("\"{variant}\"");
        let named = variant.is_empty() || self.0.contains(&word);
        // A refusal's code stands alone in its table; frames have their examples.
        let elsewhere = matches!(
            kind,
            "refusal" | "visitor_command" | "visitor_event" | "agent_command" | "agent_event"
        );
        assert!(named || elsewhere, "the page does not name {kind} {word}");
    }
}

#[test]
fn every_word_is_named_outside_of_the_examples() {
    let mut prose = page();
    for (_, example) in blocks() {
        prose = prose.replace(&example, "");
    }
    let mut words = Words(prose);
    samples::frames(&mut words);
    samples::words(&mut words);
    samples::refusals(&mut words);
}

struct Refusals(String);

impl Visit for Refusals {
    fn visit<T: Serialize>(&mut self, kind: &str, variant: &str, value: &T) {
        if kind != "refusal" {
            return;
        }
        let refusal: Refusal =
            serde_json::from_value(serde_json::to_value(value).expect("wire types always encode"))
                .expect("what was written can be read");
        let (code, sentence) = (format!("| `{variant}` |"), refusal.to_string());
        let row = self.0.lines().find(|line| line.starts_with(&code));
        let row = row.unwrap_or_else(|| panic!("{variant} is not in the table"));
        let says = row.ends_with(&format!("| {sentence} |"));
        assert!(says, "{row}\ndoes not say\n{sentence}");
    }
}

#[test]
fn every_refusal_is_in_the_table_with_its_sentence() {
    samples::refusals(&mut Refusals(page()));
}

#[test]
fn the_page_names_every_limit_close_code_and_subprotocol() {
    let page = page();
    for (what, limit) in [
        ("A message or note", limits::TEXT),
        ("The text of a card's last line", limits::LAST_LINE),
        ("An address of a page", limits::PAGE_URL),
        ("A name in the form", limits::NAME),
        ("An e-mail address in the form", limits::EMAIL),
        ("A phone number in the form", limits::PHONE),
        ("Any other field of the form", limits::FORM_TEXT),
        ("Entries in one page", limits::ENTRIES_PAGE),
        ("Cards in one page", limits::CARDS_PAGE),
        ("Threads one connection may follow", limits::THREADS),
        ("A visitor's frame", limits::VISITOR_FRAME),
        ("An agent's frame", limits::AGENT_FRAME),
    ] {
        let row = format!("| {what} | {limit} ");
        assert!(page.contains(&row), "{row}");
    }
    for code in [
        close::RESTART,
        close::RESUME,
        close::RELOAD,
        close::REVOKED,
        close::BROKEN,
        close::NOT_UTF8,
        close::POLICY,
        close::TOO_BIG,
    ] {
        assert!(page.contains(&format!("| {code} |")), "{code}");
    }
    assert!(page.contains(schema::JSON));
}

/// One frame of the transcript: who, in which direction, what.
struct Line {
    who: String,
    sent: bool,
    frame: String,
}

fn transcripts() -> Vec<Vec<Line>> {
    let transcripts = blocks()
        .into_iter()
        .filter(|(kind, _)| kind == "transcript");
    transcripts.map(|(_, text)| lines(&text)).collect()
}

fn lines(text: &str) -> Vec<Line> {
    text.lines()
        .map(|line| {
            let mut parts = line.splitn(3, char::is_whitespace);
            let (who, direction) = (parts.next(), parts.next());
            Line {
                who: who.expect("somebody").to_owned(),
                sent: match direction {
                    Some("→") => true,
                    Some("←") => false,
                    other => panic!("{other:?} is no direction in {line}"),
                },
                frame: parts.next().expect("a frame").trim().to_owned(),
            }
        })
        .collect()
}

/// The key that a frame carries, for commands and for answers.
fn key_of(frame: &Value) -> Option<String> {
    let (tag, body) = frame.as_object()?.iter().next()?;
    let carries = matches!(
        tag.as_str(),
        "say"
            | "ask_for_human"
            | "cancel_handoff"
            | "answer_proposal"
            | "send_form"
            | "add_note"
            | "claim"
            | "reject"
            | "step_in"
            | "transfer"
            | "release"
            | "resolve"
            | "done"
            | "refused"
    );
    carries.then(|| body.get("key")?.as_str().map(str::to_owned))?
}

#[test]
fn the_transcripts_are_conversations_that_could_have_been() {
    let transcripts = transcripts();
    assert_eq!(2, transcripts.len());
    for transcript in transcripts {
        could_have_been(transcript);
    }
}

fn could_have_been(transcript: Vec<Line>) {
    let mut asked = BTreeSet::new();
    let mut visitor_has = 0;
    let mut team_has = BTreeMap::<String, u64>::new();
    let mut last = Timestamp(0);
    for Line { who, sent, frame } in transcript {
        let value: Value = serde_json::from_str(&frame).expect("a frame is JSON");
        match (who.as_str(), sent) {
            ("visitor", true) => drop(check::<VisitorCommand>(&frame)),
            ("visitor", false) => {
                if let VisitorEvent::EntryAdded(entry) = check(&frame) {
                    visitor_has += 1;
                    assert_eq!(visitor_has, entry.seq.0, "{frame}");
                    assert!(entry.at >= last, "{frame}");
                    last = entry.at;
                }
            }
            (_, true) => drop(check::<AgentCommand>(&frame)),
            (_, false) => match check(&frame) {
                AgentEvent::Thread(thread) => {
                    let newest = thread.entries.last().map_or(0, |entry| entry.seq.0);
                    team_has.insert(who.clone(), newest);
                }
                AgentEvent::EntryAdded { entry, .. } => {
                    let newest = team_has.get_mut(&who).expect("a thread comes first");
                    *newest += 1;
                    assert_eq!(*newest, entry.seq.0, "{frame}");
                }
                _ => {}
            },
        }
        if let Some(key) = key_of(&value) {
            if sent {
                assert!(asked.insert((who, key)), "a key is used twice: {frame}");
            } else {
                assert!(asked.remove(&(who, key)), "nobody asked for this: {frame}");
            }
        }
    }
    assert!(asked.is_empty(), "never answered: {asked:?}");
    assert!(visitor_has >= 6);
}
