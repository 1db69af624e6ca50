//! Who gets a request: who is eligible, and who of them is first.

use domain::agent::{Assigned, Presence};
use domain::routing;
use protocol::entry::Outcome;
use protocol::person::Availability;
use protocol::settings::{Day, Interval, RoutingMode, RoutingOrder, WeekTimes};
use protocol::{AgentId, Timestamp};

use crate::desk::{
    ANA, BEN, BUSY, Desk, FOREIGN, GROUP, OFFLINE, OTHER_CHATBOT, Step, UNASSIGNED, agent, chatbot,
    conversation, group,
};

/// A desk that assigns at once, with nobody there but these.
fn auto(there: &[u32]) -> Desk {
    let mut desk = Desk::with(|settings| settings.routing.mode = RoutingMode::Auto);
    desk.only_there(there);
    desk
}

/// Asks in one conversation after another and says who got each.
fn assigned(desk: &mut Desk, conversations: std::ops::RangeInclusive<u32>) -> Vec<Option<AgentId>> {
    let mut got = Vec::new();
    for number in conversations {
        desk.conversation = conversation(number);
        desk.seconds_pass(1);
        desk.visitor_asks();
        got.push(desk.newest().claim().map(|claim| claim.agent));
    }
    got
}

#[test]
fn a_request_is_assigned_at_once_and_the_system_says_so() {
    let mut desk = auto(&[BEN]);
    let done = desk.try_visitor_asks().unwrap();

    assert_eq!(
        vec!["visitor: requested by Button", "system: claimed"],
        desk.timeline()
    );
    assert_eq!(agent(BEN), desk.holding().claim.agent);
    assert_eq!(1, desk.load(BEN));
    // The answer names the visitor's own entry, by which the command is known again.
    assert_eq!(Some(desk.entries()[0].seq), done.seq);
}

#[test]
fn whoever_waits_longest_for_work_is_first() {
    let mut desk = auto(&[ANA, BEN]);
    desk.agent(ANA).last_claim_at = Some(Timestamp(500));
    desk.agent(BEN).last_claim_at = Some(Timestamp(400));
    assert_eq!(
        [BEN, ANA, BEN].map(|who| Some(agent(who))).to_vec(),
        assigned(&mut desk, 1..=3)
    );
}

#[test]
fn who_never_had_a_chat_waits_longest() {
    let mut desk = auto(&[ANA, BEN]);
    desk.agent(ANA).last_claim_at = Some(Timestamp(1));
    assert_eq!(vec![Some(agent(BEN))], assigned(&mut desk, 1..=1));
}

#[test]
fn whoever_holds_least_is_first_where_the_least_busy_are() {
    let mut desk = auto(&[ANA, BEN]);
    desk.set(|settings| settings.routing.order = RoutingOrder::LeastBusy);
    // Ana had no chat for longer, but holds two.
    desk.agent(ANA).load = 2;
    desk.agent(BEN).last_claim_at = Some(desk.now);
    assert_eq!(
        [BEN, BEN, ANA].map(|who| Some(agent(who))).to_vec(),
        assigned(&mut desk, 1..=3)
    );
}

#[test]
fn the_higher_priority_goes_before_who_is_idle_or_least_busy() {
    for order in [RoutingOrder::LongestIdle, RoutingOrder::LeastBusy] {
        let mut desk = auto(&[ANA, BEN]);
        desk.set(|settings| settings.routing.order = order);
        desk.agent(BEN).priority = 1;
        desk.agent(BEN).load = 3;
        desk.agent(BEN).last_claim_at = Some(desk.now);
        assert_eq!(
            [BEN, BEN, ANA].map(|who| Some(agent(who))).to_vec(),
            assigned(&mut desk, 1..=3),
            "until Ben has no room left"
        );
    }
}

#[test]
fn a_language_is_spoken_wherever_its_visitor_is_from() {
    let table: [(&[&str], &str, bool); 11] = [
        (&["de"], "de", true),
        (&["de"], "de-CH", true),
        (&["de"], "DE_at", true),
        (&["en", "pt-BR"], "pt-PT", true),
        (&["pt-BR"], "pt", true),
        (&["de"], "den", false),
        (&["de"], "en", false),
        (&["de"], "", false),
        (&["de"], "-", false),
        (&[], "de", false),
        (&[], "", false),
    ];
    for (languages, locale, speaks) in table {
        let mut agent = Desk::open().agent(BEN).clone();
        agent.languages = languages.iter().map(|tag| (*tag).to_owned()).collect();
        assert_eq!(speaks, agent.speaks(locale), "{languages:?} {locale}");
    }
}

