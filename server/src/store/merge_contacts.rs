//! Two contacts become one, and one becomes two again.

use domain::{Refusal, contact};
use protocol::contact::Contact;
use protocol::{AgentId, ConversationId, WorkspaceId, limits};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::apply::insert;
use super::audit::Recorded;
use super::contacts::{self, Found, Known, visitor_of};
use super::found_contacts;
use super::tables::contacts::{Column, Entity, row};
use super::tables::{row_number, visitors};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// An agent says that the visitors of two conversations are one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactMerge {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub conversation: ConversationId,
    pub other: ConversationId,
}

/// An agent says that the visitor of a conversation is not who the others of its contact are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSplit {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub conversation: ConversationId,
    /// What the new contact is kept under.
    pub new: Uuid,
}

impl Store {
    /// Makes one contact of two. None when they were one already.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], also for two whom the site has told apart,
    /// [`Refusal::TooManyAttributes`], [`Failed::Unavailable`].
    pub async fn merge_contacts(&self, merge: ContactMerge) -> Result<Option<Known>, Failed> {
        let by = self.by();
        self.write(Recorded { unit: merge, by }).await
    }

    /// Gives a visitor a contact of their own, with what is known of all. The visitors who were one with
    /// them come back, and the visitor alone; none when they were alone.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Failed::Unavailable`].
    pub async fn split_contact(&self, split: ContactSplit) -> Result<Option<Known>, Failed> {
        let by = self.by();
        self.write(Recorded { unit: split, by }).await
    }

    /// The conversations of other contacts with the same e-mail address or phone number, the newest
    /// visitors first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn alike(
        &self,
        workspace: WorkspaceId,
        known: &Known,
    ) -> Result<Vec<ConversationId>, StoreError> {
        let Contact { email, phone, .. } = &known.contact;
        let mut same = Condition::any();
        if !email.text.is_empty() {
            let lower = Expr::expr(Func::lower(Expr::col((Entity, Column::Email))));
            same = same.add(lower.eq(email.text.to_lowercase()));
        }
        if !phone.text.is_empty() {
            same = same.add(Column::Phone.eq(phone.text.as_str()));
        }
        if same.is_empty() {
            return Ok(Vec::new());
        }
        let found = Entity::find()
            .select_only()
            .column(Column::Id)
            .column(Column::SiteId)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(same)
            // Its own row is among them.
            .limit(limits::ALIKE as u64 + 1)
            .into_tuple::<(Uuid, Option<String>)>()
            .all(self.readers())
            .await?;
        // Two of whom the site says who they are are two.
        let Contact { name, company, .. } = &known.contact;
        let said = [name, email, phone, company];
        let proven = said.iter().any(|detail| detail.origin.is_verified());
        let maybe = found.into_iter();
        let maybe = maybe.filter(|(_, site_id)| !(proven && site_id.is_some()));
        let ids: Vec<Uuid> = maybe.map(|(id, _)| id).collect();
        let own = known.visitors.iter().map(|(visitor, _)| visitor.0);
        let rows = visitors::Entity::find()
            .filter(visitors::Column::WorkspaceId.eq(workspace.0))
            .filter(visitors::Column::ContactId.is_in(ids))
            .filter(visitors::Column::Id.is_not_in(own))
            .order_by_desc(visitors::Column::Id)
            .limit(limits::ALIKE as u64)
            .all(self.readers())
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|row| ConversationId(row.conversation_id))
            .collect())
    }
}

impl Unit for ContactMerge {
    type Done = Option<Known>;
    const NAME: &'static str = "merge_contacts";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<Known>, Stop> {
        let asking = (self.workspace, self.agent);
        let visitor = visitor_of(tx, asking, self.conversation).await?;
        let other = visitor_of(tx, asking, self.other).await?;
        let mut kept = find(tx, self.workspace, visitor).await?;
        let other = find(tx, self.workspace, other).await?;
        let same = |(visitor, _)| other.known.visitors.iter().any(|(id, _)| *id == visitor);
        if kept.known.visitors.iter().copied().any(same) {
            return Ok(None);
        }
        let (own, others) = (site_id(tx, kept.row).await?, site_id(tx, other.row).await?);
        if own.is_some() && others.is_some() {
            // The site says that they are two.
            return Err(Stop::Refused(Refusal::NotAllowed));
        }
        let before = kept.known.contact.version;
        let merged = contact::merged(&kept.known.contact, &other.known.contact);
        let merged = merged.map_err(Stop::Refused)?;
        let id = match kept.row {
            Some(id) => {
                contacts::save(tx, self.workspace, (id, before), &merged).await?;
                id
            }
            None => {
                let rows = vec![row(self.workspace.0, visitor, &merged)];
                let added = insert(tx, rows).await.map_err(StoreError::from);
                added.map_err(contacts::first_come)?;
                visitor
            }
        };
        kept.known.contact = merged;
        kept.known.visitors.extend(other.known.visitors);
        belong(tx, &kept.known, id).await?;
        if let Some(gone) = other.row {
            let version = row_number(other.known.contact.version);
            let deleted = Entity::delete_many()
                .filter(Column::Id.eq(gone))
                // Whoever changed it, or joined it, meanwhile goes first.
                .filter(Column::Version.eq(version))
                .exec(tx)
                .await?;
            if deleted.rows_affected == 0 {
                return Err(Stop::Broke(StoreError::Stale));
            }
        }
        // Whoever proves the id that the other had is this contact now.
        if let Some(site_id) = others {
            Entity::update_many()
                .col_expr(Column::SiteId, Expr::value(site_id))
                .filter(Column::Id.eq(id))
                .exec(tx)
                .await?;
        }
        contacts::rename(tx, &kept.known, &kept.known.contact).await?;
        found_contacts::index(tx, &kept.known.visitors, &kept.known.contact).await?;
        Ok(Some(kept.known))
    }
}

impl Unit for ContactSplit {
    type Done = Option<Known>;
    const NAME: &'static str = "split_contact";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<Known>, Stop> {
        let asking = (self.workspace, self.agent);
        let visitor = visitor_of(tx, asking, self.conversation).await?;
        let Found { mut known, .. } = find(tx, self.workspace, visitor).await?;
        if known.visitors.len() < 2 {
            return Ok(None);
        }
        known.contact.version += 1;
        let rows = vec![row(self.workspace.0, self.new, &known.contact)];
        insert(tx, rows).await?;
        let all = known.visitors.clone();
        known.visitors.retain(|(id, _)| id.0 == visitor);
        belong(tx, &known, self.new).await?;
        known.visitors = all;
        Ok(Some(known))
    }
}

async fn find(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    visitor: Uuid,
) -> Result<Found, Stop> {
    let found = contacts::find(tx, workspace, visitor).await?;
    found.ok_or(Stop::Refused(Refusal::NotFound))
}

/// The site's own id of a contact, where it was proven.
async fn site_id(tx: &DatabaseTransaction, row: Option<Uuid>) -> Result<Option<String>, Stop> {
    let Some(row) = row else {
        return Ok(None);
    };
    let found = Entity::find_by_id(row).one(tx).await?;
    Ok(found.and_then(|found| found.site_id))
}

/// These visitors are the contact of this row.
async fn belong(tx: &DatabaseTransaction, known: &Known, row: Uuid) -> Result<(), StoreError> {
    let visitors = known.visitors.iter().map(|(visitor, _)| visitor.0);
    visitors::Entity::update_many()
        .col_expr(visitors::Column::ContactId, Expr::value(row))
        .filter(visitors::Column::Id.is_in(visitors))
        .exec(tx)
        .await?;
    Ok(())
}
