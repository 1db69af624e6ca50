//! What programs ask: with a token of each member, with one that was not made for it, and with none.

use std::collections::BTreeMap;

use domain::permissions::{Permission, Rights};
use protocol::ChatbotId;
use protocol::api_token::Scope;
use protocol::person::{Assigned, Role};
use serde_json::{Value, json};

use super::report::{Came, Report};
use super::routes::came;
use super::secrets::{Ear, Place};
use super::world::{Spot, World, team};
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
#[derive(Debug)]
pub(super) struct Tokens {
    of: BTreeMap<String, Vec<(Option<Scope>, String)>>,
    /// For everything, of a member for whom programs may not act any more.
    unplugged: String,
}

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
        let unplugged = unplugs(&world.desk, world.own.chatbot).await;
        Self { of: all, unplugged }
    }

    fn of(&self, cookie: &str, without: Option<Scope>) -> &str {
        let own = self.of[cookie].iter();
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

/// The same with a token of a member who is all that an agent is, but may not use the API: nothing is
/// looked at, whatever it names, and nothing is told.
pub(super) async fn unplugged(
    (world, tokens): (&World, &Tokens),
    report: &mut Report,
    name: &str,
    endpoint: Endpoint,
) {
    let bearer = format!("Bearer {}", tokens.unplugged);
    for place in [Place::Own, Place::Unassigned, Place::Foreign] {
        let headers = [("authorization", &*bearer)];
        let answer = asks(&world.desk, endpoint, world.spot(place), &headers).await;
        report.ears.listen(Ear::Stranger, name, &answer.text);
        let case = format!("{place:?} with a token of who may not use the API");
        report.cell(name, &case, Came::NotAllowed, came(&answer));
    }
}

/// A member makes a token for everything, and may not use the API from then on.
async fn unplugs(desk: &TestDesk, chatbot: ChatbotId) -> String {
    let cookie = desk.signs_in_as("Agent Unplugged", Role::Agent).await;
    let made = token(desk, &cookie, Scope::ALL.to_vec()).await;
    let Rights { role, without } = super::unplugged();
    let add = json!({ "add": { "name": "Unplugged", "like": role, "without": without } });
    let done = desk.asks_pages("save_role", &json!({ "edit": add })).await;
    assert_eq!(200, done.status, "{}", done.text);
    let team = team(desk).await;
    let custom = team.roles.iter().find(|role| role.name == "Unplugged");
    let mut members = team.members.iter();
    let member = members.find(|one| one.name == "Agent Unplugged").unwrap();
    let body = json!({ "form": {
        "agent": member.id, "version": member.version, "name": member.name, "role": role,
        "custom": custom.unwrap().id, "assigned": Assigned::Only(vec![chatbot]),
        "chat_limit": member.chat_limit, "priority": member.priority,
        "handoff_mail": member.handoff_mail,
    } });
    let saved = desk.asks_pages("save_member", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    made
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
