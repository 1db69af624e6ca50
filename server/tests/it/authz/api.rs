//! What programs ask: with a token of each member, with one that was not made for it, and with none.

use std::collections::BTreeMap;

use domain::permissions::Permission;
use protocol::api_token::Scope;
use serde_json::{Value, json};

use super::report::{Came, Report};
use super::routes::came;
use super::secrets::{Ear, Place};
use super::world::{Spot, World};
use crate::actors::{Answer, TestDesk, fresh_key, get, post_json};
use crate::api::token;

/// What is asked of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Endpoint {
    /// With `{talk}` for a conversation.
    pub(super) path: &'static str,
    /// What a token has to be made for; none for nothing.
    pub(super) scope: Option<Scope>,
    pub(super) needs: Permission,
    /// What is sent; empty for what is read.
    pub(super) body: &'static str,
}

/// The tokens of a member, by their cookie: one for everything, and one for all but each scope.
#[derive(Debug, Default)]
pub(super) struct Tokens(BTreeMap<String, Vec<(Option<Scope>, String)>>);

impl Tokens {
    pub(super) async fn made(world: &World) -> Self {
        let mut all = BTreeMap::new();
        for member in &world.members {
            let cookie = &member.agent.cookie;
            let mut own = Vec::new();
            for without in [None].into_iter().chain(Scope::ALL.map(Some)) {
                let scopes = Scope::ALL
                    .into_iter()
                    .filter(|scope| Some(*scope) != without);
                let made = token(&world.desk, cookie, scopes.collect()).await;
                own.push((without, made));
            }
            all.insert(cookie.clone(), own);
        }
        Self(all)
    }

    fn of(&self, cookie: &str, without: Option<Scope>) -> &str {
        let own = self.0[cookie].iter();
        let (_, token) = own.clone().find(|(less, _)| *less == without).unwrap();
        token
    }
}

/// An address of the API, asked by somebody.
pub(super) async fn asked(
    (world, tokens): (&World, &Tokens),
    report: &mut Report,
    name: &str,
    endpoint: Endpoint,
    (ear, cookie): (Ear, &str),
) {
    let places = match endpoint.path.contains("{talk}") {
        true => vec![Place::Own, Place::Unassigned, Place::Foreign],
        false => vec![Place::Own],
    };
    for place in places {
        let spot = world.spot(place);
        // What opens the door to pages is nothing here, and neither is what nobody has made.
        for (what, headers) in [
            ("a cookie alone", vec![("cookie", cookie)]),
            (
                "no token of ours",
                vec![("authorization", "Bearer baton_0")],
            ),
        ] {
            let answer = asks(&world.desk, endpoint, spot, &headers).await;
            report.ears.listen(ear, name, &answer.text);
            let case = format!("{ear:?} {place:?} with {what}");
            report.cell(name, &case, Came::Door, came(&answer));
        }
        let (Ear::Member(role) | Ear::Gone(role)) = ear else {
            continue;
        };
        let expected = match (ear, place) {
            (Ear::Gone(_), _) => Came::Door,
            (_, Place::Own) if role.has(endpoint.needs) => Came::In,
            (_, Place::Own) => Came::NotAllowed,
            _ => Came::NotFound,
        };
        let mut cases = vec![(None, expected)];
        if let Some(scope) = endpoint.scope {
            let less = match ear {
                Ear::Gone(_) => Came::Door,
                _ => Came::NotAllowed,
            };
            cases.push((Some(scope), less));
        }
        for (without, expected) in cases {
            let bearer = format!("Bearer {}", tokens.of(cookie, without));
            let headers = vec![("authorization", &*bearer)];
            let answer = asks(&world.desk, endpoint, spot, &headers).await;
            report.ears.listen(ear, name, &answer.text);
            let case = format!("{ear:?} {place:?} with a token without {without:?}");
            report.cell(name, &case, expected, came(&answer));
        }
    }
}

async fn asks(
    desk: &TestDesk,
    endpoint: Endpoint,
    spot: &Spot,
    headers: &[(&str, &str)],
) -> Answer {
    let path = endpoint
        .path
        .replace("{talk}", &spot.conversation.to_string());
    let url = format!("{}{path}", desk.url);
    if endpoint.body.is_empty() {
        return get(&url, headers).await;
    }
    let body: Value = serde_json::from_str(endpoint.body).unwrap_or(json!({}));
    let key = fresh_key().to_string();
    let mut headers = headers.to_vec();
    headers.push(("idempotency-key", &key));
    post_json(&url, &headers, &body).await
}
