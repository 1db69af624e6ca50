//! Files go along with words, or without any; each once, by who uploaded it, where it was uploaded to.

use domain::{Body, Command, Refusal, Unsent, Uploader};
use protocol::attachment::Attachment;
use protocol::card::Files;
use protocol::{AttachmentId, Timestamp};

use crate::desk::{ANA, BEN, Desk, agent, conversation, run};

fn uploaded(desk: &mut Desk, number: u32, by: Uploader) -> AttachmentId {
    let id = AttachmentId::new(Timestamp(number.into()), &[9; 10]);
    let view = Attachment {
        id,
        name: "order.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        bytes: 4,
        picture: None,
    };
    let unsent = Unsent {
        conversation: desk.conversation,
        by,
        view,
    };
    desk.facts.attachments.insert(id, unsent);
    id
}

fn by_visitor(desk: &mut Desk, text: &str, files: &[AttachmentId]) -> Result<(), Refusal> {
    let command = Command::VisitorSays {
        opening: desk.opening(),
        write: desk.write(),
        text: text.to_owned(),
        attachments: files.to_vec(),
        run: run(desk.number()),
        fresh: desk.fresh(),
    };
    desk.decide(&command).map(drop)
}

fn by_agent(desk: &mut Desk, who: u32, files: &[AttachmentId]) -> Result<(), Refusal> {
    let command = Command::AgentSays {
        conversation: desk.conversation,
        agent: agent(who),
        write: desk.write(),
        text: String::new(),
        attachments: files.to_vec(),
    };
    desk.decide(&command).map(drop)
}

#[test]
fn a_file_needs_no_words_and_is_sent_once() {
    let mut desk = Desk::open();
    let visitor = Uploader::Visitor(desk.opening().visitor);
    let file = uploaded(&mut desk, 1, visitor);
    by_visitor(&mut desk, "", &[file]).unwrap();
    let counted = Files {
        pictures: 0,
        others: 1,
    };
    let last = desk.conversation().last.clone().unwrap();
    assert_eq!((String::new(), counted), (last.text, last.files));
    assert_eq!(Some(&false), desk.facts.trail.sent.get(&file));
    assert_eq!(Err(Refusal::FileGone), by_visitor(&mut desk, "", &[file]));
    assert_eq!(Err(Refusal::TextEmpty), by_visitor(&mut desk, " ", &[]));
}

#[test]
fn a_file_of_somebody_else_or_of_another_conversation_does_not_exist() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.says(ANA, "Hello.");
    let visitor = Uploader::Visitor(desk.opening().visitor);
    let theirs = uploaded(&mut desk, 1, visitor);
    let bens = uploaded(&mut desk, 2, Uploader::Agent(agent(BEN)));
    let elsewhere = uploaded(&mut desk, 3, Uploader::Agent(agent(ANA)));
    let unsent = desk.facts.attachments.get_mut(&elsewhere).unwrap();
    unsent.conversation = conversation(77);
    for file in [theirs, bens, elsewhere] {
        assert_eq!(Err(Refusal::FileGone), by_agent(&mut desk, ANA, &[file]));
    }
    assert!(desk.facts.trail.sent.is_empty(), "a refusal leaves nothing");
    let own = uploaded(&mut desk, 4, Uploader::Agent(agent(ANA)));
    assert_eq!(
        Err(Refusal::FileGone),
        by_agent(&mut desk, ANA, &[own, own])
    );
    let many = [own; 11];
    let limit = Err(Refusal::TooManyFiles { limit: 10 });
    assert_eq!(limit, by_agent(&mut desk, ANA, &many));
    by_agent(&mut desk, ANA, &[own]).unwrap();
}

#[test]
fn a_file_of_a_note_is_the_teams_own() {
    let mut desk = Desk::open();
    desk.visitor_says("Hello?");
    let file = uploaded(&mut desk, 1, Uploader::Agent(agent(BEN)));
    let command = Command::AddNote {
        conversation: desk.conversation,
        agent: agent(BEN),
        write: desk.write(),
        text: String::new(),
        attachments: vec![file],
        mentions: Vec::new(),
    };
    let done = desk.decide(&command).unwrap();
    assert_eq!(None, done.public_seq);
    assert_eq!(Some(&true), desk.facts.trail.sent.get(&file));
}

#[test]
fn a_file_alone_does_not_put_aside_the_question_that_is_being_answered() {
    let mut desk = Desk::open();
    desk.visitor_says("How do I fit the pole?");
    let asked = desk.run();
    let visitor = Uploader::Visitor(desk.opening().visitor);
    let file = uploaded(&mut desk, 1, visitor);
    by_visitor(&mut desk, "", &[file]).unwrap();
    assert_eq!(asked, desk.run());
    let words = desk
        .entries()
        .into_iter()
        .filter(|entry| match &entry.body {
            Body::Message { attachments, .. } => !attachments.is_empty(),
            Body::Note { .. } | Body::NoteEdited { .. } | Body::Event(_) => false,
        });
    assert_eq!(1, words.count());
}
