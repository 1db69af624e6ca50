//! A command that comes again is the same command.

use domain::{Command, Refusal, Write};
use protocol::entry::Outcome;

use crate::desk::{ANA, BEN, Desk, agent, conversation, key, run, told};

/// Every command that carries a key, ready to be played once in a waiting conversation.
fn commands(desk: &mut Desk) -> Vec<Command> {
    let (conversation, handoff_id) = (desk.conversation, desk.handoff());
    vec![
        Command::VisitorSays {
            opening: desk.opening(),
            write: desk.write(),
            text: "Hello?".to_owned(),
            attachments: Vec::new(),
            run: run(desk.number()),
            fresh: desk.fresh(),
        },
        Command::CancelHandoff {
            conversation,
            write: desk.write(),
        },
        Command::AddNote {
            conversation,
            agent: agent(BEN),
            write: desk.write(),
            text: "Somebody is in a hurry.".to_owned(),
            attachments: Vec::new(),
            mentions: Vec::new(),
        },
        Command::AgentSays {
            conversation,
            agent: agent(ANA),
            write: desk.write(),
            text: "Hello.".to_owned(),
            attachments: Vec::new(),
        },
        Command::Claim {
            conversation,
            agent: agent(ANA),
            write: desk.write(),
            handoff: handoff_id,
        },
        Command::Resolve {
            conversation,
            agent: agent(ANA),
            write: desk.write(),
            handoff: handoff_id,
            outcome: Outcome::Closed,
        },
    ]
}

fn set_write(command: &mut Command, new: Write) {
    match command {
        Command::VisitorSays { write, .. }
        | Command::AskForHuman { write, .. }
        | Command::AnswerProposal { write, .. }
        | Command::SendForm { write, .. }
        | Command::CancelHandoff { write, .. }
        | Command::AgentSays { write, .. }
        | Command::AddNote { write, .. }
        | Command::Claim { write, .. }
        | Command::Reject { write, .. }
        | Command::StepIn { write, .. }
        | Command::Transfer { write, .. }
        | Command::Release { write, .. }
        | Command::Resolve { write, .. }
        | Command::Snooze { write, .. }
        | Command::Wake { write, .. }
        | Command::Join { write, .. }
        | Command::Leave { write, .. }
        | Command::Label { write, .. }
        | Command::EditNote { write, .. }
        | Command::PinNote { write, .. }
        | Command::Block { write, .. } => *write = new,
        Command::VisitorReads { .. }
        | Command::AgentReads { .. }
        | Command::AiAnswers { .. }
        | Command::Route { .. }
        | Command::LookAfter { .. }
        | Command::TimeComes { .. }
        | Command::Rate { .. }
        | Command::ThumbAnswer { .. } => panic!("this command has no key"),
    }
}

#[test]
fn the_same_key_again_gets_the_first_answer_and_changes_nothing() {
    for number in 0..6 {
        let mut desk = Desk::open();
        desk.visitor_asks();
        let command = commands(&mut desk).swap_remove(number);
        let first = desk.decide(&command).unwrap();
        assert!(first.seq.is_some(), "{command:?}");
        let before = told(&desk.facts);
        desk.seconds_pass(3_600);

        assert_eq!(Ok(first), desk.decide(&command), "{command:?}");
        assert_eq!(before, told(&desk.facts));
    }
}

#[test]
fn the_same_key_again_gets_the_first_answer_after_everything_changed() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    let claim = commands(&mut desk).swap_remove(4);
    let first = desk.decide(&claim).unwrap();
    desk.releases(ANA);
    desk.claims(BEN);

    assert_eq!(Ok(first), desk.decide(&claim));
    assert_eq!((0, 1), (desk.load(ANA), desk.load(BEN)));
}

#[test]
fn the_same_key_with_other_words_is_refused() {
    for number in 0..6 {
        let mut desk = Desk::open();
        desk.visitor_asks();
        let mut command = commands(&mut desk).swap_remove(number);
        desk.decide(&command).unwrap();
        let (_, write) = command.write().unwrap();
        set_write(
            &mut command,
            Write {
                digest: write.digest + 1,
                ..write
            },
        );

        assert_eq!(
            Err(Refusal::KeyReused),
            desk.decide(&command),
            "{command:?}"
        );
    }
}

#[test]
fn a_refusal_is_not_kept_and_its_retry_is_judged_anew() {
    let mut desk = Desk::open();
    desk.visitor_says("Hello?");
    let reply = Command::AgentSays {
        conversation: desk.conversation,
        agent: agent(ANA),
        write: desk.write(),
        text: "Hello.".to_owned(),
        attachments: Vec::new(),
    };
    assert_eq!(Err(Refusal::NotHeld), desk.decide(&reply));

    desk.visitor_asks();

    assert!(desk.decide(&reply).unwrap().seq.is_some());
}

#[test]
fn the_keys_of_two_writers_do_not_clash() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    let same = Write {
        key: key(7),
        digest: 7,
    };
    let other = Write {
        key: key(7),
        digest: 8,
    };
    let mut commands = commands(&mut desk);
    let mut seqs = Vec::new();
    // The visitor, Ben and Ana, all with one key; Ben's says something else.
    for (number, write) in [(0, same), (2, other), (3, same)] {
        set_write(&mut commands[number], write);
        seqs.push(desk.decide(&commands[number]).unwrap().seq);
    }
    seqs.dedup();
    assert_eq!(3, seqs.len());
}

#[test]
fn the_keys_of_two_conversations_do_not_clash() {
    let mut desk = Desk::open();
    let write = desk.write();
    for number in [1, 2] {
        desk.conversation = conversation(number);
        let command = Command::AskForHuman {
            opening: desk.opening(),
            write,
            fresh: desk.fresh(),
        };
        assert!(desk.decide(&command).unwrap().seq.is_some());
    }
    assert_eq!(2, desk.facts.trail.handoffs.len());
}

#[test]
fn the_entry_carries_the_key_that_wrote_it() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    let command = commands(&mut desk).swap_remove(3);
    let done = desk.decide(&command).unwrap();
    let (_, write) = command.write().unwrap();

    let written: Vec<_> = desk
        .entries()
        .into_iter()
        .filter(|entry| entry.write == Some(write))
        .collect();
    // The claim that the reply brought along carries none, so that the key is unique.
    assert_eq!(1, written.len());
    assert_eq!(
        (done.seq, done.public_seq),
        (Some(written[0].seq), written[0].public_seq)
    );
}
