//! Every command in every state by every actor: what it comes to.
//!
//! A cell holds `wrote` (an entry), `changed` (no entry, but something changed), `nothing` (done,
//! and nothing changed), or the code of the refusal.

mod cells;

use domain::agent::{Assigned, Presence};
use domain::command::Reply;
use domain::conversation::Run;
use domain::{Body, Command, Done, Entry, Opening, Refusal};
use protocol::entry::{Author, Destination, Outcome};
use protocol::label::LabelChange;
use protocol::lead::LeadDetails;
use protocol::person::Availability;
use protocol::rating::Thumb;
use protocol::settings::RoutingMode;
use protocol::{PublicSeq, Seq, Timestamp};

use crate::desk::{
    ANA, BEN, BUSY, CHATBOT, Desk, FOREIGN, GROUP, OFFLINE, OTHER_CHATBOT, UNASSIGNED,
    UNCLEAR_WISH, agent, category, chatbot, conversation, group, run, told, visitor,
};

const STATES: [&str; 12] = [
    "new",
    "assistant",
    "proposed",
    "waiting",
    "offered_to_ben",
    "held_by_ana",
    "held_by_offline",
    "held_by_busy",
    "missed",
    "closed",
    "restored",
    "cancelled",
];

/// The table of a command. A new command has to have one before this compiles.
fn table_of(command: &Command) -> &'static str {
    match command {
        Command::VisitorSays { .. } => cells::VISITOR_SAYS,
        Command::AskForHuman { .. } => cells::ASK_FOR_HUMAN,
        Command::AnswerProposal { .. } => cells::ANSWER_PROPOSAL,
        Command::CancelHandoff { .. } => cells::CANCEL_HANDOFF,
        Command::SendForm { .. } => cells::SEND_FORM,
        Command::VisitorReads { .. } => cells::VISITOR_READS,
        Command::AgentSays { .. } => cells::AGENT_SAYS,
        Command::AddNote { .. } => cells::ADD_NOTE,
        Command::Claim { .. } => cells::CLAIM,
        Command::Reject { .. } => cells::REJECT,
        Command::StepIn { .. } => cells::STEP_IN,
        Command::Transfer { to, .. } => match to {
            Destination::Agent(_) => cells::TRANSFER_TO_BEN,
            Destination::Group(_) | Destination::Queue => cells::TRANSFER_TO_QUEUE,
        },
        Command::Release { .. } => cells::RELEASE,
        Command::Resolve { outcome, .. } => match outcome {
            Outcome::RestoredToAi | Outcome::Closed => cells::RESOLVE,
            Outcome::AutoClosed | Outcome::Spam => cells::RESOLVE_BY_RULE,
        },
        Command::Snooze { .. } => cells::SNOOZE,
        Command::Wake { .. } => cells::WAKE,
        Command::Join { .. } => cells::JOIN,
        Command::Leave { .. } => cells::LEAVE,
        Command::Label { .. } => cells::LABEL,
        Command::EditNote { .. } => cells::EDIT_NOTE,
        Command::PinNote { .. } => cells::PIN_NOTE,
        Command::Block { .. } => cells::BLOCK,
        Command::AgentReads { .. } => cells::AGENT_READS,
        Command::AiAnswers { .. } => cells::AI_ANSWERS,
        Command::Route { .. } => cells::ROUTE,
        Command::LookAfter { .. } => cells::LOOK_AFTER,
        Command::TimeComes { .. } => cells::TIME_COMES,
        Command::Rate { .. } => cells::RATE,
        Command::ThumbAnswer { .. } => cells::THUMB_ANSWER,
    }
}

/// A desk whose conversation is in this state, and the last attempt the AI began in it.
fn desk_in(state: &str) -> (Desk, Run) {
    let mut desk = Desk::open();
    if state != "held_by_busy" {
        desk.conversation = conversation(2);
        desk.visitor_asks();
        desk.claims(BUSY);
        desk.conversation = conversation(1);
    }
    if state == "new" {
        let never = Run {
            id: run(999),
            epoch: 0,
            question: Seq(1),
        };
        return (desk, never);
    }
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();
    match state {
        "assistant" => {}
        "proposed" => {
            desk.visitor_says(UNCLEAR_WISH);
        }
        "offered_to_ben" => {
            desk.set(|settings| settings.routing.mode = RoutingMode::Offer);
            desk.agent(BEN).priority = 1;
            desk.visitor_asks();
        }
        _ => {
            desk.visitor_asks();
        }
    }
    match state {
        "assistant" | "proposed" | "waiting" | "offered_to_ben" => {}
        "held_by_ana" => {
            desk.claims(ANA);
        }
        "held_by_offline" => {
            desk.choose(OFFLINE, Availability::Online);
            desk.claims(OFFLINE);
            desk.choose(OFFLINE, Availability::Offline);
        }
        "held_by_busy" => {
            desk.claims(BUSY);
        }
        "missed" => {
            desk.minutes_pass(15);
            desk.time_comes();
        }
        "closed" => {
            desk.resolves(ANA, Outcome::Closed);
        }
        "restored" => {
            desk.resolves(ANA, Outcome::RestoredToAi);
        }
        "cancelled" => {
            desk.visitor_cancels();
        }
        other => panic!("{other} is no state"),
    }
    (desk, begun)
}

