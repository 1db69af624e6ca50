//! Stories of one inbox, told event by event.

mod bell;
mod bulk;
mod composer;
mod handoffs;
mod search;
mod steps;
mod undo;
mod view;
mod viewing;

use protocol::agent::{AgentCommand, AgentEvent, Thread, VisitorView, Welcome};
use protocol::card::{Card, CardState, Channel, Counts, LastLine, Tab};
use protocol::entry::{Author, Body, Entry, Message, Outcome, Trigger};
use protocol::person::{Availability, Face, Member, Notices, Role};
use protocol::text::{Node, RichText};
use protocol::{
    AgentId, ChatbotId, ConversationId, HandoffId, Key, PublicSeq, Refusal, Seq, Timestamp,
};

use super::*;

const NOW: Timestamp = Timestamp(1_000_000);

fn key(n: u8) -> Key {
    Key::new(NOW, &[n; 10])
}

fn conversation(n: u8) -> ConversationId {
    ConversationId::new(NOW, &[n; 10])
}

fn handoff(n: u8) -> HandoffId {
    HandoffId::new(NOW, &[n; 10])
}

fn agent(n: u8) -> AgentId {
    AgentId::new(NOW, &[n; 10])
}

fn face(name: &str) -> Face {
    Face {
        name: name.to_owned(),
        initials: name[..1].to_owned(),
        hue: 200,
    }
}

fn member(n: u8, name: &str) -> Member {
    let availability = Availability::Online;
    Member {
        id: agent(n),
        face: face(name),
        role: Role::Agent,
        availability,
        accepting: true,
        languages: Vec::new(),
        picture: None,
        without: Default::default(),
    }
}

fn card(n: u8, version: u64, state: CardState) -> Card {
    Card {
        conversation: conversation(n),
        version,
        chatbot: ChatbotId::new(NOW, &[1; 10]),
        channel: Channel::Web,
        visitor: face("Elif"),
        state,
        last: LastLine {
            author: Author::Visitor,
            text: "Hello".to_owned(),
            at: Timestamp(n.into()),
            files: Default::default(),
        },
        unread: 1,
        declined_by: Vec::new(),
        category: None,
        tags: Vec::new(),
        blocked: false,
        participants: Vec::new(),
        clock: None,
        first_reply: None,
    }
}

fn pending(n: u8, version: u64, waiting_since: i64) -> Card {
    let waiting_since = Timestamp(waiting_since);
    card(
        n,
        version,
        CardState::Pending {
            handoff: handoff(n),
            trigger: Trigger::Wish,
            waiting_since,
            offer: None,
        },
    )
}

fn active(n: u8, version: u64, by: u8, unanswered_since: Option<i64>) -> Card {
    let unanswered_since = unanswered_since.map(Timestamp);
    let claimed_at = Timestamp(n.into());
    let (handoff, agent) = (handoff(n), agent(by));
    card(
        n,
        version,
        CardState::Active {
            handoff,
            agent,
            claimed_at,
            unanswered_since,
            snooze: None,
        },
    )
}

fn entry(seq: u64, author: Author, key: Option<Key>) -> Entry {
    let text = RichText(vec![Node::Text(format!("line {seq}"))]);
    let body = Body::Message(Message {
        text,
        sources: Vec::new(),
        choices: Vec::new(),
        attachments: Vec::new(),
        thumb: None,
    });
    let public_seq = Some(PublicSeq(seq));
    Entry {
        seq: Seq(seq),
        public_seq,
        at: Timestamp(seq.cast_signed()),
        key,
        author,
        body,
    }
}

fn added(n: u8, seq: u64) -> AgentEvent {
    let entry = entry(seq, Author::Visitor, None);
    AgentEvent::EntryAdded {
        conversation: conversation(n),
        entry,
    }
}

