//! What stands beside a conversation: who the visitor is, notes, what was before, and the block.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::CardState;
use protocol::contact::{Attribute, CameTo, Contact, ContactChange, Origin, Panel};
use protocol::entry::{Body, Entry, Event, Outcome, PublicEvent};
use protocol::lead::{Answer, LeadDetails};
use protocol::refusal::{Field, Problem};
use protocol::visitor::VisitorCommand;
use protocol::{ConversationId, PublicSeq, Refusal, Seq};

use crate::actors::{AgentActor, TestDesk, fresh_key};

async fn looks(agent: &mut AgentActor, conversation: ConversationId) -> (Panel, Vec<Entry>) {
    agent.client.forget();
    let asks = AgentCommand::ShowPanel { conversation };
    agent.client.send(&asks).await;
    let panel = agent.client.hears("the panel", |event| match event {
        AgentEvent::Panel(panel) if panel.conversation == conversation => Some(panel.clone()),
        _ => None,
    });
    let panel = panel.await;
    let notes = agent.client.hears("the notes", |event| match event {
        AgentEvent::Notes {
            conversation: of,
            notes,
        } if *of == conversation => Some(notes.clone()),
        _ => None,
    });
    (panel, notes.await)
}

async fn edits(
    agent: &mut AgentActor,
    conversation: ConversationId,
    version: u64,
    change: ContactChange,
) -> Result<Option<Seq>, Refusal> {
    agent
        .asks(|key| AgentCommand::EditContact {
            conversation,
            key,
            version,
            change,
        })
        .await
}

async fn is_told(agent: &AgentActor, is: impl Fn(&Contact) -> bool) -> Contact {
    let told = |event: &AgentEvent| match event {
        AgentEvent::ContactChanged { contact, .. } => is(contact).then(|| contact.clone()),
        _ => None,
    };
    agent.client.hears("the contact", told).await
}

fn name(name: &str) -> ContactChange {
    ContactChange::Name(name.to_owned())
}

#[tokio::test]
async fn two_agents_edit_one_contact_and_both_see_what_holds() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let first = ana.sees_card(conversation, |_| true).await;
    ana.opens(conversation).await;
    ben.opens(conversation).await;
    let (panel, _) = looks(&mut ana, conversation).await;
    assert_eq!((Contact::default(), 1), (panel.contact, panel.visits.count));

    edits(&mut ana, conversation, 0, name("Mira Berg"))
        .await
        .unwrap();
    let told = is_told(&ben, |contact| contact.version == 1).await;
    assert_eq!(
        ("Mira Berg", Origin::Agent),
        (&*told.name.text, told.name.origin)
    );
    // The card is called so everywhere, with a version of its own.
    let card = ben
        .sees_card(conversation, |card| card.visitor.name == "Mira Berg")
        .await;
    assert!(card.version > first.version);

    // Ben looked at what was before, and is told so; what he wants himself is no change.
    let late = edits(&mut ben, conversation, 0, name("Myra")).await;
    assert_eq!(Err(Refusal::ContactChanged), late);
    let same = edits(&mut ben, conversation, 0, name("Mira Berg")).await;
    assert_eq!(Ok(None), same);
    let wrong = ContactChange::Email("mira".to_owned());
    assert_eq!(
        Err(Refusal::FieldInvalid {
            field: Field::Email,
            problem: Problem::NotAnAddress
        }),
        edits(&mut ben, conversation, 1, wrong).await
    );
    let order = ContactChange::Attribute(Attribute {
        name: "Order".to_owned(),
        text: "NO-5".to_owned(),
    });
    edits(&mut ben, conversation, 1, order).await.unwrap();
    is_told(&ana, |contact| contact.attributes.len() == 1).await;

    // Without a name it is called as it came; the chat goes on as before.
    edits(&mut ben, conversation, 2, name("")).await.unwrap();
    ana.sees_card(conversation, |card| card.visitor == first.visitor)
        .await;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    let elsewhere = ConversationId(fresh_key().0);
    let unseen = edits(&mut ben, elsewhere, 0, name("Nobody")).await;
    assert_eq!(Err(Refusal::NotFound), unseen);
}

