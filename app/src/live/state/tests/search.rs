//! Stories of somebody who searches.

use protocol::search::{FoundIn, FoundLine, Hit};

use super::super::search::Stage;
use super::*;

fn hit(n: u8, lines: &[u64]) -> Hit {
    let line = |seq: &u64| FoundLine {
        seq: Seq(*seq),
        at: NOW,
        author: Author::Visitor,
        found_in: FoundIn::Message,
        text: format!("line {seq}"),
        marks: Vec::new(),
    };
    Hit {
        card: pending(n, 1, 10),
        name_marks: Vec::new(),
        lines: lines.iter().map(line).collect(),
    }
}

fn found(n: u8, hits: Vec<Hit>, next: Option<u64>) -> AgentEvent {
    let key = key(n);
    AgentEvent::Found { key, hits, next }
}

fn searching(query: &str) -> LiveState {
    let mut state = inbox(Vec::new());
    state.take_asks();
    state.search(query, key(1));
    state
}

#[test]
fn the_newest_search_counts_and_an_older_answer_is_late() {
    let mut state = searching("  po ");
    let asked = |n, query: &str, after| AgentCommand::Search {
        key: key(n),
        query: query.to_owned(),
        after,
    };
    assert_eq!(vec![asked(1, "po", None)], state.take_asks());
    state.search("pole", key(2));
    state.apply(found(1, vec![hit(1, &[1])], None), NOW);
    assert_eq!(
        (Stage::Asked, 0),
        (state.search.stage.clone(), state.search.hits.len())
    );
    state.apply(found(2, vec![hit(1, &[9, 8])], Some(7)), NOW);
    assert_eq!(
        (Stage::Found, 1),
        (state.search.stage.clone(), state.search.hits.len())
    );

    state.take_asks();
    state.search_on(key(3));
    assert_eq!(vec![asked(3, "pole", Some(7))], state.take_asks());
    state.apply(found(3, vec![hit(1, &[7, 6]), hit(2, &[1])], None), NOW);
    let lines: Vec<_> = state
        .search
        .hits
        .iter()
        .map(|hit| hit.lines.len())
        .collect();
    assert_eq!(vec![3, 1], lines);
    state.search_on(key(4));
    assert!(state.take_asks().is_empty(), "that was the last page");

    state.search("", key(5));
    assert_eq!(Search::default(), state.search);
}

#[test]
fn a_search_that_gets_no_answer_says_why() {
    let mut state = searching("pole");
    let refused = AgentEvent::Refused {
        key: Some(key(1)),
        refusal: Refusal::TooFast {
            retry_after_ms: 900,
        },
        sentence: String::new(),
    };
    state.apply(refused, NOW);
    assert!(matches!(&state.search.stage, Stage::Failed(why) if !why.is_empty()));
    assert!(state.toasts.shown().is_empty());

    let mut state = searching("pole");
    state.connection_changed(Connection::Lost { since: NOW });
    assert!(matches!(state.search.stage, Stage::Failed(_)));
    state.search("poles", key(2));
    assert!(matches!(state.search.stage, Stage::Failed(_)));
}

#[test]
fn an_entry_that_was_found_is_looked_for_page_by_page() {
    let mut state = inbox(vec![active(1, 1, 1, None)]);
    state.open(conversation(1));
    state.seek(conversation(1), Seq(2));
    assert_eq!(None, state.sought(conversation(1)), "nothing is here yet");
    state.take_asks();
    let entries = |from: u64, to| (from..=to).map(|seq| entry(seq, Author::Visitor, None));
    state.apply(thread(active(1, 1, 1, None), 21..=30, true), NOW);
    let earlier = |before| AgentCommand::LoadEarlier {
        conversation: conversation(1),
        before: Seq(before),
    };
    assert_eq!(vec![earlier(21)], state.take_asks());
    let page = |from, to, more| AgentEvent::Earlier {
        conversation: conversation(1),
        entries: entries(from, to).collect(),
        more,
    };
    state.apply(page(11, 20, true), NOW);
    assert_eq!(vec![earlier(11)], state.take_asks());
    state.apply(page(1, 10, false), NOW);
    assert!(state.take_asks().is_empty());
    assert_eq!(Some(Seq(2)), state.sought(conversation(1)));
    state.reached(conversation(1));
    assert_eq!(None, state.sought(conversation(1)));
}
