//! Who may ask what, and who is told what: one matrix of every address, server function, command and
//! event, by every role, about what is theirs, another chatbot's and another workspace's, while they
//! are on the team and after.
//!
//! Words are planted where not everybody may look; everything that anybody is told is searched for
//! them. `cargo xtask authz --sabotage` leaves one filter out of the server, which has to be missed here.

mod api;
mod commands;
mod events;
mod functions;
mod report;
mod routes;
mod secrets;
mod visitors;
mod world;

use std::fmt;
use std::time::{Duration, Instant};

use domain::permissions::{self, Permission, Rights};
use protocol::close;
use protocol::person::Role;
use serde_json::json;

use report::Report;
use secrets::Ear;
use world::World;

use crate::actors::TestDesk;

/// Somebody of the team: with a preset, or with a role of the workspace's own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Actor {
    Is(Role),
    /// Like an admin, without [`TAKEN`].
    Custom,
}

impl Actor {
    fn rights(self) -> Rights {
        match self {
            Self::Is(role) => role.into(),
            Self::Custom => Rights {
                role: Role::Admin,
                without: TAKEN.into_iter().collect(),
            },
        }
    }

    fn has(self, permission: Permission) -> bool {
        permissions::has(self.rights(), permission)
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(role) => role.fmt(f),
            Self::Custom => f.write_str("Custom"),
        }
    }
}

/// What the workspace's own role takes away from an admin: whatever is asked by command, by function or
/// by address, and nothing that a plain agent has, so that it may invite one.
const TAKEN: [Permission; 5] = [
    Permission::EraseData,
    Permission::AssignChats,
    Permission::SeeAudit,
    Permission::SeeIdentitySecrets,
    Permission::ShareViews,
];

/// Like an agent, without what lets programs act as them.
fn unplugged() -> Rights {
    Rights {
        role: Role::Agent,
        without: [Permission::UseApi].into_iter().collect(),
    }
}

/// Every role, from least to most, and one of the workspace's own.
const ROLES: [Actor; 7] = [
    Actor::Is(Role::SupportAgent),
    Actor::Is(Role::Agent),
    Actor::Is(Role::AccountManager),
    Actor::Is(Role::Supervisor),
    Actor::Is(Role::Admin),
    Actor::Is(Role::Owner),
    Actor::Custom,
];

#[tokio::test]
async fn everything_that_is_served_has_a_row() {
    let desk = TestDesk::start().await;
    functions::are_all_here(&desk).await;
    routes::are_all_here();
}

#[tokio::test]
async fn nobody_asks_or_is_told_what_is_not_theirs() {
    #[cfg(feature = "faults")]
    server::faults::check().unwrap();
    let mut report = Report::default();
    routes::are_all_here();
    let mut world = World::begins(&mut report).await;
    let mut told = events::day(&mut world, &mut report).await;
    let things = routes::Things::made(&mut world).await;
    commands::matrix(&mut world, &mut report, &mut told).await;
    visitors::matrix(&mut world, &mut report, &mut told).await;
    functions::matrix(&world, &mut report).await;
    routes::matrix(&world, &things, &mut report, true).await;
    world.everybody_is_still().await;
    for (_, names) in world.hears(&mut report, "what functions and addresses led to") {
        told.extend(names);
    }
    leave(&mut world, &mut report).await;
    functions::gone(&world, &mut report).await;
    routes::matrix(&world, &things, &mut report, false).await;
    for event in events::never_told(&told) {
        report.check(
            &format!("event {event}"),
            "nobody was told it in the whole run",
            false,
        );
    }
    world.hears(&mut report, "in the end");
    report.ends();
}

/// Everybody is deactivated: their connections end within a second.
async fn leave(world: &mut World, report: &mut Report) {
    for at in 0..world.members.len() {
        let member = &world.members[at];
        let role = member.role;
        let (agent, version) = world::id_of(&world.desk, &format!("Agent {role:?}")).await;
        let body = json!({ "agent": agent, "version": version, "active": false });
        let since = Instant::now();
        let done = world.desk.asks_pages("set_active", &body).await;
        assert_eq!(200, done.status, "{}", done.text);
        let client = &member.agent.client;
        while !client.is_over() && since.elapsed() < Duration::from_secs(1) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let code = match client.is_over() {
            true => client.is_closed().await,
            false => None,
        };
        let case = format!("{role:?} within a second of being deactivated");
        report.check(
            "connection of an agent",
            &case,
            code == Some(close::REVOKED),
        );
        let ear = Ear::Member(role);
        events::agent_heard(report, ear, &member.agent, "leaving");
    }
}
