//! Every command in every state by every actor: what it comes to.
//!
//! A cell holds `wrote` (an entry), `read` (no entry, but something changed), `nothing` (done, and
//! nothing changed), or the code of the refusal.

use domain::command::Reply;
use domain::conversation::Run;
use domain::{Command, Done, Opening, Refusal};
use protocol::entry::Outcome;
use protocol::person::Availability;
use protocol::{PublicSeq, Seq};

use crate::desk::{
    ANA, BEN, BUSY, CHATBOT, Desk, FOREIGN, OFFLINE, OTHER_CHATBOT, UNASSIGNED, agent, chatbot,
    conversation, handoff, run, told, visitor,
};

const STATES: [&str; 9] = [
    "new",
    "assistant",
    "waiting",
    "held_by_ana",
    "held_by_offline",
    "held_by_busy",
    "closed",
    "restored",
    "cancelled",
];

const CLAIM: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    waiting          wrote         wrote         not_found  not_found   not_online    chat_limit_reached
    held_by_ana      nothing       taken_by      not_found  not_found   taken_by      taken_by
    held_by_offline  taken_by      taken_by      not_found  not_found   nothing       taken_by
    held_by_busy     taken_by      taken_by      not_found  not_found   taken_by      nothing
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

const AGENT_SAYS: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        not_held      not_held      not_found  not_found   not_held      not_held
    waiting          wrote         wrote         not_found  not_found   not_online    chat_limit_reached
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  held_by       held_by       not_found  not_found   wrote         held_by
    held_by_busy     held_by       held_by       not_found  not_found   held_by       wrote
    closed           not_held      not_held      not_found  not_found   not_held      not_held
    restored         not_held      not_held      not_found  not_found   not_held      not_held
    cancelled        not_held      not_held      not_found  not_found   not_held      not_held
";

const ADD_NOTE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        wrote         wrote         not_found  not_found   wrote         wrote
    waiting          wrote         wrote         not_found  not_found   wrote         wrote
    held_by_ana      wrote         wrote         not_found  not_found   wrote         wrote
    held_by_offline  wrote         wrote         not_found  not_found   wrote         wrote
    held_by_busy     wrote         wrote         not_found  not_found   wrote         wrote
    closed           wrote         wrote         not_found  not_found   wrote         wrote
    restored         wrote         wrote         not_found  not_found   wrote         wrote
    cancelled        wrote         wrote         not_found  not_found   wrote         wrote
";

const RELEASE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    waiting          not_held      not_held      not_found  not_found   not_held      not_held
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  held_by       held_by       not_found  not_found   wrote         held_by
    held_by_busy     held_by       held_by       not_found  not_found   held_by       wrote
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

const RESOLVE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    waiting          wrote         wrote         not_found  not_found   not_online    chat_limit_reached
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  held_by       held_by       not_found  not_found   wrote         held_by
    held_by_busy     held_by       held_by       not_found  not_found   held_by       wrote
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

/// Outcomes that are not for people to choose.
const RESOLVE_BY_RULE: &str = "
    .                ana                  ben                  foreign    unassigned  offline              busy
    new              not_found            not_found            not_found  not_found   not_found            not_found
    assistant        outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    waiting          outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    held_by_ana      outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    held_by_offline  outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    held_by_busy     outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    closed           outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    restored         outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    cancelled        outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
";

const AGENT_READS: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        nothing       nothing       not_found  not_found   nothing       nothing
    waiting          nothing       nothing       not_found  not_found   nothing       nothing
    held_by_ana      read          nothing       not_found  not_found   nothing       nothing
    held_by_offline  nothing       nothing       not_found  not_found   read          nothing
    held_by_busy     nothing       nothing       not_found  not_found   nothing       read
    closed           nothing       nothing       not_found  not_found   nothing       nothing
    restored         nothing       nothing       not_found  not_found   nothing       nothing
    cancelled        nothing       nothing       not_found  not_found   nothing       nothing
";