/// Plays a command in every state by every actor and compares with its table.
fn check(columns: &str, command: impl Fn(&mut Desk, Run, &str) -> Command) {
    let columns: Vec<&str> = columns.split_whitespace().collect();
    let mut table = None;
    let mut found = vec![[vec!["."], columns.clone()].concat().join(" ")];
    for state in STATES {
        let mut row = state.to_owned();
        for column in &columns {
            let (mut desk, begun) = desk_in(state);
            let command = command(&mut desk, begun, column);
            table = Some(table_of(&command));
            row.push(' ');
            row.push_str(&cell(&mut desk, &command));
        }
        found.push(row);
    }
    let expected: Vec<String> = table
        .expect("every command was played")
        .trim()
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(expected, found);
}

fn cell(desk: &mut Desk, command: &Command) -> String {
    let before = told(&desk.facts);
    match desk.decide(command) {
        Ok(Done { seq: Some(_), .. }) => "wrote".to_owned(),
        Ok(Done {
            seq: None,
            public_seq,
        }) => {
            assert_eq!(None, public_seq);
            if before == told(&desk.facts) {
                "nothing".to_owned()
            } else {
                "changed".to_owned()
            }
        }
        Err(refusal) => code(&refusal),
    }
}

/// `taken_by` for `TakenBy { .. }`.
fn code(refusal: &Refusal) -> String {
    let told = format!("{refusal:?}");
    let name = told.split(|c: char| !c.is_alphanumeric()).next();
    let mut code = String::new();
    for letter in name.expect("a split has a first part").chars() {
        if letter.is_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.extend(letter.to_lowercase());
    }
    code
}

const AGENTS: &str = "ana ben foreign unassigned offline busy";
const VISITORS: &str = "visitor other_visitor other_chatbot";

fn who(column: &str) -> protocol::AgentId {
    agent(match column {
        "ana" => ANA,
        "ben" => BEN,
        "foreign" => FOREIGN,
        "unassigned" => UNASSIGNED,
        "offline" => OFFLINE,
        "busy" => BUSY,
        other => panic!("{other} is not of the team"),
    })
}

fn opening(column: &str, desk: &Desk) -> Opening {
    let (by, through) = match column {
        "visitor" => (1, CHATBOT),
        "other_visitor" => (2, CHATBOT),
        "other_chatbot" => (1, OTHER_CHATBOT),
        other => panic!("{other} is no visitor"),
    };
    Opening {
        visitor: visitor(by),
        chatbot: chatbot(through),
        ..desk.opening()
    }
}

#[test]
fn claim_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Claim {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
    });
}

#[test]
fn reply_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::AgentSays {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        text: "Hello, I am here.".to_owned(),
        attachments: Vec::new(),
    });
}

#[test]
fn note_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::AddNote {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        text: "Seems to be in a hurry.".to_owned(),
        attachments: Vec::new(),
        mentions: Vec::new(),
    });
}

#[test]
fn release_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Release {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
        fresh: desk.fresh(),
    });
}

#[test]
fn reject_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Reject {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
        fresh: desk.fresh(),
    });
}

#[test]
fn step_in_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::StepIn {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        fresh: desk.fresh(),
    });
}

#[test]
fn transfer_in_every_state_by_every_agent_to_every_destination() {
    for to in [
        Destination::Agent(agent(BEN)),
        Destination::Group(group(GROUP)),
        Destination::Queue,
    ] {
        check(AGENTS, |desk, _, column| Command::Transfer {
            conversation: desk.conversation,
            agent: who(column),
            write: desk.write(),
            handoff: desk.handoff(),
            to,
            note: String::new(),
            fresh: desk.fresh(),
        });
    }
}

#[test]
fn resolve_in_every_state_by_every_agent_with_every_outcome() {
    for outcome in [
        Outcome::RestoredToAi,
        Outcome::Closed,
        Outcome::AutoClosed,
        Outcome::Spam,
    ] {
        check(AGENTS, |desk, _, column| Command::Resolve {
            conversation: desk.conversation,
            agent: who(column),
            write: desk.write(),
            handoff: desk.handoff(),
            outcome,
        });
    }
}

#[test]
fn put_aside_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Snooze {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
        until: None,
    });
}

#[test]
fn take_up_again_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Wake {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
    });
}

#[test]
fn join_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Join {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
    });
}

#[test]
fn leave_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Leave {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
    });
}

#[test]
fn label_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Label {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        change: LabelChange::Category(Some(category(1))),
        known: true,
    });
}

