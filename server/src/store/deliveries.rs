//! The outbox: a row for each mail, written with what it tells of, leased for each attempt and kept.
//!
//! Whoever leases a row has it alone until the lease ends; who dies with it is followed by another
//! then. So a mail leaves at least once, and its Message-ID, which is made of the row's id, lets
//! receivers drop a second one.

use domain::delivery;
use protocol::delivery::{DeliveryKind, DeliveryState, Outcome};
use protocol::{AgentId, ConversationId, DeliveryId, HandoffId, InviteId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tables::deliveries::{ActiveModel, Column, Entity, Model};
use super::tables::delivery_attempts as attempts;
use super::tables::words::{DeliveryStateKind, OutcomeKind, Word as _};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// The longest sentence of a mail server that is kept, in characters.
const WHY: usize = 300;

/// What a mail tells of, as it is kept: names, times and words are looked up when it is sent, so that
/// it says what is true then, and no secret and no visitor's word lies here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mail {
    Invite {
        invite: InviteId,
        language: String,
    },
    Reset {
        language: String,
    },
    PasswordChanged {
        language: String,
    },
    Handoff {
        agent: AgentId,
        conversation: ConversationId,
        handoff: HandoffId,
    },
    Test {
        language: String,
    },
}

impl Mail {
    /// What it is.
    pub fn kind(&self) -> DeliveryKind {
        match self {
            Self::Invite { .. } => DeliveryKind::Invite,
            Self::Reset { .. } => DeliveryKind::Reset,
            Self::PasswordChanged { .. } => DeliveryKind::PasswordChanged,
            Self::Handoff { .. } => DeliveryKind::Handoff,
            Self::Test { .. } => DeliveryKind::Test,
        }
    }
}

/// A mail that is to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    pub id: DeliveryId,
    /// None where it is not known yet whose address it is.
    pub workspace: Option<WorkspaceId>,
    pub recipient: String,
    pub mail: Mail,
    /// What is told once: the same key again adds nothing.
    pub key: Option<String>,
    pub at: Timestamp,
}

/// A mail whose turn it is, for whoever leased it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    pub id: DeliveryId,
    pub workspace: Option<WorkspaceId>,
    pub recipient: String,
    pub mail: Mail,
    /// Counted over all.
    pub attempt: u32,
    /// Counted since it was asked for, or asked for again.
    pub tries: u32,
    pub give_up_at: Timestamp,
    pub lease: Uuid,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The mail server said so, and where the mail stands now.
    Tried(Outcome, DeliveryState),
    /// There was nothing to tell of any more.
    Dropped(Timestamp),
    /// The address is nobody's: nothing is kept of it.
    Forgotten,
}

/// Whether a mail waits to be sent, in the words of the index that holds those that do.
pub(super) fn waits() -> SimpleExpr {
    let state = Expr::col((Entity, Column::State));
    sea_orm::sea_query::ExprTrait::eq(state, DeliveryStateKind::Waiting.literal())
}

impl Store {
    /// Writes a mail down that tells of nothing else that is written.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn enqueue_delivery(&self, delivery: NewDelivery) -> Result<(), Failed> {
        self.write(delivery).await
    }

    /// Takes up to `limit` mails whose time has come, for `until`.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn lease_deliveries(
        &self,
        lease: Uuid,
        now: Timestamp,
        until: Timestamp,
        limit: u64,
    ) -> Result<Vec<Leased>, Failed> {
        self.write(Lease {
            lease,
            now,
            until,
            limit,
        })
        .await
    }

    /// Keeps how an attempt ended. Who comes after the lease changes nothing.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn end_attempt(&self, leased: Leased, ended: Ended) -> Result<(), Failed> {
        self.write(End { leased, ended }).await
    }

    /// When the next mail is due; leased ones when their lease ends.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_delivery(&self) -> Result<Option<Timestamp>, StoreError> {
        let rows = Entity::find()
            .select_only()
            .column(Column::DueAt)
            .column(Column::LeasedUntil)
            .filter(waits())
            .order_by_asc(Column::DueAt)
            // Those that are leased are few.
            .limit(32)
            .into_tuple::<(Option<i64>, Option<i64>)>()
            .all(self.readers())
            .await?;
        let times = rows.into_iter().map(|(due, leased)| due.max(leased));
        Ok(times.flatten().min().map(Timestamp))
    }
}

/// Writes a mail down, in the transaction of what it tells of.
pub(super) async fn enqueue(tx: &DatabaseTransaction, new: &NewDelivery) -> Result<(), StoreError> {
    let kind = new.mail.kind();
    let row = ActiveModel {
        id: Set(new.id.0),
        workspace_id: Set(new.workspace.map(|workspace| workspace.0)),
        recipient: Set(new.recipient.clone()),
        kind: Set(kind.word().to_owned()),
        mail: Set(serde_json::to_string(&new.mail).expect("ids and words are plain text")),
        key: Set(new.key.clone()),
        state: Set(DeliveryStateKind::Waiting.word().to_owned()),
        created_at: Set(new.at.0),
        due_at: Set(Some(new.at.0)),
        give_up_at: Set(new.at.after(delivery::lasts(kind)).0),
        ended_at: Set(None),
        leased_by: Set(None),
        leased_until: Set(None),
        attempts: Set(0),
        tries: Set(0),
    };
    let mut known = OnConflict::column(Column::Key);
    known.do_nothing();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

impl Unit for NewDelivery {
    type Done = ();
    const NAME: &'static str = "enqueue_delivery";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        Ok(enqueue(tx, self).await?)
    }
}