const VISITOR_SAYS: &str = "
    .                visitor  other_visitor  other_chatbot
    new              wrote    wrote          wrote
    assistant        wrote    not_found      not_found
    waiting          wrote    not_found      not_found
    held_by_ana      wrote    not_found      not_found
    held_by_offline  wrote    not_found      not_found
    held_by_busy     wrote    not_found      not_found
    closed           wrote    not_found      not_found
    restored         wrote    not_found      not_found
    cancelled        wrote    not_found      not_found
";

const ASK_FOR_HUMAN: &str = "
    .                visitor  other_visitor  other_chatbot
    new              wrote    wrote          wrote
    assistant        wrote    not_found      not_found
    waiting          nothing  not_found      not_found
    held_by_ana      nothing  not_found      not_found
    held_by_offline  nothing  not_found      not_found
    held_by_busy     nothing  not_found      not_found
    closed           wrote    not_found      not_found
    restored         wrote    not_found      not_found
    cancelled        wrote    not_found      not_found
";

const CANCEL_HANDOFF: &str = "
    .                visitor
    new              not_found
    assistant        not_waiting
    waiting          wrote
    held_by_ana      not_waiting
    held_by_offline  not_waiting
    held_by_busy     not_waiting
    closed           not_waiting
    restored         not_waiting
    cancelled        not_waiting
";

const VISITOR_READS: &str = "
    .                visitor
    new              not_found
    assistant        read
    waiting          read
    held_by_ana      read
    held_by_offline  read
    held_by_busy     read
    closed           read
    restored         read
    cancelled        read
";

/// `begun`: the attempt that was begun by the visitor's newest message to the AI.
const AI_ANSWERS: &str = "
    .                begun         other_run     other_epoch
    new              not_found     not_found     not_found
    assistant        wrote         handoff_over  handoff_over
    waiting          handoff_over  handoff_over  handoff_over
    held_by_ana      handoff_over  handoff_over  handoff_over
    held_by_offline  handoff_over  handoff_over  handoff_over
    held_by_busy     handoff_over  handoff_over  handoff_over
    closed           handoff_over  handoff_over  handoff_over
    restored         handoff_over  handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  handoff_over
";

/// The table of a command. A new command has to have one before this compiles.
fn table_of(command: &Command) -> &'static str {
    match command {
        Command::VisitorSays { .. } => VISITOR_SAYS,
        Command::AskForHuman { .. } => ASK_FOR_HUMAN,
        Command::CancelHandoff { .. } => CANCEL_HANDOFF,
        Command::VisitorReads { .. } => VISITOR_READS,
        Command::AgentSays { .. } => AGENT_SAYS,
        Command::AddNote { .. } => ADD_NOTE,
        Command::Claim { .. } => CLAIM,
        Command::Release { .. } => RELEASE,
        Command::Resolve { outcome, .. } => match outcome {
            Outcome::RestoredToAi | Outcome::Closed => RESOLVE,
            Outcome::AutoClosed | Outcome::Spam => RESOLVE_BY_RULE,
        },
        Command::AgentReads { .. } => AGENT_READS,
        Command::AiAnswers { .. } => AI_ANSWERS,
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
    if state != "assistant" {
        desk.visitor_asks();
    }
    match state {
        "assistant" | "waiting" => {}
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
                "read".to_owned()
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
    });
}

#[test]
fn note_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::AddNote {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        text: "Seems to be in a hurry.".to_owned(),
    });
}

#[test]
fn release_in_every_state_by_every_agent() {
    check(AGENTS, |desk, _, column| Command::Release {
        conversation: desk.conversation,
        agent: who(column),
        write: desk.write(),
        handoff: desk.handoff(),
    });
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
        run: run(desk.number()),
        handoff: handoff(desk.number()),
    });
}

#[test]
fn ask_for_a_person_in_every_state_by_every_visitor() {
    check(VISITORS, |desk, _, column| Command::AskForHuman {
        opening: opening(column, desk),
        write: desk.write(),
        handoff: handoff(desk.number()),
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
        }
    });
}
