//! What visitors, the AI and agents say to each other, from the first question to the end.

use protocol::agent::AgentEvent;
use protocol::card::CardState;
use protocol::entry::{
    Author, Body, Event, Outcome, PublicAuthor, PublicBody, PublicEvent, Trigger,
};
use protocol::person::{Availability, Face};
use protocol::visitor::{StateLine, Typist, VisitorCommand, VisitorEvent};
use protocol::{PublicSeq, Refusal};

use crate::actors::{Encoding, TestDesk, fresh_key};

#[tokio::test]
async fn a_question_without_an_answer_is_answered_honestly() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;

    let asked = visitor
        .says("How heavy is the Skarn 2 tent?")
        .await
        .unwrap();

    let answer = visitor.hears_the_ai(asked).await;
    assert_eq!(asked.next(), answer.seq);
    visitor.reads("I don't know that").await;
}

#[tokio::test]
async fn two_questions_sent_quickly_are_both_answered() {
    let desk = TestDesk::start().await;
    let page = "# Help\n\n## How do I clean the tent?\n\nRinse the tent with cold water.\n\n\
        ## Do you ship to Norway?\n\nWe ship to Norway within a week.";
    desk.trains(page).await;
    let mut visitor = desk.visitor().await;
    for text in ["How do I clean the tent?", "Do you ship to Norway?"] {
        let (key, text) = (fresh_key(), text.to_owned());
        visitor
            .client
            .send(&VisitorCommand::Say {
                key,
                text,
                attachments: Vec::new(),
            })
            .await;
    }

    visitor.reads("Rinse the tent with cold water").await;
    visitor.reads("We ship to Norway within a week").await;
}

#[tokio::test]
async fn a_typed_wish_for_a_person_reaches_every_agent_with_the_whole_history() {
    let desk = TestDesk::start().await;
    let (mut ana, ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor_speaking(Encoding::Json).await;
    let asked = visitor.says("Where is my parcel?").await.unwrap();
    visitor.hears_the_ai(asked).await;

    visitor.says("Can I talk to a person?").await.unwrap();

    visitor
        .is_told(
            "to wait",
            |event| matches!(event, PublicEvent::Waiting { message } if !message.is_empty()),
        )
        .await;
    visitor.sees_line(&waiting_at(1)).await;
    let conversation = visitor.conversation;
    ben.sees_pending(conversation).await;
    ana.sees_pending(conversation).await;
    let thread = ana.opens(conversation).await;
    let CardState::Pending { trigger, .. } = thread.card.state else {
        panic!("{:?}", thread.card)
    };
    assert_eq!(Trigger::Wish, trigger);
    let authors: Vec<_> = thread.entries.iter().map(|entry| entry.author).collect();
    assert_eq!(
        [
            Author::Visitor,
            Author::Ai,
            Author::Visitor,
            Author::Visitor
        ],
        *authors
    );
    assert!(matches!(
        thread.entries[3].body,
        Body::Event(Event::HandoffRequested { .. })
    ));
    assert_eq!("https://shop.example/tents", thread.visitor.page_url);
}

#[tokio::test]
async fn while_somebody_waits_the_ai_says_once_that_it_arrived_and_nothing_to_a_person() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    visitor.says("Is anybody there?").await.unwrap();
    visitor.reads("I have passed that on.").await;
    visitor.says("I am in a hurry").await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    visitor.says("How heavy is the tent?").await.unwrap();
    ana.says(conversation, "2.1 **kg**").await.unwrap();
    visitor.reads("2.1 kg").await;
    // Long enough for an answer that should not come.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;

    let ai = visitor
        .entries()
        .into_iter()
        .filter(|entry| entry.author == PublicAuthor::Ai);
    assert_eq!(1, ai.count());
}

#[tokio::test]
async fn the_ai_never_speaks_after_a_claim_whatever_the_timing() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    for round in 0..40_u64 {
        let mut visitor = desk.visitor().await;
        let conversation = visitor.conversation;
        let (question, request) = (fresh_key(), fresh_key());
        // The question starts the AI; the request and the claim race its answer.
        let text = "What does the guide say about tents?".to_owned();
        visitor
            .client
            .send(&VisitorCommand::Say {
                key: question,
                text,
                attachments: Vec::new(),
            })
            .await;
        tokio::time::sleep(std::time::Duration::from_micros(round * 150)).await;
        visitor
            .client
            .send(&VisitorCommand::AskForHuman { key: request })
            .await;
        visitor.is_answered(request).await.unwrap();
        let handoff = ana.sees_pending(conversation).await;
        ana.claims(conversation, handoff).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;

        let entries = ana.opens(conversation).await.entries;
        let requested = entries
            .iter()
            .position(|entry| matches!(entry.body, Body::Event(Event::HandoffRequested { .. })));
        let later = &entries[requested.expect("a request")..];
        assert!(
            later.iter().all(|entry| entry.author != Author::Ai),
            "round {round}: {later:?}"
        );
        ana.resolves(conversation, handoff, Outcome::Closed)
            .await
            .unwrap();
        let close = protocol::agent::AgentCommand::CloseThread { conversation };
        ana.client.send(&close).await;
    }
}

