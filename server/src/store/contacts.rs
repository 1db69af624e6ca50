//! What visitors are known by. Several visitors may be one contact.

use std::collections::HashMap;

use domain::permissions::Permission;
use domain::{Agent, Command, Facts, Refusal, contact};
use protocol::contact::{Contact, ContactChange};
use protocol::{AgentId, ConversationId, VisitorId, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, SqlErr,
};
use uuid::Uuid;

use super::apply::{insert, update, values_of};
use super::audit::Recorded;
use super::found_contacts;
use super::load::with_assigned;
use super::tables::contacts::{CHANGING, Column, Entity, row};
use super::tables::{agents, conversations, row_number, visitors};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// A contact, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub contact: Contact,
    /// The visitors that are this contact, and the conversation of each.
    pub visitors: Vec<(VisitorId, ConversationId)>,
}

/// An agent's change of a contact, seen from one of its conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactEdit {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub conversation: ConversationId,
    /// The version that the agent looked at.
    pub version: u64,
    pub change: ContactChange,
}

impl Store {
    /// What is known of a visitor.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn contact(
        &self,
        workspace: WorkspaceId,
        visitor: VisitorId,
    ) -> Result<Option<Known>, StoreError> {
        let found = find(self.readers(), workspace, visitor.0).await?;
        Ok(found.map(|found| found.known))
    }

    /// Changes what a visitor is known by, and what their conversations are called. None when it was
    /// so already.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Refusal::ContactChanged`],
    /// [`Refusal::FieldInvalid`], [`Refusal::TooManyAttributes`], [`Failed::Unavailable`].
    pub async fn edit_contact(&self, edit: ContactEdit) -> Result<Option<Known>, Failed> {
        let by = self.by();
        self.write(Recorded { unit: edit, by }).await
    }
}

/// A contact as rows have it.
pub(super) struct Found {
    pub(super) known: Known,
    /// None while nothing is known of the visitor.
    pub(super) row: Option<Uuid>,
}

/// What is known of a visitor; none when there is no such visitor.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    workspace: WorkspaceId,
    visitor: Uuid,
) -> Result<Option<Found>, StoreError> {
    let visitor = visitors::Entity::find_by_id(visitor)
        .filter(visitors::Column::WorkspaceId.eq(workspace.0))
        .one(db)
        .await?;
    let Some(visitor) = visitor else {
        return Ok(None);
    };
    let alone = vec![(
        VisitorId(visitor.id),
        ConversationId(visitor.conversation_id),
    )];
    let Some(id) = visitor.contact_id else {
        let known = Known {
            contact: Contact::default(),
            visitors: alone,
        };
        return Ok(Some(Found { known, row: None }));
    };
    let row = Entity::find_by_id(id)
        .filter(Column::WorkspaceId.eq(workspace.0))
        .one(db)
        .await?;
    let row = row.ok_or(StoreError::Inconsistent {
        table: "visitors",
        column: "contact_id",
        id: visitor.id,
    })?;
    let same = visitors::Entity::find()
        .filter(visitors::Column::ContactId.eq(id))
        .all(db)
        .await?;
    let same = same.into_iter();
    let known = Known {
        contact: row.contact()?,
        visitors: same
            .map(|row| (VisitorId(row.id), ConversationId(row.conversation_id)))
            .collect(),
    };
    let row = Some(id);
    Ok(Some(Found { known, row }))
}

impl Unit for ContactEdit {
    type Done = Option<Known>;
    const NAME: &'static str = "edit_contact";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<Known>, Stop> {
        let asking = (self.workspace, self.agent);
        let visitor = visitor_of(tx, asking, self.conversation).await?;
        let found = find(tx, self.workspace, visitor).await?;
        let Found { mut known, row: id } = found.ok_or(Stop::Refused(Refusal::NotFound))?;
        let changed = contact::changed(&known.contact, &self.change).map_err(Stop::Refused)?;
        // Two who say the same both have what they want; so has who says it twice.
        let Some(after) = changed else {
            return Ok(None);
        };
        if known.contact.version != self.version {
            return Err(Stop::Refused(Refusal::ContactChanged));
        }
        match id {
            None => {
                let added = add(tx, self.workspace, visitor, &after).await;
                added.map_err(first_come)?;
            }
            Some(id) => save(tx, self.workspace, (id, self.version), &after).await?,
        }
        if after.name != known.contact.name {
            rename(tx, &known, &after).await?;
        }
        found_contacts::index(tx, &known.visitors, &after).await?;
        known.contact = after;
        Ok(Some(known))
    }
}

