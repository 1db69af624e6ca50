//! "Why did this agent not get this chat?": each check fails alone, and all pass for whom routing
//! would choose.

use domain::Agent;
use domain::agent::{Assigned, Presence};
use domain::doctor::{examine, listed, sign_ins};
use domain::routing::{group as wanted, is_eligible};
use protocol::Timestamp;
use protocol::doctor::{Check, CheckKind};
use protocol::person::Availability;
use protocol::settings::{Day, Interval, WeekTimes};

use crate::desk::{
    ANA, BEN, Desk, GROUP, OTHER_CHATBOT, Step, agent, chatbot, conversation, group, workspace,
};

const ORDER: [CheckKind; 10] = [
    CheckKind::Permission,
    CheckKind::Assigned,
    CheckKind::Group,
    CheckKind::Online,
    CheckKind::Hours,
    CheckKind::Limit,
    CheckKind::Declined,
    CheckKind::Asked,
    CheckKind::Accepting,
    CheckKind::Language,
];

/// A desk where a chat waits for the group that Ben is in.
fn waiting() -> Desk {
    let mut desk = Desk::with(|settings| settings.routing.group = Some(group(GROUP)));
    desk.visitor_asks();
    desk
}

fn checks(desk: &Desk) -> Vec<Check> {
    let agent = &desk.facts.agents[&agent(BEN)];
    examine(agent, desk.conversation(), group_of(desk), desk.now)
}

fn group_of(desk: &Desk) -> Option<protocol::GroupId> {
    wanted(desk.facts.agents.values(), desk.conversation(), desk.now)
}

fn failed(checks: &[Check]) -> Vec<CheckKind> {
    let failed = checks.iter().filter(|check| !check.passed);
    failed.map(|check| check.kind).collect()
}

fn sentence(checks: &[Check], kind: CheckKind) -> String {
    let found = checks.iter().find(|check| check.kind == kind);
    found.expect("every check is made").found.to_string()
}

/// Open on Mondays; the stories play on a Thursday.
fn monday() -> WeekTimes {
    WeekTimes {
        zone: "UTC".to_owned(),
        open: vec![Interval {
            day: Day::Monday,
            from: 0,
            to: 1_440,
        }],
    }
}

#[test]
fn all_checks_are_made_in_their_order_and_pass_for_whom_routing_would_choose() {
    let checks = checks(&waiting());
    let kinds: Vec<_> = checks.iter().map(|check| check.kind).collect();
    assert_eq!(ORDER.to_vec(), kinds);
    assert_eq!(Vec::<CheckKind>::new(), failed(&checks));
    let sentences: Vec<_> = checks.iter().map(|check| check.found.to_string()).collect();
    assert_eq!(
        [
            "The role allows taking chats.",
            "Assigned to this chatbot.",
            "In the group that this request went to.",
            "Online.",
            "Has no working hours set.",
            "Holds 0 of 5 chats.",
            "Has not passed this chat on.",
            "Is not asked to take another chat.",
            "Accepts chats.",
            "The visitor's language is not among theirs: who speaks it goes first.",
        ],
        *sentences
    );
}

#[test]
fn each_check_fails_alone_and_says_what_was_found() {
    let ways: [(CheckKind, &str, Step); 11] = [
        (
            CheckKind::Assigned,
            "Not assigned to this chatbot. An admin can assign it.",
            |desk| desk.agent(BEN).assigned = Assigned::Only(vec![chatbot(OTHER_CHATBOT)]),
        ),
        (
            CheckKind::Group,
            "Not in the group that this request went to.",
            |desk| {
                desk.agent(ANA).groups = vec![group(GROUP)];
                desk.agent(BEN).groups.clear();
            },
        ),
        (CheckKind::Online, "Chose to be away.", |desk| {
            desk.choose(BEN, Availability::Away);
        }),
        (CheckKind::Online, "Chose to be offline.", |desk| {
            desk.choose(BEN, Availability::Offline);
        }),
        (
            CheckKind::Online,
            "The inbox is not open, for 7 min.",
            |desk| {
                desk.leaves(BEN);
                desk.seconds_pass(7 * 60 + 59);
            },
        ),
        (CheckKind::Online, "Has not opened the inbox yet.", |desk| {
            desk.agent(BEN).presence = Presence::Gone {
                since: Timestamp(0),
            };
        }),
        (
            CheckKind::Asked,
            "Is asked to take another chat and has not answered yet.",
            |desk| desk.agent(BEN).offers = vec![conversation(7)],
        ),
        (CheckKind::Hours, "Outside their working hours.", |desk| {
            desk.agent(BEN).hours = Some(monday());
        }),
        (CheckKind::Limit, "Holds 5 of 5 chats.", |desk| {
            desk.agent(BEN).load = 5;
        }),
        (
            CheckKind::Declined,
            "Passed this chat on, or let its offer expire.",
            |desk| {
                desk.rejects(BEN);
            },
        ),
        (
            CheckKind::Accepting,
            "Does not accept chats at the moment.",
            |desk| desk.agent(BEN).accepting = false,
        ),
    ];
    for (kind, expected, way) in ways {
        let mut desk = waiting();
        way(&mut desk);
        let checks = checks(&desk);
        assert_eq!(vec![kind], failed(&checks), "{expected}");
        assert_eq!(expected, sentence(&checks, kind));
    }
}

