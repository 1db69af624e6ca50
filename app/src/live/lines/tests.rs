//! How timelines are laid out.

use protocol::entry::{Author, Message, MissedReason, Passed, Released, Taken, Trigger};
use protocol::text::RichText;
use protocol::{AgentId, ConversationId, PublicSeq};

use super::*;
use crate::live::state::{Mode, Progress};

const DAY: i64 = 24 * 60 * 60 * 1000;
const MINUTE: i64 = 60 * 1000;

fn key(n: u8) -> Key {
    Key::new(Timestamp(0), &[n; 10])
}

fn handoff() -> HandoffId {
    HandoffId::new(Timestamp(0), &[1; 10])
}

fn agent() -> AgentId {
    AgentId::new(Timestamp(0), &[2; 10])
}

/// A timeline told as what happened and when, in minutes.
fn timeline(told: &[(i64, Author, Body)]) -> Timeline {
    let mut timeline = Timeline::default();
    let entries = told
        .iter()
        .zip(1..)
        .map(|((minutes, author, body), seq)| Entry {
            seq: Seq(seq),
            public_seq: Some(PublicSeq(seq)),
            at: Timestamp(minutes * MINUTE),
            key: Some(key(seq as u8)),
            author: *author,
            body: body.clone(),
        });
    timeline.add_page(entries.collect(), false);
    timeline
}

fn says() -> Body {
    Body::Message(Message {
        text: RichText::default(),
        sources: Vec::new(),
        choices: Vec::new(),
        attachments: Vec::new(),
        thumb: None,
    })
}

fn requested() -> Body {
    let message = "Somebody comes.".to_owned();
    Body::Event(Event::HandoffRequested {
        handoff: handoff(),
        trigger: Trigger::Wish,
        reason: String::new(),
        message,
    })
}

fn claimed() -> Body {
    Body::Event(Event::HandoffClaimed {
        handoff: handoff(),
        agent: agent(),
        how: Taken::Claimed,
        message: String::new(),
    })
}

fn resolved(outcome: Outcome) -> Body {
    let message = String::new();
    Body::Event(Event::HandoffResolved {
        handoff: handoff(),
        agent: agent(),
        outcome,
        message,
    })
}

fn laid_out(timeline: &Timeline) -> Vec<Line> {
    lines(timeline, None, None, std::iter::empty(), |at| {
        at.millis().div_euclid(DAY)
    })
}

/// A layout in short: one letter for who has it, one word for what it is.
fn drawn(lines: &[Line]) -> Vec<String> {
    let word = |line: &Line| match &line.what {
        What::Day(_) => "day".to_owned(),
        What::Unread(_) => "unread".to_owned(),
        What::Brief { brief, .. } => format!("wants {}", brief.wants),
        What::Fold(folded) => format!("fold {}", folded.len()),
        What::Says { goes_on: true, .. } => "on".to_owned(),
        What::Says { .. } => "says".to_owned(),
        What::Note(_) => "note".to_owned(),
        What::Turn { from, .. } => format!("from {}", from.name()),
        What::Told { .. } => "told".to_owned(),
        What::Going(_) => "going".to_owned(),
    };
    lines
        .iter()
        .map(|line| format!("{}: {}", line.held.name(), word(line)))
        .collect()
}

#[test]
fn the_rail_follows_a_conversation_from_the_assistant_to_a_person_and_back() {
    let told = [
        (0, Author::Visitor, says()),
        (1, Author::Ai, says()),
        (2, Author::Visitor, requested()),
        (4, Author::Agent(agent()), claimed()),
        (5, Author::Agent(agent()), says()),
        (9, Author::Agent(agent()), resolved(Outcome::RestoredToAi)),
        (10, Author::Visitor, says()),
    ];
    let lines = laid_out(&timeline(&told));
    let expected = [
        "ai: day",
        "ai: says",
        "ai: says",
        "waiting: from ai",
        "waiting: told",
        "person: from waiting",
        "person: says",
        "ai: from person",
        "ai: says",
    ];
    assert_eq!(expected, drawn(&lines)[..]);
    let waited = lines.iter().find_map(|line| match line.what {
        What::Turn { waited_ms, .. } => waited_ms,
        _ => None,
    });
    assert_eq!(Some(120_000), waited);
}

