//! Stories of a visitor's conversation, told event by event.

use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry, PublicEvent};
use protocol::person::Face;
use protocol::settings::WidgetView;
use protocol::text::{Node, RichText};
use protocol::visitor::{StateLine, Typist, VisitorCommand, VisitorEvent, Welcome};
use protocol::{ConversationId, Key, PublicSeq, Refusal, Timestamp};
use socket::Status;

use super::{Mark, RowId, State, Todo, What, Wish};

fn conversation(n: u8) -> ConversationId {
    ConversationId::new(Timestamp(1), &[n; 10])
}

fn key(n: u8) -> Key {
    Key::new(Timestamp(1), &[n; 10])
}

fn message(text: &str) -> Message {
    Message {
        text: RichText(vec![Node::Text(text.to_owned())]),
        sources: Vec::new(),
        choices: Vec::new(),
    }
}

fn entry(seq: u64, author: PublicAuthor) -> PublicEntry {
    PublicEntry {
        seq: PublicSeq(seq),
        at: Timestamp(seq as i64 * 1_000),
        key: None,
        author,
        body: PublicBody::Message(message(&format!("message {seq}"))),
    }
}

fn own(seq: u64, n: u8) -> PublicEntry {
    PublicEntry {
        key: Some(key(n)),
        ..entry(seq, PublicAuthor::Visitor)
    }
}

fn mara() -> Face {
    Face {
        name: "Mara".to_owned(),
        initials: "M".to_owned(),
        hue: 208,
    }
}

fn added(entry: PublicEntry) -> VisitorEvent {
    VisitorEvent::EntryAdded(entry)
}

fn welcome(entries: Vec<PublicEntry>) -> Welcome {
    Welcome {
        token: None,
        conversation: conversation(1),
        widget: WidgetView {
            name: "Tarn & Trail".to_owned(),
            greeting: "Hello.".to_owned(),
            starters: Vec::new(),
            handoff_button: true,
        },
        line: StateLine::Assistant,
        entries,
        more: false,
        read_by_team: PublicSeq(0),
        read: PublicSeq(0),
        now: Timestamp(1),
    }
}

fn fresh() -> State {
    State::new(None, conversation(1), Vec::new())
}

fn live(entries: Vec<PublicEntry>) -> State {
    let mut state = fresh();
    state.connection(Status::Live);
    state.apply(VisitorEvent::Welcome(welcome(entries)));
    state
}

fn seqs(state: &State) -> Vec<u64> {
    state.entries.iter().map(|entry| entry.seq.0).collect()
}

/// The mark under each of the visitor's own rows.
fn marks(state: &State) -> Vec<Mark<'_>> {
    let rows = state.rows().into_iter();
    rows.filter_map(|row| match row.what {
        What::Own { mark, .. } | What::Draft { mark, .. } => Some(mark),
        _ => None,
    })
    .collect()
}

#[test]
fn the_first_welcome_brings_token_and_conversation_to_keep() {
    let mut state = fresh();
    let todo = state.apply(VisitorEvent::Welcome(Welcome {
        token: Some("secret".to_owned()),
        conversation: conversation(2),
        ..welcome(Vec::new())
    }));
    assert_eq!(vec![Todo::KeepVisit], todo);
    assert_eq!(Some("secret"), state.token.as_deref());
    assert_eq!(conversation(2), state.conversation);
}

#[test]
fn a_later_welcome_adds_only_what_is_new() {
    let mut state = live(vec![entry(4, PublicAuthor::Ai), entry(5, PublicAuthor::Ai)]);
    let todo = state.apply(VisitorEvent::Welcome(welcome(vec![
        entry(5, PublicAuthor::Ai),
        entry(6, PublicAuthor::Ai),
    ])));
    assert_eq!(Vec::<Todo>::new(), todo);
    assert_eq!(vec![4, 5, 6], seqs(&state));
}

#[test]
fn another_conversation_replaces_the_one_on_screen() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai), entry(2, PublicAuthor::Ai)]);
    state.apply(VisitorEvent::Welcome(Welcome {
        conversation: conversation(2),
        ..welcome(vec![entry(1, PublicAuthor::Ai)])
    }));
    assert_eq!(vec![1], seqs(&state));
}

#[test]
fn entries_wait_for_the_one_before_them() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.apply(added(entry(4, PublicAuthor::Ai)));
    state.apply(added(entry(3, PublicAuthor::Ai)));
    assert_eq!(vec![1], seqs(&state));
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(vec![1, 2, 3, 4], seqs(&state));
}

#[test]
fn an_entry_that_comes_twice_is_shown_once() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.apply(added(entry(1, PublicAuthor::Ai)));
    state.apply(added(entry(3, PublicAuthor::Ai)));
    state.apply(added(entry(3, PublicAuthor::Ai)));
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(vec![1, 2, 3], seqs(&state));
}

