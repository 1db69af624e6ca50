//! What the visitor of a conversation is known by.

use axum::response::Response;
use protocol::api_token::Scope;
use protocol::contact::{Contact as Known, Detail as KnownDetail, Origin};
use serde::Serialize;
use utoipa::ToSchema;

use super::asker::{Asker, unreadable};
use super::conversation::{Named, id};
use super::denied::{Denied, Problem};

/// What a visitor is known by. Whatever is not known is empty.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Contact {
    /// Raised by every change; 0 while nothing is known.
    version: u64,
    name: Detail,
    email: Detail,
    phone: Detail,
    company: Detail,
    /// The team's own.
    attributes: Vec<Attribute>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Detail {
    text: String,
    /// Who says so: only what the site signed is proven.
    origin: Source,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Source {
    /// The visitor wrote it into a form.
    Form,
    /// An agent typed it.
    Agent,
    /// The site signed it.
    Signed,
    /// The page said it, without a proof.
    Page,
}

#[derive(Debug, Serialize, ToSchema)]
struct Attribute {
    name: String,
    text: String,
}

impl From<KnownDetail> for Detail {
    fn from(known: KnownDetail) -> Self {
        Self {
            text: known.text,
            origin: match known.origin {
                Origin::Form => Source::Form,
                Origin::Agent => Source::Agent,
                Origin::Signed => Source::Signed,
                Origin::Page => Source::Page,
            },
        }
    }
}

impl From<Known> for Contact {
    fn from(known: Known) -> Self {
        let attributes = known.attributes.into_iter().map(|one| Attribute {
            name: one.name,
            text: one.text,
        });
        Self {
            version: known.version,
            name: known.name.into(),
            email: known.email.into(),
            phone: known.phone.into(),
            company: known.company.into(),
            attributes: attributes.collect(),
        }
    }
}

/// What the visitor is known by
#[utoipa::path(
    get,
    path = "/api/v1/conversations/{id}/contact",
    tag = "Conversations",
    params(("id" = Uuid, Path, description = "The conversation.")),
    security(("token" = ["contacts"])),
    responses(
        (status = 200, description = "What is known, and who says so.", body = Contact),
        (status = 404, description = "It does not exist, or the agent may not see it.", body = Problem),
    ),
)]
pub(crate) async fn get(asker: Asker, named: Named) -> Response {
    asker.answers(contact(&asker, named).await)
}

async fn contact(asker: &Asker, named: Named) -> Result<Contact, Denied> {
    let caller = asker.enters(Some(Scope::Contacts)).await?;
    let seen = caller.sees(id(named)).await?;
    let store = &caller.desk.store;
    let known = store.contact(seen.workspace, seen.visitor).await;
    let known = known.map_err(unreadable)?;
    Ok(known.map(|known| known.contact).unwrap_or_default().into())
}
