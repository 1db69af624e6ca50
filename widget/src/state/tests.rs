//! Stories of a visitor's conversation, told event by event.

use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry, PublicEvent};
use protocol::lead::LeadDetails;
use protocol::person::Face;
use protocol::refusal::{Field, Problem};
use protocol::text::{Node, RichText};
use protocol::visitor::{StateLine, Typist, VisitorCommand, VisitorEvent, Welcome};
use protocol::widget::{FieldKind, FormField, FormView, WidgetView};
use protocol::{ConversationId, Key, PublicSeq, Refusal, Timestamp};
use socket::Status;

use super::{Mark, Row, RowId, State, Todo, Trouble, What, Wish};

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

fn widget(handoff_button: Option<u32>) -> WidgetView {
    let field = |kind, required| FormField { kind, required };
    WidgetView {
        name: "Tarn & Trail".to_owned(),
        greeting: "Hello.".to_owned(),
        starters: Vec::new(),
        handoff_button,
        form: FormView {
            fields: vec![
                field(FieldKind::Name, false),
                field(FieldKind::Email, true),
                field(FieldKind::Message, false),
            ],
            consent: None,
        },
    }
}

fn waiting(place: u32, form: bool) -> VisitorEvent {
    VisitorEvent::LineChanged(StateLine::Waiting {
        place,
        minutes: None,
        form,
    })
}

fn welcome(entries: Vec<PublicEntry>) -> Welcome {
    Welcome {
        token: None,
        conversation: conversation(1),
        widget: widget(Some(0)),
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
            body: PublicBody::Event(PublicEvent::Joined {
                person: mara(),
                message: String::new(),
            }),
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
    state.apply(waiting(2, false));
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

fn happened(seq: u64, event: PublicEvent) -> PublicEntry {
    PublicEntry {
        body: PublicBody::Event(event),
        ..entry(seq, PublicAuthor::System)
    }
}

fn proposed(seq: u64) -> PublicEntry {
    happened(
        seq,
        PublicEvent::Proposed {
            message: "Shall I fetch a person?".to_owned(),
        },
    )
}

fn missed(seq: u64) -> PublicEntry {
    happened(
        seq,
        PublicEvent::Missed {
            message: "Nobody came.".to_owned(),
            form: true,
        },
    )
}

/// What the rows are, in a word each.
fn kinds(state: &State) -> Vec<&'static str> {
    let kind = |row: Row<'_>| match row.what {
        What::Theirs { .. } => "theirs",
        What::Own { .. } => "own",
        What::Draft { .. } => "draft",
        What::Event { .. } => "event",
        What::Asking { .. } => "asking",
        What::Proposal(_) => "proposal",
        What::Form { .. } => "form",
        What::Sending { .. } => "sending",
        What::Waiting { .. } => "waiting",
        What::Typing { .. } => "typing",
    };
    state.rows().into_iter().map(kind).collect()
}

#[test]
fn an_event_without_a_message_has_no_row() {
    let none = String::new;
    let state = live(vec![
        happened(1, PublicEvent::Waiting { message: none() }),
        happened(2, PublicEvent::ProposalEnded),
        happened(3, PublicEvent::Proposed { message: none() }),
        happened(
            4,
            PublicEvent::Joined {
                person: mara(),
                message: none(),
            },
        ),
        happened(5, PublicEvent::Overdue { message: none() }),
        happened(
            6,
            PublicEvent::Missed {
                message: none(),
                form: false,
            },
        ),
        happened(7, PublicEvent::IdleWarned { message: none() }),
        happened(
            8,
            PublicEvent::Restored {
                person: mara(),
                message: none(),
            },
        ),
        happened(
            9,
            PublicEvent::Closed {
                person: mara(),
                message: none(),
            },
        ),
    ]);
    assert_eq!(Vec::<&str>::new(), kinds(&state));
}

#[test]
fn what_the_visitor_did_themselves_has_a_row_without_a_message() {
    let message = String::new();
    let state = live(vec![
        happened(1, PublicEvent::Cancelled { message }),
        happened(2, PublicEvent::Left { person: mara() }),
        happened(3, PublicEvent::FormSent),
    ]);
    assert_eq!(vec!["event"; 3], kinds(&state));
}