#[test]
fn a_gap_that_is_never_filled_is_asked_for_again() {
    let mut state = live(Vec::new());
    for seq in 2..102 {
        assert_eq!(
            Vec::<Todo>::new(),
            state.apply(added(entry(seq, PublicAuthor::Ai)))
        );
    }
    assert_eq!(
        vec![Todo::StartAnew],
        state.apply(added(entry(102, PublicAuthor::Ai)))
    );
}

#[test]
fn older_entries_go_before_and_none_is_shown_twice() {
    let mut state = live(vec![entry(5, PublicAuthor::Ai)]);
    state.apply(VisitorEvent::Earlier {
        entries: vec![
            entry(3, PublicAuthor::Ai),
            entry(4, PublicAuthor::Ai),
            entry(5, PublicAuthor::Ai),
        ],
        more: true,
    });
    assert_eq!(vec![3, 4, 5], seqs(&state));
    assert!(state.more);
}

#[test]
fn a_message_stays_in_its_row_from_the_first_moment_to_read() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    assert_eq!(vec![Mark::Sending], marks(&state));
    assert_eq!(RowId::Own(key(1)), state.rows()[0].id);

    let todo = state.apply(added(own(1, 1)));
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(vec![Mark::Sent], marks(&state));
    assert_eq!(RowId::Own(key(1)), state.rows()[0].id);
    assert_eq!(1, state.rows().len());

    state.apply(VisitorEvent::ReadByTeam { seq: PublicSeq(1) });
    assert_eq!(vec![Mark::Read], marks(&state));
}

#[test]
fn a_message_that_is_done_stays_until_its_entry_is_here() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    let todo = state.apply(VisitorEvent::Done {
        key: key(1),
        seq: Some(PublicSeq(1)),
    });
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(vec![Mark::Sent], marks(&state));
    state.apply(added(own(1, 1)));
    assert_eq!(1, state.rows().len());
}

#[test]
fn a_message_whose_entry_was_here_first_is_not_shown_twice() {
    let mut state = live(vec![own(1, 1)]);
    state.wish(key(1), Wish::Say("message 1".to_owned()));
    state.apply(VisitorEvent::Done {
        key: key(1),
        seq: Some(PublicSeq(1)),
    });
    assert_eq!(1, state.rows().len());
}

#[test]
fn a_kept_message_that_had_gone_out_before_the_reload_is_settled_by_the_welcome() {
    let mut before = fresh();
    let draft = before.wish(key(1), Wish::Say("hi".to_owned())).clone();
    let mut state = State::new(None, conversation(1), vec![draft]);
    state.connection(Status::Live);
    let todo = state.apply(VisitorEvent::Welcome(welcome(vec![own(1, 1)])));
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(1, state.rows().len());
}

#[test]
fn without_a_connection_a_message_says_that_it_waits() {
    let mut state = live(Vec::new());
    state.connection(Status::Lost { since: 1 });
    state.wish(key(1), Wish::Say("hi".to_owned()));
    assert_eq!(vec![Mark::Queued], marks(&state));
    state.connection(Status::Live);
    assert_eq!(vec![Mark::Sending], marks(&state));
}

#[test]
fn a_refused_message_keeps_its_text_and_can_be_sent_again_or_discarded() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    let refusal = Refusal::Unavailable;
    let sentence = refusal.to_string();
    state.apply(VisitorEvent::Refused {
        key: Some(key(1)),
        refusal,
        sentence: sentence.clone(),
    });
    assert_eq!(vec![Mark::Failed(&sentence)], marks(&state));

    let command = state.again(key(1)).map(|draft| draft.command());
    assert_eq!(
        Some(VisitorCommand::Say {
            key: key(1),
            text: "hi".to_owned()
        }),
        command
    );
    assert_eq!(vec![Mark::Sending], marks(&state));
    state.discard(key(1));
    assert_eq!(0, state.rows().len());
}

#[test]
fn a_message_that_was_too_fast_goes_on_sending() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    state.apply(VisitorEvent::Refused {
        key: Some(key(1)),
        refusal: Refusal::TooFast {
            retry_after_ms: 500,
        },
        sentence: String::new(),
    });
    assert_eq!(vec![Mark::Sending], marks(&state));
}

#[test]
fn a_refused_request_for_a_person_is_said_above_the_messages() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::AskForHuman);
    assert_eq!(1, state.rows().len());
    let todo = state.apply(VisitorEvent::Refused {
        key: Some(key(1)),
        refusal: Refusal::Unavailable,
        sentence: "Try again.".to_owned(),
    });
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(Some("Try again."), state.notice.as_deref());
    assert_eq!(0, state.rows().len());
}

#[test]
fn the_row_of_a_request_becomes_the_row_of_its_event() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::AskForHuman);
    let asking = (state.rows()[0].id, state.rows()[0].version);
    state.apply(added(PublicEntry {
        body: PublicBody::Event(PublicEvent::Waiting {
            message: "Soon.".to_owned(),
        }),
        ..own(1, 1)
    }));
    let rows = state.rows();
    assert_eq!(asking.0, rows[0].id);
    assert_ne!(asking.1, rows[0].version, "it has to be drawn anew");
}