struct Lease {
    lease: Uuid,
    now: Timestamp,
    until: Timestamp,
    limit: u64,
}

impl Unit for Lease {
    type Done = Vec<Leased>;
    const NAME: &'static str = "lease_deliveries";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<Leased>, Stop> {
        let free = Condition::any()
            .add(Column::LeasedUntil.is_null())
            .add(Column::LeasedUntil.lte(self.now.0));
        // What another process is taking at this moment is passed over, on PostgreSQL.
        let rows = Entity::find()
            .filter(waits())
            .filter(Column::DueAt.lte(self.now.0))
            .filter(free)
            .order_by_asc(Column::DueAt)
            .limit(self.limit)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(tx)
            .await?;
        let mut leased = Vec::with_capacity(rows.len());
        for row in rows {
            leased.push(self.take(tx, row).await?);
        }
        Ok(leased)
    }
}

impl Lease {
    async fn take(&self, tx: &DatabaseTransaction, row: Model) -> Result<Leased, StoreError> {
        let reading = row.reading();
        Entity::update_many()
            .col_expr(Column::LeasedBy, Expr::value(self.lease))
            .col_expr(Column::LeasedUntil, Expr::value(self.until.0))
            .col_expr(Column::Attempts, Expr::value(row.attempts + 1))
            .col_expr(Column::Tries, Expr::value(row.tries + 1))
            .filter(Column::Id.eq(row.id))
            .exec(tx)
            .await?;
        let attempt = attempts::ActiveModel {
            delivery_id: Set(row.id),
            number: Set(row.attempts + 1),
            at: Set(self.now.0),
            outcome: Set(None),
            why: Set(String::new()),
        };
        attempts::Entity::insert(attempt)
            .exec_without_returning(tx)
            .await?;
        Ok(Leased {
            id: row.id(),
            workspace: row.workspace_id.map(WorkspaceId),
            mail: serde_json::from_str(&row.mail).map_err(|_| reading.wrong("mail"))?,
            attempt: reading.number("attempts", row.attempts + 1)?,
            tries: reading.number("tries", row.tries + 1)?,
            give_up_at: Timestamp(row.give_up_at),
            lease: self.lease,
            recipient: row.recipient,
        })
    }
}

struct End {
    leased: Leased,
    ended: Ended,
}

impl Unit for End {
    type Done = ();
    const NAME: &'static str = "end_attempt";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let own = Condition::all()
            .add(Column::Id.eq(self.leased.id.0))
            .add(Column::LeasedBy.eq(self.leased.lease));
        let (outcome, state) = match &self.ended {
            Ended::Forgotten => {
                Entity::delete_many().filter(own).exec(tx).await?;
                return Ok(());
            }
            Ended::Dropped(at) => (None, DeliveryState::Dropped { at: *at }),
            Ended::Tried(outcome, state) => (Some(outcome), *state),
        };
        let (kind, due_at, ended_at) = match state {
            DeliveryState::Waiting { due_at } => (DeliveryStateKind::Waiting, Some(due_at), None),
            DeliveryState::Sent { at } => (DeliveryStateKind::Sent, None, Some(at)),
            DeliveryState::Failed { at } => (DeliveryStateKind::Failed, None, Some(at)),
            DeliveryState::Dropped { at } => (DeliveryStateKind::Dropped, None, Some(at)),
        };
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(kind.word()))
            .col_expr(Column::DueAt, Expr::value(due_at.map(|at| at.0)))
            .col_expr(Column::EndedAt, Expr::value(ended_at.map(|at| at.0)))
            .col_expr(Column::LeasedBy, Expr::value(None::<Uuid>))
            .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
            .filter(own)
            .exec(tx)
            .await?;
        let Some(outcome) = outcome.filter(|_| done.rows_affected > 0) else {
            return Ok(());
        };
        let (word, why) = match outcome {
            Outcome::Accepted => (OutcomeKind::Accepted, ""),
            Outcome::Later { why } => (OutcomeKind::Later, why.as_str()),
            Outcome::Refused { why } => (OutcomeKind::Refused, why.as_str()),
        };
        let why: String = why.chars().filter(|c| *c != '\0').take(WHY).collect();
        attempts::Entity::update_many()
            .col_expr(attempts::Column::Outcome, Expr::value(word.word()))
            .col_expr(attempts::Column::Why, Expr::value(why))
            .filter(attempts::Column::DeliveryId.eq(self.leased.id.0))
            .filter(attempts::Column::Number.eq(i64::from(self.leased.attempt)))
            .exec(tx)
            .await?;
        Ok(())
    }
}
