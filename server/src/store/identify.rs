//! What a page says of its visitor, and who is the same contact on several devices.

use domain::Refusal;
use domain::contact::{self, Told};
use protocol::contact::Contact;
use protocol::lead::LeadDetails;
use protocol::{VisitorId, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::apply::insert;
use super::consents::{self, Consented};
use super::contacts::{Known, find, first_come, rename, save};
use super::found_contacts;
use super::tables::contacts::{Column, Entity, row};
use super::tables::visitors;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// What is said of a visitor.
#[derive(Clone, PartialEq, Eq)]
pub struct Identify {
    pub workspace: WorkspaceId,
    pub visitor: VisitorId,
    /// For a contact that is new.
    pub fresh: Uuid,
    /// The chatbot's site and its own id of the visitor, if it is proven; else empty.
    pub site_id: String,
    pub signed: Told,
    pub unsigned: Told,
    /// What the visitor wrote into the form before the chat.
    pub details: LeadDetails,
    /// What they agreed to in it.
    pub consented: Option<Consented>,
}

impl Store {
    /// Keeps what a page says of its visitor. None when it says nothing new.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for a visitor who was proven to be somebody else,
    /// [`Refusal::ContactChanged`], [`Failed::Unavailable`].
    pub async fn identify(&self, said: Identify) -> Result<Option<Known>, Failed> {
        self.write(said).await
    }

    /// What a visitor is called from now on, for who was here lately.
    pub fn call_visitor(&self, token_hash: &[u8; 32], name: &str) {
        self.inner.known_visitors.call(token_hash, name);
    }

    /// What a visitor who was here lately is called.
    pub fn visitor_name(&self, token_hash: &[u8; 32]) -> Option<String> {
        let known = self.inner.known_visitors.recall(token_hash);
        known.map(|known| known.name)
    }
}

/// What proving an id came to.
#[derive(Default)]
struct Joined {
    /// The version of what was known of the visitor, who is another contact now.
    former: Option<u64>,
    /// Whether nobody has the id yet.
    claims: bool,
}

impl Unit for Identify {
    type Done = Option<Known>;
    const NAME: &'static str = "identify";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<Known>, Stop> {
        if let Some(consented) = &self.consented {
            consents::keep(tx, (self.workspace, self.visitor), consented).await?;
        }
        let Joined { former, claims } = self.join(tx).await?;
        let found = find(tx, self.workspace, self.visitor.0).await?;
        let mut found = found.ok_or(Stop::Refused(Refusal::NotFound))?;
        let before = found.known.contact.clone();
        let filled = contact::filled(&before, &self.details);
        let known = filled.as_ref().unwrap_or(&before);
        let changed = contact::identified(known, &self.signed, &self.unsigned).or(filled);
        if changed.is_none() && former.is_none() && !claims {
            return Ok(None);
        }
        let mut after = changed.unwrap_or_else(|| Contact {
            version: before.version + 1,
            ..before.clone()
        });
        // Newer than what the visitor's own conversation has shown so far.
        after.version = after.version.max(former.unwrap_or(0) + 1);
        let row = if let Some(row) = found.row {
            save(tx, self.workspace, (row, before.version), &after).await?;
            row
        } else {
            insert(tx, vec![row(self.workspace.0, self.fresh, &after)]).await?;
            self.link(tx, None, self.fresh).await?;
            self.fresh
        };
        if claims {
            self.claim(tx, row).await?;
        }
        // A name that is shown already costs its conversations nothing.
        let renamed = after.name.text != before.name.text || former.is_some();
        if renamed && !after.name.text.is_empty() {
            let name = Expr::value(after.name.text.clone());
            self.set(tx, visitors::Column::Name, name).await?;
            rename(tx, &found.known, &after).await?;
        }
        found_contacts::index(tx, &found.known.visitors, &after).await?;
        found.known.contact = after;
        Ok(Some(found.known))
    }
}

impl Identify {
    /// Makes the visitor the contact whose id was proven. Who proved another id before is somebody else,
    /// whose conversation this one must not read.
    async fn join(&self, tx: &DatabaseTransaction) -> Result<Joined, Stop> {
        if self.site_id.is_empty() {
            return Ok(Joined::default());
        }
        let visitor = visitors::Entity::find_by_id(self.visitor.0)
            .filter(visitors::Column::WorkspaceId.eq(self.workspace.0))
            .one(tx)
            .await?;
        let visitor = visitor.ok_or(Stop::Refused(Refusal::NotFound))?;
        let former = match visitor.contact_id {
            Some(contact) => Entity::find_by_id(contact).one(tx).await?,
            None => None,
        };
        let proven = former.as_ref().and_then(|row| row.site_id.as_deref());
        match proven {
            Some(site_id) if site_id == self.site_id => return Ok(Joined::default()),
            Some(_) => return Err(Stop::Refused(Refusal::NotAllowed)),
            None => {}
        }
        let owner = Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::SiteId.eq(self.site_id.as_str()))
            .one(tx)
            .await?;
        let Some(owner) = owner else {
            return Ok(Joined {
                former: None,
                claims: true,
            });
        };
        self.link(tx, visitor.contact_id, owner.id).await?;
        let version = former.map_or(0, |row| row.version.unsigned_abs());
        Ok(Joined {
            former: Some(version),
            claims: false,
        })
    }

    /// From the contact that the visitor was to another, unless somebody was faster.
    async fn link(
        &self,
        tx: &DatabaseTransaction,
        former: Option<Uuid>,
        contact: Uuid,
    ) -> Result<(), Stop> {
        let unchanged = match former {
            Some(former) => visitors::Column::ContactId.eq(former),
            None => visitors::Column::ContactId.is_null(),
        };
        let linked = visitors::Entity::update_many()
            .col_expr(visitors::Column::ContactId, Expr::value(contact))
            .filter(visitors::Column::Id.eq(self.visitor.0))
            .filter(visitors::Column::WorkspaceId.eq(self.workspace.0))
            .filter(unchanged)
            .exec(tx)
            .await?;
        match linked.rows_affected {
            0 => Err(Stop::Broke(StoreError::Stale)),
            _ => Ok(()),
        }
    }

    async fn set(
        &self,
        tx: &DatabaseTransaction,
        column: visitors::Column,
        value: Expr,
    ) -> Result<(), Stop> {
        visitors::Entity::update_many()
            .col_expr(column, value)
            .filter(visitors::Column::Id.eq(self.visitor.0))
            .filter(visitors::Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        Ok(())
    }

    /// Notes the id with its contact. Who proved it a moment before is the one to join.
    async fn claim(&self, tx: &DatabaseTransaction, contact: Uuid) -> Result<(), Stop> {
        Entity::update_many()
            .col_expr(Column::SiteId, Expr::value(self.site_id.clone()))
            .filter(Column::Id.eq(contact))
            .exec(tx)
            .await
            .map_err(|error| first_come(error.into()))?;
        Ok(())
    }
}