#[test]
fn an_unknown_token_starts_a_new_visit_and_keeps_what_was_typed() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.token = Some("old".to_owned());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    let todo = state.apply(VisitorEvent::Refused {
        key: None,
        refusal: Refusal::TokenUnknown,
        sentence: String::new(),
    });
    assert_eq!(vec![Todo::KeepVisit, Todo::StartAnew], todo);
    assert_eq!(None, state.token);
    assert_eq!(PublicSeq(0), state.last());
    assert_eq!(vec![Mark::Sending], marks(&state));
}

#[test]
fn an_unknown_chatbot_is_the_end_and_in_the_hubs_own_words() {
    let mut state = fresh();
    let todo = state.apply(VisitorEvent::Refused {
        key: None,
        refusal: Refusal::ChatbotUnknown,
        sentence: "Not here.".to_owned(),
    });
    assert_eq!(Vec::<Todo>::new(), todo, "nothing is tried again");
    assert!(state.unknown);
    assert_eq!(Some("Not here."), state.notice.as_deref());

    let mut state = live(Vec::new());
    state.apply(VisitorEvent::Refused {
        key: None,
        refusal: Refusal::Unavailable,
        sentence: "Try again.".to_owned(),
    });
    assert!(!state.unknown, "any other refusal leaves the chat as it is");
}

#[test]
fn only_words_of_the_other_side_count_as_unread() {
    let state = live(vec![
        own(1, 1),
        entry(2, PublicAuthor::Ai),
        entry(3, PublicAuthor::Person(mara())),
        PublicEntry {
            body: PublicBody::Event(PublicEvent::Joined { person: mara() }),
            ..entry(4, PublicAuthor::System)
        },
    ]);
    assert_eq!(2, state.unread());
}

#[test]
fn reading_is_told_once_and_only_while_the_panel_is_before_the_visitors_eyes() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    assert_eq!(None, state.newly_read());
    state.seen = true;
    assert_eq!(Some(PublicSeq(1)), state.newly_read());
    assert_eq!(None, state.newly_read());
    assert_eq!(0, state.unread());
    state.seen = false;
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(None, state.newly_read());
    assert_eq!(1, state.unread());
}

#[test]
fn what_was_read_while_the_connection_broke_is_told_after_the_next_welcome() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.connection(Status::Lost { since: 1 });
    state.seen = true;
    assert_eq!(None, state.newly_read());
    state.connection(Status::Live);
    state.apply(VisitorEvent::Welcome(welcome(Vec::new())));
    assert_eq!(Some(PublicSeq(1)), state.newly_read());
}

#[test]
fn typing_ends_with_the_message_or_the_connection() {
    let typing = VisitorEvent::TypingChanged {
        typist: Typist::Person,
        typing: true,
    };
    let mut state = live(Vec::new());
    state.apply(typing.clone());
    assert_eq!(RowId::Typing, state.rows()[0].id);
    state.apply(added(entry(1, PublicAuthor::Person(mara()))));
    assert_eq!(1, state.rows().len());
    state.apply(typing);
    state.connection(Status::Lost { since: 1 });
    assert_eq!(1, state.rows().len());
}

#[test]
fn names_are_said_when_the_writer_changes_or_after_a_pause() {
    let mut late = entry(4, PublicAuthor::Person(mara()));
    late.at = Timestamp(10 * 60 * 1_000);
    let state = live(vec![
        entry(1, PublicAuthor::Ai),
        entry(2, PublicAuthor::Person(mara())),
        entry(3, PublicAuthor::Person(mara())),
        late,
    ]);
    let named: Vec<bool> = state
        .rows()
        .iter()
        .map(|row| matches!(row.what, What::Theirs { named: true, .. }))
        .collect();
    assert_eq!(vec![true, true, false, true], named);
}

#[test]
fn did_you_mean_stands_until_something_is_said() {
    let mut asked = entry(1, PublicAuthor::Ai);
    asked.body = PublicBody::Message(Message {
        choices: vec!["The left one".to_owned()],
        ..message("Did you mean")
    });
    let open = |state: &State| matches!(state.rows()[0].what, What::Theirs { open: true, .. });
    let mut state = live(vec![asked]);
    assert!(open(&state));
    state.wish(key(1), Wish::Say("The left one".to_owned()));
    assert!(!open(&state));
}

#[test]
fn a_waiting_visitor_sees_the_place_until_they_go_on_with_the_assistant() {
    let mut state = live(Vec::new());
    state.apply(VisitorEvent::LineChanged(StateLine::Waiting { place: 2 }));
    assert_eq!(
        What::Waiting {
            place: 2,
            cancelling: false
        },
        state.rows()[0].what
    );
    let before = state.rows()[0].version;
    state.wish(key(1), Wish::CancelHandoff);
    assert_ne!(before, state.rows()[0].version);
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    assert_eq!(0, state.rows().len());
}