#[tokio::test]
async fn agents_who_edit_at_once_never_overwrite_each_other() {
    let desk = TestDesk::start().await;
    let mut agents = Vec::new();
    for number in 0..6 {
        agents.push(desk.numbered_agent(number).await);
    }
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let tasks = agents.into_iter().map(|mut agent| {
        tokio::spawn(async move {
            agent.sees_card(conversation, |_| true).await;
            let company = ContactChange::Company(format!("Company of {}", agent.name));
            edits(&mut agent, conversation, 0, company).await
        })
    });
    let mut saved = 0;
    for task in tasks.collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(_) => saved += 1,
            Err(refusal) => assert_eq!(Refusal::ContactChanged, refusal),
        }
    }
    assert_eq!(1, saved, "one of them was first");
    let mut late = desk.agent("Late").await;
    let (panel, _) = looks(&mut late, conversation).await;
    assert_eq!(1, panel.contact.version);
}

#[tokio::test]
async fn a_form_fills_what_is_empty_and_leaves_what_an_agent_typed() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let mut ana = desk.agent("Ana").await;
    ana.opens(conversation).await;
    edits(&mut ana, conversation, 0, name("Frau Berg"))
        .await
        .unwrap();
    let key = fresh_key();
    let details = LeadDetails {
        name: "mira".to_owned(),
        email: "mira@example.org".to_owned(),
        message: "Do you repair zips?".to_owned(),
        custom: vec![Answer {
            label: "Unasked".to_owned(),
            text: "left out".to_owned(),
        }],
        ..LeadDetails::default()
    };
    visitor
        .client
        .send(&VisitorCommand::SendForm { key, details })
        .await;
    visitor.is_answered(key).await.unwrap();
    let (panel, _) = looks(&mut ana, conversation).await;
    let contact = panel.contact;
    assert_eq!("Frau Berg", contact.name.text);
    assert_eq!(
        ("mira@example.org", Origin::Form),
        (&*contact.email.text, contact.email.origin)
    );
    assert!(contact.attributes.is_empty(), "the form asked for no more");
    let CameTo::Missed(_) = panel.handoffs[0].came_to else {
        panic!("{:?}", panel.handoffs);
    };
    // What a saved reply may name.
    let thread = ana.opens(conversation).await;
    assert_eq!("Frau Berg", thread.card.visitor.name);
}

#[tokio::test]
async fn a_note_is_edited_and_pinned_for_all_who_look_and_reaches_no_visitor() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_pending(conversation).await;
    ben.opens(conversation).await;
    let note = ana.notes(conversation, "A **regular**").await.unwrap();
    let note = note.expect("a note has a number");
    ana.notes(conversation, "Prefers mornings").await.unwrap();
    ben.reads("Prefers mornings").await;

    let load = AgentCommand::LoadNote { conversation, note };
    ana.client.send(&load).await;
    let text = ana.client.hears("the Markdown", |event| match event {
        AgentEvent::NoteText { text, .. } => Some(text.clone()),
        _ => None,
    });
    assert_eq!("A **regular**", text.await);
    let edit = |text: &str| {
        let text = text.to_owned();
        move |key| AgentCommand::EditNote {
            conversation,
            key,
            note,
            text,
        }
    };
    assert_eq!(
        Err(Refusal::NotAllowed),
        ben.asks(edit("Mine now")).await,
        "it is Ana's"
    );
    ana.asks(edit("A regular of @Ben")).await.unwrap();
    ben.sees_entry("the edit", |entry| {
        matches!(&entry.body, Body::NoteEdited(edited)
            if edited.note == note && edited.text.plain().contains("A regular of"))
    })
    .await;
    let mentioned = |event: &AgentEvent| matches!(event, AgentEvent::Mentioned(_)).then_some(());
    ben.client.hears("that he is named", mentioned).await;
    let pin = |key| AgentCommand::PinNote {
        conversation,
        key,
        note,
        pinned: true,
    };
    // Anybody of the team may pin anybody's.
    ben.asks(pin).await.unwrap();

    let (_, notes) = looks(&mut ana, conversation).await;
    let told: Vec<_> = notes
        .iter()
        .map(|entry| match &entry.body {
            Body::Note(note) => (note.text.plain(), note.pinned, note.edited_at.is_some()),
            other => panic!("{other:?} is no note"),
        })
        .collect();
    assert_eq!(
        [
            ("A regular of @Ben".to_owned(), true, true),
            ("Prefers mornings".to_owned(), false, false)
        ],
        &told[..]
    );
    // Who opens it now reads the note as it is, in its place.
    let thread = desk.agent("Cleo").await.opens(conversation).await;
    let held = thread.entries.iter().find(|entry| entry.seq == note);
    let Body::Note(held) = &held.expect("it is there").body else {
        panic!("it is a note");
    };
    assert_eq!("A regular of @Ben", held.text.plain());
    let back = visitor.comes_back(PublicSeq(0)).await;
    assert_eq!(1, back.entries.len(), "{:?}", back.entries);
}