/// The visitors of these stories speak English.
fn speaks(desk: &mut Desk, who: u32, language: &str) {
    desk.agent(who).languages = vec![language.to_owned()];
}

#[test]
fn who_speaks_the_language_of_a_visitor_goes_first_and_with_none_of_them_free_the_others() {
    for order in [RoutingOrder::LongestIdle, RoutingOrder::LeastBusy] {
        let mut desk = auto(&[ANA, BEN]);
        desk.set(|settings| settings.routing.order = order);
        speaks(&mut desk, ANA, "de");
        speaks(&mut desk, BEN, "en");
        // By everything else it would be Ana's turn.
        desk.agent(ANA).priority = 9;
        desk.agent(BEN).load = 3;
        desk.agent(BEN).last_claim_at = Some(desk.now);
        assert_eq!(
            [BEN, BEN, ANA].map(|who| Some(agent(who))).to_vec(),
            assigned(&mut desk, 1..=3),
            "until Ben has no room left"
        );
    }
}

#[test]
fn a_language_that_nobody_or_everybody_speaks_changes_nothing() {
    for language in ["de", "en"] {
        let mut desk = auto(&[ANA, BEN]);
        speaks(&mut desk, ANA, language);
        speaks(&mut desk, BEN, language);
        desk.agent(BEN).priority = 1;
        assert_eq!(vec![Some(agent(BEN))], assigned(&mut desk, 1..=1));
    }
}

#[test]
fn a_language_opens_no_door_that_is_shut() {
    let shut: [(&str, Step); 3] = [
        ("away", |desk| desk.choose(BEN, Availability::Away)),
        ("accepts none", |desk| desk.agent(BEN).accepting = false),
        ("not of the group", |desk| {
            desk.agent(ANA).groups = vec![group(GROUP)];
            desk.agent(BEN).groups.clear();
            desk.set(|settings| settings.routing.group = Some(group(GROUP)));
        }),
    ];
    for (way, prevent) in shut {
        let mut desk = auto(&[ANA, BEN]);
        speaks(&mut desk, BEN, "en");
        prevent(&mut desk);
        assert_eq!(vec![Some(agent(ANA))], assigned(&mut desk, 1..=1), "{way}");
    }
}

#[test]
fn an_offer_goes_to_who_speaks_the_language_and_from_them_to_the_next() {
    let mut desk = auto(&[ANA, BEN]);
    desk.set(|settings| settings.routing.mode = RoutingMode::Offer);
    speaks(&mut desk, BEN, "en-US");
    desk.visitor_asks();
    assert_eq!(
        Some(agent(BEN)),
        desk.waiting().offer.map(|offer| offer.agent)
    );
    desk.rejects(BEN);
    assert_eq!(
        Some(agent(ANA)),
        desk.waiting().offer.map(|offer| offer.agent)
    );
}

#[test]
fn equals_are_told_apart_always_in_the_same_way() {
    let first = assigned(&mut auto(&[ANA, BEN]), 1..=1);
    for _ in 0..20 {
        assert_eq!(first, assigned(&mut auto(&[BEN, ANA]), 1..=1));
    }
}

#[test]
fn nobody_is_given_more_than_the_limit_and_the_rest_wait() {
    let mut desk = auto(&[BUSY]);
    assert_eq!(
        vec![Some(agent(BUSY)), None, None],
        assigned(&mut desk, 1..=3)
    );
    assert_eq!(1, desk.load(BUSY));
    assert_eq!("visitor: requested by Button", desk.last_line());
}

#[test]
fn what_waits_is_assigned_when_room_becomes_free() {
    let mut desk = auto(&[BUSY]);
    assigned(&mut desk, 1..=2);
    assert_eq!(None, desk.route().seq, "there is no room yet");

    desk.conversation = conversation(1);
    desk.resolves(BUSY, Outcome::Closed);
    desk.conversation = conversation(2);
    let waiting_since = desk.newest().waiting_since();
    desk.seconds_pass(5);

    assert!(desk.route().seq.is_some());
    assert_eq!(agent(BUSY), desk.holding().claim.agent);
    assert_eq!(waiting_since, desk.newest().waiting_since());
}