#[test]
fn the_assistants_part_is_folded_but_for_its_end() {
    let mut told: Vec<_> = (0..6).map(|at| (at, Author::Visitor, says())).collect();
    told.push((7, Author::Visitor, requested()));
    let drawn = drawn(&laid_out(&timeline(&told)));
    assert_eq!(
        ["ai: day", "ai: fold 3", "ai: says", "ai: on", "ai: on"],
        drawn[..5]
    );
}

#[test]
fn one_line_is_not_worth_a_fold() {
    let mut told: Vec<_> = (0..4).map(|at| (at, Author::Visitor, says())).collect();
    told.push((7, Author::Visitor, requested()));
    assert!(
        !drawn(&laid_out(&timeline(&told)))
            .iter()
            .any(|line| line.contains("fold"))
    );
}

#[test]
fn who_goes_on_within_minutes_is_not_named_again() {
    let told = [
        (0, Author::Visitor, says()),
        (1, Author::Visitor, says()),
        (20, Author::Visitor, says()),
        (21, Author::Ai, says()),
    ];
    let expected = ["ai: day", "ai: says", "ai: on", "ai: says", "ai: says"];
    assert_eq!(expected, drawn(&laid_out(&timeline(&told)))[..]);
}

#[test]
fn each_day_begins_with_its_name() {
    let day = DAY / MINUTE;
    let told = [(0, Author::Visitor, says()), (day, Author::Visitor, says())];
    assert_eq!(
        ["ai: day", "ai: says", "ai: day", "ai: says"],
        drawn(&laid_out(&timeline(&told)))[..]
    );
}

#[test]
fn a_closed_conversation_is_nobodys_until_the_visitor_writes() {
    let told = [
        (0, Author::Agent(agent()), claimed()),
        (1, Author::Agent(agent()), resolved(Outcome::Closed)),
        (2, Author::Visitor, says()),
    ];
    let expected = [
        "waiting: day",
        "person: from waiting",
        "nobody: from person",
        "ai: says",
    ];
    assert_eq!(expected, drawn(&laid_out(&timeline(&told)))[..]);
}

#[test]
fn a_text_on_its_way_stands_last_until_its_entry_is_there() {
    let timeline = timeline(&[(0, Author::Agent(agent()), says())]);
    let going = |n: u8| Outgoing {
        key: key(n),
        conversation: ConversationId::new(Timestamp(0), &[1; 10]),
        mode: Mode::Reply,
        text: "Hi".to_owned(),
        files: Vec::new(),
        at: Timestamp(0),
        progress: Progress::Sending,
    };
    let both = [going(1), going(9)];
    let lines = lines(&timeline, None, None, both.iter(), |_| 0);
    assert_eq!(["ai: day", "ai: says", "ai: going"], drawn(&lines)[..]);
}

fn event(event: Event) -> Body {
    Body::Event(event)
}

#[test]
fn what_changes_nobodys_hold_leaves_the_rail_and_the_assistants_part_alone() {
    let proposed = event(Event::HandoffProposed {
        handoff: handoff(),
        trigger: Trigger::Keyword,
        reason: "refund".to_owned(),
        message: "Shall I fetch somebody?".to_owned(),
    });
    let mut told: Vec<_> = (0..5).map(|at| (at, Author::Visitor, says())).collect();
    told.push((5, Author::Ai, proposed));
    told.push((6, Author::Visitor, requested()));
    let offered = event(Event::HandoffOffered {
        handoff: handoff(),
        agent: agent(),
        until: Timestamp(0),
    });
    let passed = event(Event::HandoffRejected {
        handoff: handoff(),
        agent: agent(),
        why: Passed::Expired,
    });
    told.push((7, Author::System, offered));
    told.push((8, Author::System, passed));
    let expected = [
        "ai: day",
        "ai: fold 4",
        "ai: says",
        "ai: from ai",
        "ai: told",
        "waiting: from ai",
        "waiting: told",
        "waiting: from waiting",
        "waiting: from waiting",
    ];
    assert_eq!(expected, drawn(&laid_out(&timeline(&told)))[..]);
}