fn thread(card: Card, seqs: std::ops::RangeInclusive<u64>, more: bool) -> AgentEvent {
    AgentEvent::Thread(Thread {
        visitor: VisitorView {
            face: card.visitor.clone(),
            name: String::new(),
            email: String::new(),
            channel: Channel::Web,
            connected: true,
            since: NOW,
            page_url: String::new(),
            page_title: String::new(),
            referrer: String::new(),
            ip: String::new(),
            location: String::new(),
            user_agent: String::new(),
            locale: String::new(),
        },
        card,
        entries: seqs.map(|seq| entry(seq, Author::Visitor, None)).collect(),
        more,
        read_by_visitor: PublicSeq(0),
        drafts: Vec::new(),
    })
}

fn welcome(cards: Vec<Card>) -> AgentEvent {
    AgentEvent::Welcome(Welcome {
        labels: protocol::label::Labels::default(),
        me: agent(1),
        chosen: Availability::Online,
        notices: Notices::default(),
        groups: Vec::new(),
        team: vec![member(1, "Mara"), member(2, "Jonas")],
        chatbots: Vec::new(),
        counts: Counts::default(),
        tab: Tab::Pending,
        cards,
        more: false,
        drafts: Vec::new(),
        mentions: Vec::new(),
        now: NOW,
    })
}

/// An inbox that is connected and shows these pending cards.
fn inbox(cards: Vec<Card>) -> LiveState {
    let mut state = LiveState::default();
    state.start();
    state.connection_changed(Connection::Live);
    state.apply(welcome(cards), NOW);
    state.take_asks();
    state
}

fn seqs(state: &LiveState, n: u8) -> Vec<u64> {
    state
        .thread(conversation(n))
        .unwrap()
        .timeline
        .entries()
        .iter()
        .map(|entry| entry.seq.0)
        .collect()
}

fn shown(state: &LiveState, tab: Tab) -> Vec<ConversationId> {
    state
        .shown(tab)
        .iter()
        .map(|card| card.conversation)
        .collect()
}

/// A small generator of orders; the same seed gives the same order.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for at in (1..items.len()).rev() {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, (seed >> 33) as usize % (at + 1));
    }
}

#[test]
fn entries_in_any_order_and_twice_end_as_a_fresh_load_does() {
    for seed in 0..10_000 {
        let mut state = inbox(vec![pending(1, 1, 10)]);
        state.open(conversation(1));
        state.apply(thread(pending(1, 1, 10), 1..=5, false), NOW);
        let mut events: Vec<AgentEvent> = (4..=30).chain(6..=30).map(|seq| added(1, seq)).collect();
        shuffle(&mut events, seed);
        for event in events {
            state.apply(event, NOW);
            let seen = seqs(&state, 1);
            assert_eq!(
                (1..=seen.len() as u64).collect::<Vec<_>>(),
                seen,
                "never with a hole"
            );
        }
        assert_eq!((1..=30).collect::<Vec<_>>(), seqs(&state, 1), "seed {seed}");
    }
}

#[test]
fn a_gap_is_asked_for_once_and_filled_from_the_answer() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.open(conversation(1));
    state.apply(thread(pending(1, 1, 10), 1..=5, false), NOW);
    state.take_asks();

    state.apply(added(1, 8), NOW);
    state.apply(added(1, 9), NOW);
    assert_eq!(vec![1, 2, 3, 4, 5], seqs(&state, 1));
    let ask = AgentCommand::OpenThread {
        conversation: conversation(1),
        after: Seq(5),
    };
    assert_eq!(vec![ask], state.take_asks());

    state.apply(thread(pending(1, 1, 10), 6..=9, false), NOW);
    assert_eq!((1..=9).collect::<Vec<_>>(), seqs(&state, 1));
}

#[test]
fn a_newest_page_that_does_not_join_what_is_held_replaces_it() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.open(conversation(1));
    state.apply(thread(pending(1, 1, 10), 1..=5, false), NOW);
    state.apply(thread(pending(1, 1, 10), 50..=60, true), NOW);
    assert_eq!((50..=60).collect::<Vec<_>>(), seqs(&state, 1));
    assert!(state.thread(conversation(1)).unwrap().timeline.more);
}