#[test]
fn what_waits_is_assigned_when_somebody_comes() {
    let mut desk = auto(&[]);
    desk.choose(OFFLINE, Availability::Away);
    assert_eq!(vec![None], assigned(&mut desk, 1..=1));
    desk.choose(OFFLINE, Availability::Online);
    desk.route();
    assert_eq!(agent(OFFLINE), desk.holding().claim.agent);
}

/// Makes the one agent who is there not eligible in one way at a time.
#[test]
fn only_who_may_take_it_now_gets_it() {
    let ways: [(&str, Step); 8] = [
        ("away", |desk| desk.choose(BEN, Availability::Away)),
        ("full", |desk| desk.agent(BEN).load = 5),
        ("accepts none", |desk| desk.agent(BEN).accepting = false),
        ("assigned to nothing", |desk| {
            desk.agent(BEN).assigned = Assigned::Only(Vec::new());
        }),
        ("assigned elsewhere", |desk| {
            desk.agent(BEN).assigned = Assigned::Only(vec![chatbot(OTHER_CHATBOT)]);
        }),
        ("not connected but reached by push", |desk| {
            desk.agent(BEN).has_outlet = true;
            desk.agent(BEN).presence = Presence::Gone {
                since: Timestamp(desk.now.millis() - 60_000),
            };
        }),
        ("off work", |desk| {
            let monday = Interval {
                day: Day::Monday,
                from: 9 * 60,
                to: 17 * 60,
            };
            // The stories play on a Thursday.
            desk.agent(BEN).hours = Some(WeekTimes {
                zone: "UTC".to_owned(),
                open: vec![monday],
            });
        }),
        ("not of the group", |desk| {
            desk.agent(BEN).groups.clear();
            desk.agent(OFFLINE).groups = vec![group(GROUP)];
            desk.set(|settings| settings.routing.group = Some(group(GROUP)));
        }),
    ];
    for (way, prevent) in ways {
        let mut desk = auto(&[BEN]);
        // Somebody is there who could take it by hand, so that it is not missed.
        desk.choose(OFFLINE, Availability::Away);
        prevent(&mut desk);
        assert_eq!(vec![None], assigned(&mut desk, 1..=1), "{way}");
    }
    assert_eq!(vec![Some(agent(BEN))], assigned(&mut auto(&[BEN]), 1..=1));
}

#[test]
fn with_nobody_of_its_group_there_whoever_is_there_gets_a_request() {
    let mut desk = auto(&[ANA]);
    desk.set(|settings| settings.routing.group = Some(group(GROUP)));
    desk.agent(BEN).has_outlet = true;
    assert_eq!(vec![Some(agent(ANA))], assigned(&mut desk, 1..=1));

    // Who is away is there: the request waits for them.
    desk.choose(BEN, Availability::Away);
    assert_eq!(vec![None], assigned(&mut desk, 2..=2));
    desk.choose(BEN, Availability::Offline);
    desk.route();
    assert_eq!(agent(ANA), desk.holding().claim.agent);
}

#[test]
fn a_group_gets_what_is_for_it_and_everybody_else_does_not() {
    let mut desk = auto(&[ANA, BEN]);
    desk.set(|settings| settings.routing.group = Some(group(GROUP)));
    desk.agent(ANA).priority = 9;
    desk.agent(BEN).chat_limit = 1;
    assert_eq!(vec![Some(agent(BEN)), None], assigned(&mut desk, 1..=2));
    // By hand anybody may help out.
    desk.claims(ANA);
}

#[test]
fn within_the_grace_a_lost_connection_is_none() {
    let mut desk = auto(&[BEN]);
    desk.choose(OFFLINE, Availability::Away);
    desk.leaves(BEN);
    desk.seconds_pass(58);
    assert_eq!(vec![Some(agent(BEN))], assigned(&mut desk, 1..=1));
    assert_eq!(vec![None], assigned(&mut desk, 2..=2));
}

#[test]
fn nothing_is_given_to_another_workspace() {
    let mut desk = auto(&[]);
    desk.choose(OFFLINE, Availability::Away);
    desk.agent(FOREIGN).chosen = Availability::Online;
    desk.agent(FOREIGN).priority = 9;
    desk.agent(UNASSIGNED).chosen = Availability::Online;
    assert_eq!(vec![None], assigned(&mut desk, 1..=1));
}