#[test]
fn a_missed_request_is_the_assistants_again_until_somebody_comes_late() {
    let missed = event(Event::HandoffMissed {
        handoff: handoff(),
        trigger: Trigger::Wish,
        reason: MissedReason::Timeout,
        message: "We will write to you.".to_owned(),
        form: true,
    });
    let sent = event(Event::FormSent {
        handoff: handoff(),
        details: protocol::lead::LeadDetails::default(),
    });
    let told = [
        (0, Author::Visitor, requested()),
        (15, Author::System, missed),
        (16, Author::Visitor, sent),
        (60, Author::Agent(agent()), claimed()),
    ];
    let expected = [
        "ai: day",
        "waiting: from ai",
        "waiting: told",
        "ai: from waiting",
        "ai: told",
        "ai: from ai",
        "person: from ai",
    ];
    let lines = laid_out(&timeline(&told));
    // What lies between the last two is short enough to stay open.
    assert_eq!(expected, drawn(&lines)[..]);
}

#[test]
fn a_transfer_leads_to_a_person_or_back_into_the_line() {
    let transferred = |from, to| {
        event(Event::HandoffTransferred {
            handoff: handoff(),
            by: agent(),
            from,
            to,
            message: String::new(),
        })
    };
    let lost = event(Event::HandoffReleased {
        handoff: handoff(),
        agent: agent(),
        why: Released::Lost,
    });
    let told = [
        (
            0,
            Author::Agent(agent()),
            transferred(None, Destination::Agent(agent())),
        ),
        (
            1,
            Author::Agent(agent()),
            transferred(Some(agent()), Destination::Queue),
        ),
        (2, Author::Agent(agent()), claimed()),
        (9, Author::System, lost),
    ];
    let expected = [
        "waiting: day",
        "person: from waiting",
        "waiting: from person",
        "person: from waiting",
        "waiting: from person",
    ];
    assert_eq!(expected, drawn(&laid_out(&timeline(&told)))[..]);
}

#[test]
fn whoever_steps_in_comes_after_the_assistant() {
    let stepped = event(Event::HandoffClaimed {
        handoff: handoff(),
        agent: agent(),
        how: Taken::SteppedIn,
        message: "Mara is here.".to_owned(),
    });
    let told = [(0, Author::Agent(agent()), stepped)];
    let expected = ["ai: day", "person: from ai", "person: told"];
    assert_eq!(expected, drawn(&laid_out(&timeline(&told)))[..]);
}

#[test]
fn an_empty_message_is_not_told() {
    let cancelled = event(Event::HandoffCancelled {
        handoff: handoff(),
        by: Author::Visitor,
        message: String::new(),
    });
    let expected = ["waiting: day", "ai: from waiting"];
    let told = [(0, Author::Visitor, cancelled)];
    assert_eq!(expected, drawn(&laid_out(&timeline(&told)))[..]);
}

#[test]
fn a_brief_says_what_it_is_about_why_and_what_was_tried() {
    let words = |text: &str, sources: &[&str]| {
        let source = |title: &&str| protocol::entry::Source {
            title: (*title).to_owned(),
            url: None,
        };
        Body::Message(Message {
            text: RichText(vec![protocol::text::Node::Text(text.to_owned())]),
            sources: sources.iter().map(source).collect(),
            choices: Vec::new(),
            attachments: Vec::new(),
            thumb: None,
        })
    };
    let told = [
        (0, Author::Visitor, words("Hello", &[])),
        (1, Author::Visitor, words("My tent pole broke", &[])),
        (2, Author::Ai, words("Try this.", &["Poles", "Repairs"])),
        (3, Author::Ai, words("Or that.", &["Poles"])),
        (4, Author::Visitor, words("Can I talk to a person?", &[])),
        (5, Author::System, requested()),
        (6, Author::Agent(agent()), claimed()),
    ];
    let lines = laid_out(&timeline(&told));
    let expected = [
        "ai: day",
        "ai: wants My tent pole broke",
        "ai: fold 2",
        "ai: says",
        "ai: on",
        "ai: says",
        "waiting: from ai",
        "waiting: told",
        "person: from waiting",
    ];
    assert_eq!(expected, drawn(&lines)[..]);
    let brief = lines.iter().find_map(|line| match &line.what {
        What::Brief { brief, .. } => Some(brief),
        _ => None,
    });
    assert_eq!(vec!["Poles", "Repairs"], brief.unwrap().tried);
}