#[tokio::test]
async fn after_restoring_the_ai_answers_again_and_the_visitor_is_told() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana Maria").await;
    let mut visitor = desk.visitor().await;
    visitor.says("I want to talk to a human").await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    let is_ana = |line: &VisitorEvent| match line {
        VisitorEvent::LineChanged(StateLine::Person(Face { name, initials, .. })) => {
            (name == "Ana Maria" && initials == "AM").then_some(())
        }
        _ => None,
    };
    visitor.client.hears("Ana in the state line", is_ana).await;

    ana.resolves(conversation, handoff, Outcome::RestoredToAi)
        .await
        .unwrap();

    let restored = |event: &PublicEvent| matches!(event, PublicEvent::Restored { message, .. } if !message.is_empty());
    visitor
        .is_told("that the assistant is back", restored)
        .await;
    let asked = visitor.says("And what about boots?").await.unwrap();
    visitor.hears_the_ai(asked).await;
    let requests = visitor
        .entries()
        .into_iter()
        .filter(|entry| matches!(&entry.body, PublicBody::Event(PublicEvent::Waiting { .. })));
    assert_eq!(
        1,
        requests.count(),
        "the old wish must not begin another handoff"
    );
    let thread = ana.opens(conversation).await;
    assert!(matches!(
        thread.card.state,
        CardState::Resolved { outcome: Outcome::RestoredToAi, agent, .. } if agent == ana.id
    ));
}

#[tokio::test]
async fn a_closed_conversation_says_so_and_opens_again_when_the_visitor_writes() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;

    // Resolving what nobody holds claims it first.
    ana.resolves(conversation, handoff, Outcome::Closed)
        .await
        .unwrap();

    visitor
        .is_told("the end", |event| {
            matches!(event, PublicEvent::Closed { .. })
        })
        .await;
    visitor.sees_line(&StateLine::Closed).await;
    let asked = visitor.says("One more thing").await.unwrap();
    visitor.sees_line(&StateLine::Assistant).await;
    visitor.hears_the_ai(asked).await;
}

#[tokio::test]
async fn who_goes_on_with_the_assistant_leaves_the_queue() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let (mut first, mut second) = (desk.visitor().await, desk.visitor().await);
    first.asks_for_human().await.unwrap();
    first.sees_line(&waiting_at(1)).await;
    second.asks_for_human().await.unwrap();
    second.sees_line(&waiting_at(2)).await;
    let handoff = ana.sees_pending(first.conversation).await;

    first.cancels().await.unwrap();

    first.sees_line(&StateLine::Assistant).await;
    second.sees_line(&waiting_at(1)).await;
    let gone = |event: &AgentEvent| match event {
        AgentEvent::CardGone { conversation } => {
            (*conversation == first.conversation).then_some(())
        }
        _ => None,
    };
    ana.client.hears("that the card is gone", gone).await;
    assert_eq!(
        Err(Refusal::HandoffOver),
        ana.claims(first.conversation, handoff).await
    );
    assert_eq!(Err(Refusal::NotWaiting), first.cancels().await);
}

#[tokio::test]
async fn a_note_reaches_colleagues_and_never_the_visitor() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor_speaking(Encoding::Json).await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ben.opens(conversation).await;

    ana.notes(conversation, "CANARY: he is a *difficult* one")
        .await
        .unwrap();
    ana.says(conversation, "How can I help?").await.unwrap();

    ben.reads("CANARY: he is a difficult one").await;
    visitor.reads("How can I help?").await;
    let welcome = visitor.comes_back(PublicSeq(0)).await;
    let all = serde_json::to_string(&(visitor.client.heard(), &welcome)).unwrap();
    assert!(!all.contains("CANARY"), "{all}");
    let numbers: Vec<_> = welcome.entries.iter().map(|entry| entry.seq.0).collect();
    assert_eq!(
        (1..=numbers.len() as u64).collect::<Vec<_>>(),
        numbers,
        "a note leaves no gap"
    );
}