/// A note of Ana's, which is there whatever else is.
fn anas_note(desk: &mut Desk) -> Seq {
    let (conversation, seq) = (desk.conversation, Seq(1));
    let note = Entry {
        conversation,
        seq,
        public_seq: None,
        at: Timestamp(0),
        write: None,
        author: Author::Agent(agent(ANA)),
        body: Body::Note {
            markdown: "A regular.".to_owned(),
            attachments: Vec::new(),
            mentions: Vec::new(),
            edited_at: None,
            pinned: false,
        },
    };
    desk.facts.notes.insert((conversation, seq), note);
    seq
}

#[test]
fn edit_a_note_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::EditNote {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        note: anas_note(desk),
        text: "Not a regular.".to_owned(),
        mentions: Vec::new(),
    });
}

#[test]
fn pin_a_note_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::PinNote {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        note: anas_note(desk),
        pinned: true,
    });
}

#[test]
fn block_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Block {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        blocked: true,
    });
}

#[test]
fn read_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::AgentReads {
        conversation: desk.conversation,
        agent: who(column),
        seq: Seq(100),
    });
}

#[test]
fn write_in_every_state_by_every_visitor() {
    check(VISITORS, |desk, _, column| Command::VisitorSays {
        opening: opening(column, desk),
        write: desk.write(),
        text: "And on Monday?".to_owned(),
        attachments: Vec::new(),
        run: run(desk.number()),
        fresh: desk.fresh(),
    });
}

#[test]
fn ask_for_a_person_in_every_state_by_every_visitor() {
    check(VISITORS, |desk, _, column| Command::AskForHuman {
        opening: opening(column, desk),
        write: desk.write(),
        fresh: desk.fresh(),
    });
}

#[test]
fn answer_a_proposal_in_every_state() {
    check("yes no", |desk, _, column| Command::AnswerProposal {
        conversation: desk.conversation,
        write: desk.write(),
        accept: column == "yes",
        fresh: desk.fresh(),
    });
}

#[test]
fn send_the_form_in_every_state_by_every_visitor() {
    check(VISITORS, |desk, _, column| Command::SendForm {
        opening: opening(column, desk),
        write: desk.write(),
        details: LeadDetails {
            email: "mira@example.org".to_owned(),
            ..LeadDetails::default()
        },
        fresh: desk.fresh(),
    });
}

#[test]
fn cancel_in_every_state() {
    check("visitor", |desk, _, _| Command::CancelHandoff {
        conversation: desk.conversation,
        write: desk.write(),
    });
}

#[test]
fn rate_in_every_state() {
    check("visitor", |desk, _, _| Command::Rate {
        conversation: desk.conversation,
        handoff: desk.handoff(),
        stars: 4,
        comment: String::new(),
    });
}

#[test]
fn thumb_in_every_state() {
    check("visitor", |desk, _, _| Command::ThumbAnswer {
        conversation: desk.conversation,
        answer: PublicSeq(1),
        thumb: Some(Thumb::Up),
    });
}

#[test]
fn read_in_every_state_by_the_visitor() {
    check("visitor", |desk, _, _| Command::VisitorReads {
        conversation: desk.conversation,
        seq: PublicSeq(1),
    });
}

#[test]
fn the_ai_comes_back_in_every_state() {
    check("begun other_run other_epoch", |desk, begun, column| {
        Command::AiAnswers {
            conversation: desk.conversation,
            run: if column == "other_run" {
                run(998)
            } else {
                begun.id
            },
            epoch: if column == "other_epoch" {
                begun.epoch + 1
            } else {
                begun.epoch
            },
            reply: Reply::Unknown,
            fresh: desk.fresh(),
        }
    });
}

/// Whoever holds it is gone for longer than the grace, still there, or may not see it any more.
#[test]
fn look_after_the_holder_in_every_state() {
    check("gone there unassigned nobody", |desk, _, column| {
        let holder = desk
            .facts
            .conversations
            .get(&desk.conversation)
            .and_then(domain::Conversation::claim)
            .map_or(agent(ANA), |claim| claim.agent);
        if column == "gone" {
            let since = desk.now;
            let holder = desk.facts.agents.get_mut(&holder);
            holder.expect("the holder is of the team").presence = Presence::Gone { since };
            desk.minutes_pass(1);
        }
        if column == "unassigned" {
            let holder = desk.facts.agents.get_mut(&holder);
            holder.expect("the holder is of the team").assigned = Assigned::Only(Vec::new());
        }
        Command::LookAfter {
            conversation: desk.conversation,
            agent: if column == "nobody" {
                agent(77)
            } else {
                holder
            },
            fresh: desk.fresh(),
        }
    });
}

#[test]
fn routing_looks_again_in_every_state() {
    check("nothing_changed nobody_there", |desk, _, column| {
        if column == "nobody_there" {
            desk.only_there(&[]);
        }
        Command::Route {
            conversation: desk.conversation,
            fresh: desk.fresh(),
        }
    });
}

#[test]
fn time_comes_in_every_state() {
    check("at_once in_a_day", |desk, _, column| {
        if column == "in_a_day" {
            desk.minutes_pass(24 * 60);
        }
        Command::TimeComes {
            conversation: desk.conversation,
            visitor_connected: true,
            fresh: desk.fresh(),
        }
    });
}