#[test]
fn without_the_whole_team_in_sight_nobody_is_chosen_and_nothing_is_missed() {
    let mut desk = auto(&[BEN]);
    desk.facts.staffed.clear();
    assert_eq!(vec![None], assigned(&mut desk, 1..=1));
    desk.only_there(&[]);
    assert_eq!(None, desk.route().seq);
    assert_eq!(None, desk.missed_for());
}

#[test]
fn who_gave_a_chat_back_is_not_given_it_again() {
    let mut desk = auto(&[ANA, BEN]);
    desk.agent(ANA).priority = 1;
    assigned(&mut desk, 1..=1);
    desk.releases(ANA);
    assert_eq!(agent(BEN), desk.holding().claim.agent);
    assert_eq!("system: claimed", desk.last_line());

    desk.releases(BEN);
    assert_eq!(None, desk.newest().claim(), "now it waits in the pool");
    assert_eq!("Ben: released", desk.last_line());
}

#[test]
fn in_the_pool_routing_chooses_nobody() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    assert_eq!(None, desk.route().seq);
    assert_eq!(vec!["visitor: requested by Button"], desk.timeline());
}

#[test]
fn a_change_of_mode_holds_for_what_waits_already() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.set(|settings| settings.routing.mode = RoutingMode::Auto);
    desk.route();
    assert_eq!("system: claimed", desk.last_line());
}

/// The stories play on a Thursday.
fn all_thursday() -> WeekTimes {
    let thursday = Interval {
        day: Day::Thursday,
        from: 0,
        to: 24 * 60,
    };
    WeekTimes {
        zone: "UTC".to_owned(),
        open: vec![thursday],
    }
}

#[test]
fn who_is_not_connected_is_not_there_in_their_quiet_hours() {
    let mut desk = Desk::open();
    desk.agent(BEN).has_outlet = true;
    desk.agent(BEN).presence = Presence::Gone {
        since: Timestamp(desk.now.millis() - 60_000),
    };
    assert_eq!(
        Availability::Away,
        desk.agent(BEN).clone().availability(desk.now)
    );
    desk.agent(BEN).quiet = Some(all_thursday());
    assert_eq!(
        Availability::Offline,
        desk.agent(BEN).clone().availability(desk.now)
    );
    // Quiet hours are no working hours: who is there anyway is there.
    desk.agent(BEN).presence = Presence::Connected;
    assert_eq!(
        Availability::Online,
        desk.agent(BEN).clone().availability(desk.now)
    );
}

#[test]
fn a_mail_tells_those_who_are_away_and_could_take_it() {
    let told = |change: fn(&mut Desk)| {
        let mut desk = Desk::open();
        desk.visitor_asks();
        desk.agent(BEN).has_outlet = true;
        desk.agent(BEN).presence = Presence::Gone {
            since: Timestamp(desk.now.millis() - 60_000),
        };
        change(&mut desk);
        let conversation = desk.facts.conversations[&desk.conversation].clone();
        let ben = desk.agent(BEN).clone();
        routing::is_told_by_mail(&ben, &conversation, Some(group(GROUP)), desk.now)
    };
    assert!(told(|_| {}), "gone home");
    assert!(
        told(|desk| {
            desk.agent(BEN).presence = Presence::Connected;
            desk.choose(BEN, Availability::Away);
        }),
        "away at the desk"
    );
    let not: [(&str, Step); 8] = [
        ("online", |desk| {
            desk.agent(BEN).presence = Presence::Connected;
        }),
        ("wants no mail", |desk| desk.agent(BEN).has_outlet = false),
        ("quiet hours", |desk| {
            desk.agent(BEN).presence = Presence::Connected;
            desk.choose(BEN, Availability::Away);
            desk.agent(BEN).quiet = Some(all_thursday());
        }),
        ("chose to be offline", |desk| {
            desk.choose(BEN, Availability::Offline);
        }),
        ("assigned to nothing", |desk| {
            desk.agent(BEN).assigned = Assigned::Only(Vec::new());
        }),
        ("not of the group", |desk| desk.agent(BEN).groups.clear()),
        ("within the grace", |desk| {
            desk.agent(BEN).presence = Presence::Gone { since: desk.now };
        }),
        ("of another workspace", |desk| {
            let foreign = desk.agent(FOREIGN).workspace;
            desk.agent(BEN).workspace = foreign;
        }),
    ];
    for (why, change) in not {
        assert!(!told(change), "{why}");
    }
}
