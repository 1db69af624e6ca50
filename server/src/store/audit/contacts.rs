//! What agents do to contacts and visitors: that they did it, and of visitors nothing but the
//! conversation's id, because a visitor has a right to be forgotten and this record forgets nothing.

use domain::{Body, Facts};
use protocol::Timestamp;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::contact::ContactChange;
use protocol::entry::{Author, Event};
use sea_orm::DatabaseTransaction;

use super::{By, Deed, Differ, record};
use crate::store::writer::{Stop, Unit};
use crate::store::{ContactEdit, ContactMerge, ContactSplit, StoreError};

/// A unit that is written down if it changed anything.
pub(in crate::store) struct Recorded<U> {
    pub(in crate::store) unit: U,
    pub(in crate::store) by: By,
}

/// What is written down of a unit.
pub(in crate::store) trait Told: Unit {
    fn deed(&self) -> Deed;
}

impl<T: Send + 'static, U: Unit<Done = Option<T>> + Told> Unit for Recorded<U> {
    type Done = Option<T>;
    const NAME: &'static str = U::NAME;
    const CHANGES_ROSTER: bool = U::CHANGES_ROSTER;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Option<T>, Stop> {
        let done = self.unit.run(tx).await?;
        if done.is_some() {
            record(tx, &self.by, self.unit.deed()).await?;
        }
        Ok(done)
    }
}

impl Told for ContactEdit {
    fn deed(&self) -> Deed {
        let field = match &self.change {
            ContactChange::Name(_) => AuditField::Name,
            ContactChange::Email(_) => AuditField::Email,
            ContactChange::Phone(_) => AuditField::Phone,
            ContactChange::Company(_) => AuditField::Company,
            ContactChange::Attribute(_) => AuditField::Attribute,
        };
        let subject = (AuditSubject::Contact, self.conversation.0, "");
        let deed = Deed::new(self.workspace, AuditKind::ContactEdited, subject);
        deed.with(Differ::default().hidden(field, true).done())
    }
}

impl Told for ContactMerge {
    fn deed(&self) -> Deed {
        let subject = (AuditSubject::Contact, self.conversation.0, "");
        let deed = Deed::new(self.workspace, AuditKind::ContactsMerged, subject);
        deed.with(
            Differ::default()
                .field(AuditField::With, "", self.other)
                .done(),
        )
    }
}

impl Told for ContactSplit {
    fn deed(&self) -> Deed {
        let subject = (AuditSubject::Contact, self.conversation.0, "");
        Deed::new(self.workspace, AuditKind::ContactSplit, subject)
    }
}

/// Writes down whom a batch of commands blocked, or let write again.
pub(in crate::store) async fn apply(
    tx: &DatabaseTransaction,
    facts: &Facts,
    now: Timestamp,
) -> Result<(), StoreError> {
    for change in &facts.trail.changes {
        for entry in &change.entries {
            let (Author::Agent(agent), Body::Event(Event::Blocked(blocked))) =
                (&entry.author, &entry.body)
            else {
                continue;
            };
            let kind = match blocked {
                true => AuditKind::Blocked,
                false => AuditKind::Unblocked,
            };
            let conversation = &change.conversation;
            let subject = (AuditSubject::Conversation, conversation.id.0, "");
            let deed = Deed::new(conversation.workspace, kind, subject);
            record(tx, &By::agent(*agent, now), deed).await?;
        }
    }
    Ok(())
}