/// The visitor of a conversation, if the agent sees it and may change contacts.
pub(super) async fn visitor_of(
    tx: &DatabaseTransaction,
    asking: (WorkspaceId, AgentId),
    conversation: ConversationId,
) -> Result<Uuid, Stop> {
    let (agent, visitor) = seen_visitor(tx, asking, conversation).await?;
    agent.may(Permission::EditContacts).map_err(Stop::Refused)?;
    Ok(visitor)
}

/// The visitor of a conversation that the agent sees, and the agent.
pub(super) async fn seen_visitor(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    conversation: ConversationId,
) -> Result<(Agent, Uuid), Stop> {
    let not_found = || Stop::Refused(Refusal::NotFound);
    let agent = agents::Entity::find_by_id(agent.0)
        .filter(agents::Column::DisabledAt.is_null())
        .one(tx)
        .await?;
    let agent = with_assigned(tx, agent.into_iter().collect()).await?.pop();
    let agent = agent.ok_or_else(not_found)?;
    let query = conversations::whole()
        .filter(conversations::Column::Id.eq(conversation.0))
        .filter(conversations::Column::WorkspaceId.eq(workspace.0));
    let found = conversations::read(tx, query).await?.pop();
    let found = found.filter(|found| agent.sees(found.workspace, found.chatbot));
    let found = found.ok_or_else(not_found)?;
    Ok((agent, found.visitor.0))
}

/// Two who are the first to know something of a visitor: one of them looked at what is gone.
pub(super) fn first_come(error: StoreError) -> Stop {
    match &error {
        StoreError::Database(cause)
            if matches!(cause.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) =>
        {
            Stop::Refused(Refusal::ContactChanged)
        }
        _ => Stop::Broke(error),
    }
}

/// The first that is known of a visitor. Its row has the visitor's own id.
async fn add(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    visitor: Uuid,
    contact: &Contact,
) -> Result<(), StoreError> {
    insert(tx, vec![row(workspace.0, visitor, contact)]).await?;
    visitors::Entity::update_many()
        .col_expr(visitors::Column::ContactId, Expr::value(visitor))
        .filter(visitors::Column::Id.eq(visitor))
        .exec(tx)
        .await?;
    Ok(())
}

/// Saves a contact on the version that was loaded.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    (id, before): (Uuid, u64),
    contact: &Contact,
) -> Result<(), StoreError> {
    let mut values = vec![id.into(), row_number(before).into()];
    values.extend(values_of(&row(workspace.0, id, contact), &CHANGING));
    let keys = [Column::Id, Column::Version];
    match update::<Entity>(tx, &keys, &CHANGING, vec![values]).await? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// The conversations of a contact show its name; without one, the name each visitor came with.
pub(super) async fn rename(
    tx: &DatabaseTransaction,
    known: &Known,
    after: &Contact,
) -> Result<(), Stop> {
    use conversations::{Column, Entity};
    let name = match after.name.text.as_str() {
        "" => {
            let own = Query::select()
                .expr(Expr::col((visitors::Entity, visitors::Column::Name)))
                .from(visitors::Entity)
                .and_where(
                    Expr::col((visitors::Entity, visitors::Column::Id))
                        .eq(Expr::col((Entity, Column::VisitorId))),
                )
                .take();
            own.into()
        }
        name => Expr::value(name),
    };
    let visitors = known.visitors.iter().map(|(visitor, _)| visitor.0);
    Entity::update_many()
        .col_expr(Column::VisitorName, name)
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::VisitorId.is_in(visitors))
        .exec(tx)
        .await?;
    Ok(())
}

/// The rows of contacts, as they were loaded: none of a visitor of whom nothing was known.
pub(super) type Rows = HashMap<ConversationId, Option<(Uuid, u64)>>;

/// What is known of the visitors who send a form in this batch. A batch without one costs nothing.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    commands: &[&Command],
) -> Result<(HashMap<ConversationId, Contact>, Rows), StoreError> {
    let (mut contacts, mut rows) = (HashMap::new(), Rows::new());
    for command in commands {
        let Command::SendForm { opening, .. } = command else {
            continue;
        };
        if let Some(found) = find(tx, opening.workspace, opening.visitor.0).await? {
            let contact = found.known.contact;
            let row = found.row.map(|row| (row, contact.version));
            rows.insert(opening.conversation, row);
            contacts.insert(opening.conversation, contact);
        }
    }
    Ok((contacts, rows))
}

/// Saves what forms added.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    facts: &Facts,
    before: &Rows,
) -> Result<(), StoreError> {
    for (id, contact) in &facts.trail.contacts {
        let Some(conversation) = facts.conversations.get(id) else {
            continue;
        };
        let workspace = conversation.workspace;
        match before.get(id) {
            Some(Some(row)) => save(tx, workspace, *row, contact).await?,
            Some(None) | None => add(tx, workspace, conversation.visitor.0, contact).await?,
        }
    }
    Ok(())
}