#[test]
fn earlier_pages_join_at_the_front() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.open(conversation(1));
    state.apply(thread(pending(1, 1, 10), 50..=60, true), NOW);
    state.take_asks();
    state.load_earlier(conversation(1));
    state.load_earlier(conversation(1));
    let ask = AgentCommand::LoadEarlier {
        conversation: conversation(1),
        before: Seq(50),
    };
    assert_eq!(vec![ask], state.take_asks(), "asked once");

    let entries = (40..=49)
        .map(|seq| entry(seq, Author::Visitor, None))
        .collect();
    state.apply(
        AgentEvent::Earlier {
            conversation: conversation(1),
            entries,
            more: true,
        },
        NOW,
    );
    assert_eq!((40..=60).collect::<Vec<_>>(), seqs(&state, 1));
}

#[test]
fn cards_in_any_order_end_with_the_newest_of_each() {
    let fresh = {
        let mut state = inbox(vec![pending(3, 4, 30)]);
        state.apply(AgentEvent::CardChanged(pending(1, 3, 20)), NOW);
        shown(&state, Tab::Pending)
    };
    for seed in 0..100 {
        let mut state = inbox(Vec::new());
        let mut events = vec![
            pending(1, 1, 20),
            active(1, 2, 2, None),
            pending(1, 3, 20),
            pending(2, 1, 10),
            active(2, 2, 2, None),
            pending(3, 1, 30),
            pending(3, 4, 30),
        ];
        shuffle(&mut events, seed);
        for event in events {
            state.apply(AgentEvent::CardChanged(event), NOW);
        }
        assert_eq!(fresh, shown(&state, Tab::Pending), "seed {seed}");
    }
}

#[test]
fn cards_behind_the_last_page_wait_for_their_page() {
    let mut state = inbox(Vec::new());
    let cards = vec![pending(1, 1, 10), pending(2, 1, 20)];
    state.apply(
        AgentEvent::Cards {
            tab: Tab::Pending,
            cards,
            more: true,
        },
        NOW,
    );
    state.apply(AgentEvent::CardChanged(pending(9, 1, 90)), NOW);
    assert_eq!(
        vec![conversation(1), conversation(2)],
        shown(&state, Tab::Pending)
    );

    state.load_cards();
    assert!(matches!(
        state.take_asks()[..],
        [AgentCommand::ListCards { after: Some(_), .. }]
    ));
    let cards = vec![pending(5, 1, 50)];
    state.apply(
        AgentEvent::Cards {
            tab: Tab::Pending,
            cards,
            more: false,
        },
        NOW,
    );
    let order = vec![
        conversation(1),
        conversation(2),
        conversation(5),
        conversation(9),
    ];
    assert_eq!(order, shown(&state, Tab::Pending));
}

#[test]
fn who_waits_for_a_reply_stands_before_who_has_one() {
    let mut state = inbox(Vec::new());
    state.show_tab(Tab::Active);
    let cards = vec![
        active(1, 1, 1, None),
        active(2, 1, 1, Some(90)),
        active(3, 1, 2, Some(40)),
    ];
    state.apply(
        AgentEvent::Cards {
            tab: Tab::Active,
            cards,
            more: false,
        },
        NOW,
    );
    let order = vec![conversation(3), conversation(2), conversation(1)];
    assert_eq!(order, shown(&state, Tab::Active));
}

