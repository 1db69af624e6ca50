//! `GET /visitors/people`: the pictures of the people whom a visitor talks with, and of nobody else.

use std::net::IpAddr;

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::conversation::Line;
use protocol::{AttachmentId, Refusal};
use serde::Serialize;

use super::{given, unreadable, visitor};
use crate::desk::Desk;

/// Somebody with a picture, as the visitor's chat knows them: by what they are drawn with.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Person {
    initials: String,
    hue: u16,
    /// Its address is `/faces/{picture}`.
    picture: AttachmentId,
}

/// The answer.
#[derive(Serialize)]
struct People {
    people: Vec<Person>,
}

/// Who wrote to the visitor, and who has them now.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
) -> Response {
    given(&desk, people(&desk, from, &headers).await)
}

async fn people(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<People, Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    let (workspace, id) = (visitor.workspace, visitor.conversation);
    let found = desk.store.conversation(workspace, id).await;
    let Some(found) = found.map_err(unreadable)? else {
        return Ok(People { people: Vec::new() });
    };
    let writers = desk.store.public_writers(workspace, id).await;
    let mut met = writers.map_err(unreadable)?;
    if let Line::Person(agent) = found.line() {
        met.push(agent);
    }
    met.sort_unstable();
    met.dedup();
    let team = desk.store.roster(workspace).await.map_err(unreadable)?;
    let with_picture = team.team.iter().filter(|row| met.contains(&row.id));
    let people = with_picture.filter_map(|row| {
        let face = desk.faces.get(row.id);
        Some(Person {
            initials: face.initials,
            hue: face.hue,
            picture: row.picture?,
        })
    });
    let people: Vec<_> = people.collect();
    // Of two who are drawn alike nobody could say whose picture it is.
    let alone = |one: &Person| {
        let met = met.iter().map(|agent| desk.faces.get(*agent));
        met.filter(|face| (face.hue, &face.initials) == (one.hue, &one.initials))
            .count()
    };
    Ok(People {
        people: people.into_iter().filter(|one| alone(one) == 1).collect(),
    })
}
