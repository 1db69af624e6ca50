//! What was mailed, for those who look after it: the newest, and one of them once more.

use std::collections::HashMap;

use domain::{Refusal, delivery};
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::delivery::{AttemptView, DeliveryState, DeliveryView, Outcome};
use protocol::{DeliveryId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::audit::{By, Deed, Differ, record};
use super::pad::pad;
use super::tables::Reading;
use super::tables::deliveries::{Column, Entity};
use super::tables::delivery_attempts::{self as attempts, Model as Attempt};
use super::tables::words::{DeliveryStateKind, OutcomeKind, Word as _};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// How many the page shows.
const SHOWN: u64 = 100;
/// How many attempts of each.
const ATTEMPTS: usize = 5;
/// Mails that ended are kept for so long.
const KEPT_MILLIS: i64 = 30 * 24 * 60 * 60 * 1000;

impl Store {
    /// The newest mails of a workspace.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn deliveries(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<DeliveryView>, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .limit(SHOWN)
            .all(self.readers())
            .await?;
        let ids = pad(rows.iter().map(|row| row.id).collect());
        let mut tried: HashMap<Uuid, Vec<Attempt>> = HashMap::new();
        let found = attempts::Entity::find()
            .filter(attempts::Column::DeliveryId.is_in(ids))
            .order_by_desc(attempts::Column::Number)
            .all(self.readers())
            .await?;
        for attempt in found {
            tried.entry(attempt.delivery_id).or_default().push(attempt);
        }
        let views = rows.into_iter().map(|row| {
            let reading = row.reading();
            let latest = tried.remove(&row.id).unwrap_or_default();
            let latest = latest.into_iter().take(ATTEMPTS);
            Ok(DeliveryView {
                id: row.id(),
                kind: reading.word("kind", &row.kind)?,
                state: row.state()?,
                created_at: Timestamp(row.created_at),
                attempts: reading.number("attempts", row.attempts)?,
                latest: latest
                    .map(|attempt| view(reading, attempt))
                    .collect::<Result<_, _>>()?,
                to: row.recipient,
            })
        });
        views.collect()
    }

    /// Tries a mail once more that was given up.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also for one that is on its way or was sent, [`Failed::Unavailable`].
    pub async fn send_delivery_again(
        &self,
        workspace: WorkspaceId,
        id: DeliveryId,
        now: Timestamp,
    ) -> Result<(), Failed> {
        let by = self.by();
        self.write(SendAgain {
            workspace,
            id,
            now,
            by,
        })
        .await
    }

    /// Forgets mails that ended long ago, and links that work no more.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn forget_deliveries(&self, now: Timestamp) -> Result<(), Failed> {
        self.write(Forget { now }).await
    }
}

fn view(reading: Reading, attempt: Attempt) -> Result<AttemptView, StoreError> {
    let why = attempt.why;
    let outcome = attempt.outcome.as_deref();
    let outcome = outcome.map(|word| reading.word("outcome", word));
    Ok(AttemptView {
        at: Timestamp(attempt.at),
        outcome: outcome.transpose()?.map(|kind| match kind {
            OutcomeKind::Accepted => Outcome::Accepted,
            OutcomeKind::Later => Outcome::Later { why },
            OutcomeKind::Refused => Outcome::Refused { why },
        }),
    })
}

struct SendAgain {
    workspace: WorkspaceId,
    id: DeliveryId,
    now: Timestamp,
    by: By,
}

impl Unit for SendAgain {
    type Done = ();
    const NAME: &'static str = "send_delivery_again";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let row = Entity::find_by_id(self.id.0)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .lock(LockType::Update)
            .one(tx)
            .await?;
        let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
        let DeliveryState::Failed { .. } = row.state()? else {
            return Err(Stop::Refused(Refusal::NotFound));
        };
        let kind = row.reading().word("kind", &row.kind)?;
        let give_up_at = self.now.after(delivery::lasts(kind));
        Entity::update_many()
            .col_expr(
                Column::State,
                Expr::value(DeliveryStateKind::Waiting.word()),
            )
            .col_expr(Column::DueAt, Expr::value(self.now.0))
            .col_expr(Column::GiveUpAt, Expr::value(give_up_at.0))
            .col_expr(Column::EndedAt, Expr::value(None::<i64>))
            .col_expr(Column::Tries, Expr::value(0_i64))
            .filter(Column::Id.eq(row.id))
            .exec(tx)
            .await?;
        let mail = format!("{} ({})", row.recipient, row.kind);
        let changes = Differ::default().field(AuditField::Mail, "", mail);
        let subject = (AuditSubject::Workspace, self.workspace.0, "");
        let deed = Deed::new(self.workspace, AuditKind::MailSentAgain, subject);
        record(tx, &self.by, deed.with(changes.done())).await?;
        Ok(())
    }
}

struct Forget {
    now: Timestamp,
}

impl Unit for Forget {
    type Done = ();
    const NAME: &'static str = "forget_deliveries";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        use super::tables::resets;
        Entity::delete_many()
            .filter(Column::EndedAt.lt(self.now.0 - KEPT_MILLIS))
            .exec(tx)
            .await?;
        resets::Entity::delete_many()
            .filter(resets::Column::ExpiresAt.lt(self.now.0))
            .exec(tx)
            .await?;
        Ok(())
    }
}
