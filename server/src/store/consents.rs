//! What visitors agreed to, kept as proof: the words and the link that they saw, and when.

use protocol::{Timestamp, VisitorId, WorkspaceId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, Set, TryInsert,
};
use uuid::Uuid;

use super::tables::consents::{ActiveModel, Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Where a visitor agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreedIn {
    /// The form before the chat.
    Before,
    /// The form for details, where nobody could answer.
    Details,
}

impl AgreedIn {
    fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Details => "details",
        }
    }
}

/// What a visitor agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consented {
    /// The same one is kept once.
    pub id: Uuid,
    pub form: AgreedIn,
    pub text: String,
    pub url: Option<String>,
    pub at: Timestamp,
}

impl Store {
    /// What a visitor agreed to last in one of the forms.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn consented(
        &self,
        visitor: VisitorId,
        form: AgreedIn,
    ) -> Result<Option<Consented>, StoreError> {
        let row = Entity::find()
            .filter(Column::VisitorId.eq(visitor.0))
            .filter(Column::Form.eq(form.word()))
            .order_by_desc(Column::At)
            .one(self.readers())
            .await?;
        Ok(row.map(|row| Consented {
            id: row.id,
            form,
            text: row.text,
            url: row.url,
            at: Timestamp(row.at),
        }))
    }

    /// Keeps what a visitor agreed to.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn keep_consent(
        &self,
        workspace: WorkspaceId,
        visitor: VisitorId,
        consented: Consented,
    ) -> Result<(), Failed> {
        self.write(KeepConsent {
            workspace,
            visitor,
            consented,
        })
        .await
    }
}

/// The same, within a transaction.
pub(super) async fn keep(
    tx: &DatabaseTransaction,
    (workspace, visitor): (WorkspaceId, VisitorId),
    consented: &Consented,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(consented.id),
        workspace_id: Set(workspace.0),
        visitor_id: Set(visitor.0),
        form: Set(consented.form.word().to_owned()),
        text: Set(consented.text.clone()),
        url: Set(consented.url.clone()),
        at: Set(consented.at.0),
    };
    let once = OnConflict::column(Column::Id).do_nothing().to_owned();
    TryInsert::one(row)
        .on_conflict(once)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

struct KeepConsent {
    workspace: WorkspaceId,
    visitor: VisitorId,
    consented: Consented,
}

impl Unit for KeepConsent {
    type Done = ();
    const NAME: &'static str = "keep_consent";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        keep(tx, (self.workspace, self.visitor), &self.consented).await?;
        Ok(())
    }
}