#[test]
fn a_proposal_stands_at_the_end_until_it_is_answered() {
    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(vec!["theirs", "proposal"], kinds(&state));
    assert_eq!(
        What::Proposal("Shall I fetch a person?"),
        state.rows()[1].what
    );

    let draft = state.wish(key(1), Wish::AnswerProposal(true));
    assert_eq!(
        VisitorCommand::AnswerProposal {
            key: key(1),
            accept: true
        },
        draft.command()
    );
    assert_eq!(vec!["event", "theirs", "asking"], kinds(&state));
    state.apply(added(PublicEntry {
        body: PublicBody::Event(PublicEvent::Waiting {
            message: "Soon.".to_owned(),
        }),
        ..own(3, 1)
    }));
    // The line comes a moment later.
    assert_eq!(vec!["event", "theirs", "event"], kinds(&state));
    state.apply(waiting(1, false));
    assert_eq!(vec!["event", "theirs", "event", "waiting"], kinds(&state));
}

#[test]
fn a_proposal_that_was_declined_or_ran_out_is_a_line_of_the_past() {
    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    state.wish(key(1), Wish::AnswerProposal(false));
    assert_eq!(vec!["event"], kinds(&state));

    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    let card = (state.rows()[0].id, state.rows()[0].version);
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    assert_eq!(card.0, state.rows()[0].id);
    assert_ne!(card.1, state.rows()[0].version, "it has to be drawn anew");
    assert_eq!(vec!["event"], kinds(&state));
}

#[test]
fn an_answer_that_came_too_late_says_so() {
    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    state.wish(key(1), Wish::AnswerProposal(true));
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    state.apply(refused(1, Refusal::NothingProposed));
    assert_eq!(
        Some(Refusal::NothingProposed.to_string()),
        state.notice.clone()
    );
    assert_eq!(vec!["event"], kinds(&state));
}

fn refused(n: u8, refusal: Refusal) -> VisitorEvent {
    VisitorEvent::Refused {
        key: Some(key(n)),
        sentence: refusal.to_string(),
        refusal,
    }
}

/// A visitor whom nobody answered, with an address in the form.
fn stood_up() -> State {
    let mut state = live(vec![entry(1, PublicAuthor::Visitor), missed(2)]);
    state.apply(VisitorEvent::LineChanged(StateLine::LeaveDetails));
    state.details.email = "kim@example.org".to_owned();
    state
}

#[test]
fn the_form_stands_after_what_asked_for_it_and_the_talk_goes_on_below() {
    let mut state = stood_up();
    state.apply(added(entry(3, PublicAuthor::Ai)));
    state.wish(key(1), Wish::Say("hi".to_owned()));
    assert_eq!(
        vec!["own", "event", "form", "theirs", "draft"],
        kinds(&state)
    );
}

#[test]
fn a_waiting_visitor_may_leave_details_and_keeps_the_place() {
    let mut state = live(vec![happened(
        1,
        PublicEvent::Overdue {
            message: "It takes longer.".to_owned(),
        },
    )]);
    state.apply(waiting(1, true));
    assert_eq!(vec!["event", "form", "waiting"], kinds(&state));
    state.apply(waiting(1, false));
    assert_eq!(vec!["event", "waiting"], kinds(&state));
}

#[test]
fn the_form_is_sent_kept_while_offline_and_thanked_for() {
    let mut state = stood_up();
    state.connection(Status::Lost { since: 1 });
    let wish = state.filled().expect("nothing is wrong with it");
    let command = state.wish(key(1), wish).command();
    let VisitorCommand::SendForm { key: sent, details } = command else {
        panic!("it is no form");
    };
    assert_eq!((key(1), "kim@example.org"), (sent, details.email.as_str()));
    assert_eq!(What::Sending { offline: true }, state.rows()[2].what);
    assert_eq!(vec!["own", "event", "sending"], kinds(&state));

    state.connection(Status::Live);
    assert_eq!(What::Sending { offline: false }, state.rows()[2].what);
    let todo = state.apply(VisitorEvent::Done {
        key: key(1),
        seq: Some(PublicSeq(3)),
    });
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(vec!["own", "event", "sending"], kinds(&state));
    let todo = state.apply(added(PublicEntry {
        body: PublicBody::Event(PublicEvent::FormSent),
        ..own(3, 1)
    }));
    assert_eq!(vec![Todo::Settled(key(1)), Todo::ForgetDetails], todo);
    assert_eq!(LeadDetails::default(), state.details);
    // The line comes a moment later.
    assert_eq!(vec!["own", "event", "event"], kinds(&state));
    state.apply(VisitorEvent::LineChanged(StateLine::ByMail));
    assert_eq!(vec!["own", "event", "event"], kinds(&state));
}

#[test]
fn a_form_that_went_out_before_the_reload_is_settled_by_the_welcome() {
    let mut before = stood_up();
    let wish = before.filled().expect("nothing is wrong with it");
    let draft = before.wish(key(1), wish).clone();
    let mut state = State::new(None, conversation(1), vec![draft]);
    state.connection(Status::Live);
    let todo = state.apply(VisitorEvent::Welcome(Welcome {
        line: StateLine::ByMail,
        ..welcome(vec![PublicEntry {
            body: PublicBody::Event(PublicEvent::FormSent),
            ..own(1, 1)
        }])
    }));
    assert_eq!(vec![Todo::Settled(key(1)), Todo::ForgetDetails], todo);
    assert_eq!(vec!["event"], kinds(&state));
}