#[test]
fn a_lost_claim_names_the_winner_and_offers_the_next_in_line() {
    let mut state = inbox(vec![pending(1, 1, 10), pending(2, 1, 20)]);
    state.claim(conversation(1), key(1));
    assert_eq!(Some(Act::Claim), state.acting(conversation(1)));
    state.claim(conversation(1), key(2));
    assert_eq!(1, state.take_asks().len(), "a second click asks nothing");

    state.apply(AgentEvent::CardChanged(active(1, 2, 2, None)), NOW);
    let at = Timestamp(NOW.millis() - 2_000);
    let refusal = Refusal::TakenBy {
        agent: agent(2),
        name: "Jonas".to_owned(),
        at,
    };
    let sentence = String::new();
    state.apply(
        AgentEvent::Refused {
            key: Some(key(1)),
            refusal,
            sentence,
        },
        NOW,
    );

    assert_eq!(None, state.acting(conversation(1)));
    assert_eq!(Stand::Colleague(agent(2)), state.stand(conversation(1)));
    let [toast] = state.toasts.shown() else {
        panic!("one toast")
    };
    assert_eq!("Jonas took this 2 s ago", toast.title);
    assert_eq!(Some(conversation(2)), toast.next);
    let id = toast.id;
    let later = Timestamp(NOW.millis() + 6_000);
    assert!(state.has_expired(later));

    // It stays for as long as somebody points at it, and for its whole time afterwards.
    state.toasts.hold(id);
    assert!(!state.has_expired(later));
    state.expire(later);
    assert_eq!(1, state.toasts.shown().len());
    state.toasts.release(id, later);
    assert!(!state.has_expired(Timestamp(later.millis() + 5_999)));
    let later = Timestamp(later.millis() + 6_000);
    assert!(state.has_expired(later));
    state.expire(later);
    assert!(state.toasts.shown().is_empty());
}

#[test]
fn nothing_is_claimed_or_resolved_without_a_connection() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.connection_changed(Connection::Lost { since: NOW });
    state.claim(conversation(1), key(1));
    state.resolve(conversation(1), Outcome::Closed, key(2));
    assert!(state.take_asks().is_empty());
}

#[test]
fn a_reply_leaves_the_outbox_when_its_entry_comes() {
    let mut state = inbox(vec![active(1, 1, 1, None)]);
    state.open(conversation(1));
    state.apply(thread(active(1, 1, 1, None), 1..=2, false), NOW);
    state.say(
        (conversation(1), Mode::Reply),
        ("  Hi Elif  ", Vec::new()),
        key(1),
        NOW,
    );
    state.say(
        (conversation(1), Mode::Reply),
        ("   ", Vec::new()),
        key(2),
        NOW,
    );
    assert_eq!(
        1,
        state.outbox.of(conversation(1)).count(),
        "an empty one is none"
    );

    state.apply(
        AgentEvent::Done {
            key: key(1),
            seq: Some(Seq(3)),
        },
        NOW,
    );
    assert_eq!(
        1,
        state.outbox.of(conversation(1)).count(),
        "its bubble stays until the entry is here"
    );
    let entry = entry(3, Author::Agent(agent(1)), Some(key(1)));
    state.apply(
        AgentEvent::EntryAdded {
            conversation: conversation(1),
            entry,
        },
        NOW,
    );
    assert_eq!(0, state.outbox.of(conversation(1)).count());
}

#[test]
fn a_refused_reply_keeps_its_text_and_goes_out_again_under_the_same_key() {
    let mut state = inbox(vec![active(1, 1, 1, None)]);
    state.say(
        (conversation(1), Mode::Reply),
        ("Hi", Vec::new()),
        key(1),
        NOW,
    );
    let first = state.take_asks();
    let refused = AgentEvent::Refused {
        key: Some(key(1)),
        refusal: Refusal::Unavailable,
        sentence: "The server could not save this.".to_owned(),
    };
    state.apply(refused, NOW);
    let outgoing = state.outbox.find(key(1)).unwrap();
    assert_eq!(
        Progress::Failed(Refusal::Unavailable.to_string()),
        outgoing.progress
    );
    assert!(
        state.outbox.unsent().is_empty(),
        "what failed waits for the agent"
    );

    state.send_again(key(1));
    assert_eq!(first, state.take_asks());
    state.discard(key(1));
    assert_eq!(None, state.outbox.find(key(1)));
}