#[tokio::test]
async fn typing_is_told_both_ways_but_only_by_who_holds_the_chat() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.opens(conversation).await;
    ben.opens(conversation).await;
    let typing = |event: &VisitorEvent| match event {
        VisitorEvent::TypingChanged {
            typist: Typist::Person,
            typing: true,
        } => Some(()),
        _ => None,
    };

    ben.client
        .send(&protocol::agent::AgentCommand::Typing {
            conversation,
            typing: true,
        })
        .await;
    ben.notes(conversation, "after the typing").await.unwrap();
    assert!(
        !visitor
            .client
            .heard()
            .iter()
            .any(|event| typing(event).is_some())
    );
    ana.client
        .send(&protocol::agent::AgentCommand::Typing {
            conversation,
            typing: true,
        })
        .await;
    visitor.client.hears("that Ana types", typing).await;

    visitor
        .client
        .send(&VisitorCommand::Typing { typing: true })
        .await;
    let types = |event: &AgentEvent| match event {
        AgentEvent::TypingChanged {
            author: Author::Visitor,
            typing: true,
            ..
        } => Some(()),
        _ => None,
    };
    ana.client.hears("that the visitor types", types).await;
}

#[tokio::test]
async fn unread_counts_rise_with_what_the_visitor_says_and_fall_when_the_holder_reads() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("Agent please").await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    visitor.says("It is urgent").await.unwrap();
    ana.sees_card(conversation, |card| card.unread == 2).await;
    ana.claims(conversation, handoff).await.unwrap();
    let thread = ana.opens(conversation).await;

    let seq = thread.entries.last().unwrap().seq;
    ana.client
        .send(&protocol::agent::AgentCommand::Read { conversation, seq })
        .await;

    ana.sees_card(conversation, |card| {
        card.unread == 0 && matches!(card.state, CardState::Active { .. })
    })
    .await;
    let read = |event: &VisitorEvent| match event {
        VisitorEvent::ReadByTeam { seq } => Some(*seq),
        _ => None,
    };
    assert_eq!(PublicSeq(3), visitor.client.hears("a receipt", read).await);

    ana.says(conversation, "Here I am").await.unwrap();
    let last = visitor.reads("Here I am").await.seq;
    visitor
        .client
        .send(&VisitorCommand::Read { seq: last })
        .await;
    let read = |event: &AgentEvent| match event {
        AgentEvent::ReadByVisitor { seq, .. } => Some(*seq),
        _ => None,
    };
    assert_eq!(last, ana.client.hears("a receipt", read).await);
}

#[tokio::test]
async fn colleagues_see_who_is_online_away_and_offline() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut ben = desk.agent("Ben").await;
    let ben_is = |wanted: Availability| {
        let ben = ben.id;
        move |event: &AgentEvent| match event {
            AgentEvent::PresenceChanged {
                agent,
                availability,
                chosen: None,
                ..
            } => (*agent == ben && *availability == wanted).then_some(()),
            _ => None,
        }
    };
    ana.client
        .hears("that Ben is online", ben_is(Availability::Online))
        .await;
    let is_away = ben_is(Availability::Away);
    let is_offline = ben_is(Availability::Offline);

    let away = protocol::agent::AgentCommand::SetAvailability {
        availability: Availability::Away,
    };
    ben.client.send(&away).await;
    ana.client.hears("that Ben is away", is_away).await;
    drop(ben);
    ana.client.hears("that Ben is offline", is_offline).await;

    let team = ana.comes_back(Vec::new()).await.team;
    let states: Vec<_> = team
        .iter()
        .map(|member| (&*member.face.name, member.availability))
        .collect();
    assert!(
        states.contains(&("Ana", Availability::Online)),
        "{states:?}"
    );
    assert!(
        states.contains(&("Ben", Availability::Offline)),
        "{states:?}"
    );
}

#[tokio::test]
async fn an_offline_agent_takes_no_chat() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(visitor.conversation).await;
    let offline = protocol::agent::AgentCommand::SetAvailability {
        availability: Availability::Offline,
    };
    ana.client.send(&offline).await;
    let told = |event: &AgentEvent| match event {
        AgentEvent::PresenceChanged {
            chosen: Some(Availability::Offline),
            ..
        } => Some(()),
        _ => None,
    };
    ana.client.hears("my own choice", told).await;

    assert_eq!(
        Err(Refusal::NotOnline),
        ana.claims(visitor.conversation, handoff).await
    );
}

/// The line of a visitor at this place, before anybody knows how long it takes.
fn waiting_at(place: u32) -> StateLine {
    StateLine::Waiting {
        place,
        minutes: None,
        form: false,
    }
}