#[test]
fn a_refused_field_brings_the_form_back_with_the_reason_at_the_field() {
    let mut state = stood_up();
    state.details.email = "kim@example".to_owned();
    let wish = state.filled().expect("nothing is wrong that is seen here");
    state.wish(key(1), wish);
    let before = state.version;
    let refusal = Refusal::FieldInvalid {
        field: Field::Email,
        problem: Problem::NotAnAddress,
    };
    let todo = state.apply(refused(1, refusal.clone()));
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(None, state.notice);
    let trouble = Trouble {
        at: 1,
        sentence: refusal.to_string(),
    };
    assert_eq!(
        What::Form {
            form: &widget(Some(0)).form,
            details: &LeadDetails {
                email: "kim@example".to_owned(),
                ..LeadDetails::default()
            },
            trouble: Some(&trouble),
        },
        state.rows()[2].what
    );
    assert_ne!(before, state.version, "it has to be drawn anew");
}

#[test]
fn a_refused_field_that_the_form_does_not_have_is_said_above_the_messages() {
    let mut state = stood_up();
    let wish = state.filled().expect("nothing is wrong with it");
    state.wish(key(1), wish);
    let refusal = Refusal::FieldInvalid {
        field: Field::Phone,
        problem: Problem::Missing,
    };
    state.apply(refused(1, refusal.clone()));
    assert_eq!(Some(refusal.to_string()), state.notice);
    assert_eq!(None, state.trouble);
}

#[test]
fn a_form_that_the_hub_would_refuse_is_not_sent() {
    let mut state = stood_up();
    state.details.email.clear();
    assert_eq!(None, state.filled());
    assert_eq!(Some(1), state.trouble.as_ref().map(|trouble| trouble.at));
    state.details.email = "kim@example.org".to_owned();
    assert!(state.filled().is_some());
    assert_eq!(None, state.trouble);
}

#[test]
fn the_button_appears_after_so_many_messages() {
    let mut state = live(vec![own(1, 1)]);
    assert!(state.may_ask());
    state.apply(VisitorEvent::WidgetChanged(widget(None)));
    assert!(!state.may_ask());
    state.apply(VisitorEvent::WidgetChanged(widget(Some(2))));
    assert!(!state.may_ask());
    state.apply(added(missed(2)));
    assert!(!state.may_ask(), "what happened is no message");
    state.apply(added(entry(3, PublicAuthor::Ai)));
    assert!(state.may_ask());
}

#[test]
fn messages_that_are_not_loaded_count_as_enough() {
    let mut state = live(vec![own(101, 1)]);
    state.apply(VisitorEvent::WidgetChanged(widget(Some(50))));
    assert!(!state.may_ask());
    state.more = true;
    assert!(state.may_ask());
}

#[test]
fn the_button_is_gone_while_a_person_is_on_the_way_or_here() {
    let mut state = live(Vec::new());
    for (line, may) in [
        (StateLine::Assistant, true),
        (StateLine::Proposed, false),
        (
            StateLine::Waiting {
                place: 1,
                minutes: None,
                form: false,
            },
            false,
        ),
        (StateLine::Person(mara()), false),
        (StateLine::LeaveDetails, true),
        (StateLine::ByMail, true),
        (StateLine::Closed, true),
    ] {
        state.apply(VisitorEvent::LineChanged(line.clone()));
        assert_eq!(may, state.may_ask(), "{line:?}");
    }
    for wish in [Wish::AskForHuman, Wish::AnswerProposal(true)] {
        let mut state = live(Vec::new());
        state.wish(key(1), wish);
        assert!(!state.may_ask());
    }
}

#[test]
fn changed_settings_are_shown_at_once_and_keep_what_was_typed() {
    let mut state = stood_up();
    let same = state.version;
    state.apply(VisitorEvent::WidgetChanged(widget(Some(0))));
    assert_eq!(same, state.version, "nothing has to be drawn anew");
    state.apply(VisitorEvent::WidgetChanged(WidgetView {
        name: "Trail & Tarn".to_owned(),
        ..widget(Some(3))
    }));
    assert_ne!(same, state.version);
    let name = state.widget.as_ref().map(|widget| widget.name.as_str());
    assert_eq!(Some("Trail & Tarn"), name);
    assert_eq!("kim@example.org", state.details.email);
}