#[test]
fn a_new_connection_names_what_is_held_and_loses_nothing() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.open(conversation(1));
    state.apply(thread(pending(1, 1, 10), 1..=5, false), NOW);
    state.say(
        (conversation(1), Mode::Note),
        ("Look here", Vec::new()),
        key(1),
        NOW,
    );
    state.connection_changed(Connection::Lost { since: NOW });

    let AgentCommand::Start { tab, threads } = state.start() else {
        panic!("a start")
    };
    assert_eq!(Tab::Pending, tab);
    assert_eq!(
        vec![(conversation(1), Seq(5))],
        threads
            .iter()
            .map(|t| (t.conversation, t.after))
            .collect::<Vec<_>>()
    );

    // Opened between the start and the welcome: asked for again once there is a connection.
    state.open(conversation(2));
    state.take_asks();
    state.connection_changed(Connection::Live);
    state.apply(welcome(vec![pending(2, 1, 20)]), NOW);
    let ask = AgentCommand::OpenThread {
        conversation: conversation(2),
        after: Seq(0),
    };
    assert_eq!(vec![ask], state.take_asks());

    state.apply(thread(active(1, 2, 2, None), 6..=7, false), NOW);
    assert_eq!((1..=7).collect::<Vec<_>>(), seqs(&state, 1));
    assert_eq!(1, state.outbox.of(conversation(1)).count());
}

#[test]
fn reading_is_told_once_and_only_by_the_holder() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.open(conversation(1));
    state.apply(thread(pending(1, 1, 10), 1..=5, false), NOW);
    state.take_asks();
    state.read(conversation(1));
    assert!(
        state.take_asks().is_empty(),
        "a look at a waiting conversation reads nothing"
    );

    state.apply(AgentEvent::CardChanged(active(1, 2, 1, None)), NOW);
    state.read(conversation(1));
    state.read(conversation(1));
    let read = AgentCommand::Read {
        conversation: conversation(1),
        seq: Seq(5),
    };
    assert_eq!(vec![read], state.take_asks());
}

#[test]
fn only_the_last_few_conversations_stay_open() {
    let mut state = inbox(Vec::new());
    for n in 1..=6 {
        state.open(conversation(n));
    }
    let closed = AgentCommand::CloseThread {
        conversation: conversation(1),
    };
    assert!(state.take_asks().contains(&closed));
    assert_eq!(5, state.threads.len());
}

#[test]
fn typing_ends_with_the_message_or_by_itself() {
    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.open(conversation(1));
    state.apply(thread(pending(1, 1, 10), 1..=1, false), NOW);
    let types = AgentEvent::TypingChanged {
        conversation: conversation(1),
        author: Author::Visitor,
        typing: true,
    };
    state.apply(types.clone(), NOW);
    assert_eq!(1, state.thread(conversation(1)).unwrap().typing().count());
    state.apply(added(1, 2), NOW);
    assert_eq!(0, state.thread(conversation(1)).unwrap().typing().count());

    state.apply(types, NOW);
    state.expire(Timestamp(NOW.millis() + 10_000));
    assert_eq!(0, state.thread(conversation(1)).unwrap().typing().count());
}

#[test]
fn a_text_on_its_way_is_kept_word_for_word() {
    let outgoing = |mode, progress, text: &str| Outgoing {
        key: key(1),
        conversation: conversation(1),
        mode,
        text: text.to_owned(),
        files: Vec::new(),
        at: NOW,
        progress,
    };
    for outgoing in [
        outgoing(Mode::Reply, Progress::Sending, "one\n\n  two\n"),
        outgoing(Mode::Note, Progress::Saved, ""),
        outgoing(
            Mode::Reply,
            Progress::Failed("Jonas has this.".to_owned()),
            "sending",
        ),
    ] {
        let kept = outgoing.kept();
        assert_eq!(Some(outgoing), Outgoing::of_kept(&kept));
    }
    assert_eq!(None, Outgoing::of_kept("{\"key\":1}"));
}

#[test]
fn what_nobody_had_read_is_marked_when_a_conversation_is_opened() {
    let from = |card: Card| {
        let mut state = inbox(vec![card.clone()]);
        state.open(conversation(1));
        state.apply(thread(card, 1..=5, false), NOW);
        state.thread(conversation(1)).unwrap().unread_from
    };
    let unread = |n, mut card: Card| {
        card.unread = n;
        card
    };
    assert_eq!(Some(Seq(4)), from(unread(2, active(1, 1, 1, Some(1)))));
    assert_eq!(None, from(unread(0, active(1, 1, 1, None))));
    assert_eq!(
        None,
        from(unread(5, pending(1, 1, 10))),
        "all is new to everybody"
    );
}