async fn blocks(
    agent: &mut AgentActor,
    conversation: ConversationId,
    blocked: bool,
) -> Result<Option<Seq>, Refusal> {
    agent
        .asks(|key| AgentCommand::Block {
            conversation,
            key,
            blocked,
        })
        .await
}

#[tokio::test]
async fn a_blocked_visitor_is_refused_until_they_are_let_again() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.says("BUY NOW").await.unwrap();
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_pending(conversation).await;
    ana.opens(conversation).await;
    blocks(&mut ana, conversation, true).await.unwrap();
    let spam = |card: &protocol::card::Card| {
        card.blocked
            && matches!(
                card.state,
                CardState::Resolved {
                    outcome: Outcome::Spam,
                    ..
                }
            )
    };
    ben.sees_card(conversation, spam).await;
    visitor
        .is_told("that it is closed", |event| {
            matches!(event, PublicEvent::Closed { .. })
        })
        .await;
    assert_eq!(Err(Refusal::Blocked), visitor.says("BUY NOW").await);
    assert_eq!(Err(Refusal::Blocked), visitor.asks_for_human().await);
    // Also after they come back, and nobody is rung for.
    let told = visitor.comes_back(PublicSeq(0)).await;
    assert_eq!(Err(Refusal::Blocked), visitor.says("HELLO?").await);
    let again = visitor.comes_back(PublicSeq(0)).await;
    assert_eq!(told.entries.len(), again.entries.len());
    let steps_in = ben.asks(|key| AgentCommand::StepIn { conversation, key });
    assert_eq!(Err(Refusal::Blocked), steps_in.await);
    // Twice is once.
    assert_eq!(Ok(None), blocks(&mut ben, conversation, true).await);

    blocks(&mut ben, conversation, false).await.unwrap();
    ana.sees_entry("who let them", |entry| {
        entry.body == Body::Event(Event::Blocked(false)) && entry.public_seq.is_none()
    })
    .await;
    visitor.says("Sorry about that").await.unwrap();
}

#[tokio::test]
async fn blocking_while_the_visitor_writes_leaves_nothing_open() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    for _ in 0..6 {
        let mut visitor = desk.visitor().await;
        visitor.says("BUY NOW").await.unwrap();
        let conversation = visitor.conversation;
        let writes = tokio::spawn(async move {
            let mut refused = 0;
            for _ in 0..8 {
                let asks = visitor.asks_for_human().await;
                refused += u32::from(asks == Err(Refusal::Blocked));
                let says = visitor.says("Can I talk to a person?").await;
                refused += u32::from(says == Err(Refusal::Blocked));
            }
            refused
        });
        blocks(&mut ana, conversation, true).await.unwrap();
        writes.await.unwrap();
        let thread = ana.opens(conversation).await;
        assert!(thread.card.blocked);
        let over = matches!(
            thread.card.state,
            CardState::Assistant | CardState::Resolved { .. }
        );
        assert!(over, "{:?}", thread.card.state);
        let last = thread.entries.last().expect("something was written");
        assert_eq!(Body::Event(Event::Blocked(true)), last.body);
    }
}