#[test]
fn what_is_fine_in_another_way_says_so() {
    let mut desk = waiting();
    desk.leaves(BEN);
    desk.seconds_pass(59);
    desk.set(|settings| settings.routing.group = None);
    desk.agent(BEN).hours = Some(WeekTimes {
        zone: "UTC".to_owned(),
        open: vec![Interval {
            day: Day::Thursday,
            from: 0,
            to: 1_440,
        }],
    });
    desk.agent(BEN).languages = vec!["en-US".to_owned()];
    desk.visitor_cancels();
    desk.visitor_asks();
    let checks = checks(&desk);
    assert_eq!(Vec::<CheckKind>::new(), failed(&checks));
    assert_eq!(
        "Online: the connection broke a moment ago.",
        sentence(&checks, CheckKind::Online)
    );
    assert_eq!(
        "In their working hours.",
        sentence(&checks, CheckKind::Hours)
    );
    assert_eq!(
        "The request went to no particular group.",
        sentence(&checks, CheckKind::Group)
    );
    assert_eq!(
        "Speaks the visitor's language.",
        sentence(&checks, CheckKind::Language)
    );
}

#[test]
fn an_agent_learns_where_a_conversation_is_listed_or_why_nowhere() {
    let mut desk = waiting();
    let found = |desk: &Desk| {
        let found = listed(&desk.facts.agents[&agent(BEN)], desk.conversation());
        (found.passed, found.found.to_string())
    };
    assert_eq!((true, "Listed under Pending.".to_owned()), found(&desk));
    desk.claims(BEN);
    assert_eq!((true, "Listed under Active.".to_owned()), found(&desk));
    desk.snoozes(BEN, None);
    let sentence = "Listed under Snoozed: its holder put it aside.";
    assert_eq!((true, sentence.to_owned()), found(&desk));
    for unseen in [
        (Assigned::Only(Vec::new()), workspace(1)),
        (Assigned::All, workspace(2)),
    ] {
        (desk.agent(BEN).assigned, desk.agent(BEN).workspace) = unseen;
        let sentence = "In no list: not assigned to this chatbot. An admin can assign it.";
        assert_eq!((false, sentence.to_owned()), found(&desk));
    }

    let mut desk = Desk::open();
    desk.visitor_says("How heavy is the tent?");
    let sentence = "Listed under Assistant: the assistant answers, and nobody was asked for since.";
    assert_eq!((true, sentence.to_owned()), found(&desk));
}

#[test]
fn who_mistypes_a_few_times_is_under_no_attack() {
    let found = |times| {
        let found = sign_ins(times);
        (found.passed, found.found.to_string())
    };
    let fine = "Hardly any sign-in was refused lately.".to_owned();
    assert_eq!((true, fine.clone()), found(0));
    assert_eq!((true, fine), found(9));
    let (passed, sentence) = found(10);
    assert!(!passed && sentence.starts_with("10 sign-ins were refused lately"));
}

/// One agent for each way a small number can go, so that every mixture of failing checks is there.
fn mixed(bits: u32, now: Timestamp) -> Agent {
    let bit = |place: u32| bits >> place & 1 == 1;
    let mut agent = Desk::open().facts.agents[&agent(BEN)].clone();
    if bit(0) {
        agent.assigned = Assigned::Only(Vec::new());
    }
    if bit(1) {
        agent.groups.clear();
    }
    agent.chosen = match (bit(2), bit(3)) {
        (false, _) => Availability::Online,
        (true, false) => Availability::Away,
        (true, true) => Availability::Offline,
    };
    agent.presence = match (bit(4), bit(5)) {
        (false, _) => Presence::Connected,
        (true, false) => Presence::Gone {
            since: Timestamp(now.millis() - 59_999),
        },
        (true, true) => Presence::Gone {
            since: Timestamp(now.millis() - 60_000),
        },
    };
    agent.has_outlet = bit(6);
    agent.hours = bit(7).then(monday);
    agent.load = if bit(8) { 5 } else { 4 };
    agent.accepting = !bit(9);
    agent
}

#[test]
fn examine_passes_exactly_when_routing_would_choose() {
    let mut desk = waiting();
    let (mut chosen, mut not) = (0, 0);
    for declines in [false, true] {
        if declines {
            desk.rejects(BEN);
        }
        for bits in 0..1 << 10 {
            let agent = mixed(bits, desk.now);
            let group = desk.waiting().group;
            let checks = examine(&agent, desk.conversation(), group, desk.now);
            let eligible = is_eligible(&agent, desk.conversation(), group, desk.now);
            assert_eq!(eligible, failed(&checks).is_empty(), "{agent:#?}");
            if eligible {
                chosen += 1;
            } else {
                not += 1;
            }
        }
    }
    assert!(chosen > 10 && not > 1_000, "{chosen} {not}");
}
