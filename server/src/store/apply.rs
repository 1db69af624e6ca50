//! Saves what a batch changed: a few statements of many rows, all of it or nothing.

use std::collections::HashMap;

use domain::facts::{ClaimSpan, RunState};
use domain::{Conversation, Facts, Handoff};
use protocol::{ConversationId, HandoffId, Timestamp};
use sea_orm::sea_query::{
    Expr, ExprTrait, Func, IntoIden, OnConflict, Query, TableRef, UpdateStatement, Value,
    ValueTuple,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr,
    EntityTrait,
};

use super::StoreError;
use super::load::Before;
use super::pad::{pad, pieces};
use super::tables::words::Word;
use super::tables::{
    agents, claims, conversations, entries, handoffs, leads, mentions, row_number, runs,
};
use super::{attachments, audit, contacts, notes};

/// Saves everything on the trail. In every table rows that end come before rows that begin,
/// because of each kind only one may be open.
pub(super) async fn apply(
    tx: &DatabaseTransaction,
    facts: &Facts,
    before: &Before,
    now: Timestamp,
) -> Result<(), StoreError> {
    save_conversations(tx, facts, before).await?;
    save_handoffs(tx, facts, before).await?;
    save_claims(tx, facts, before).await?;
    save_runs(tx, facts, before, now).await?;
    save_loads(tx, facts).await?;
    save_leads(tx, facts).await?;
    contacts::apply(tx, facts, &before.contacts).await?;
    notes::apply(tx, facts).await?;
    attachments::send(tx, &facts.trail.sent, now).await?;
    let rows = facts.trail.changes.iter().flat_map(|change| {
        let conversation = &change.conversation;
        change
            .entries
            .iter()
            .map(move |entry| entries::row(conversation, entry))
    });
    insert(tx, rows.collect()).await?;
    let changes = facts.trail.changes.iter();
    let told = changes.flat_map(|change| {
        let entries = change.entries.iter();
        entries.flat_map(|entry| mentions::rows(&change.conversation, entry))
    });
    insert(tx, told.collect()).await?;
    audit::apply(tx, facts, now).await
}

/// A conversation of the batch. Whatever is on the trail was left in the facts as well.
fn conversation(facts: &Facts, id: ConversationId) -> &Conversation {
    facts
        .conversations
        .get(&id)
        .expect("a changed conversation is put back into the facts")
}

async fn save_conversations(
    tx: &DatabaseTransaction,
    facts: &Facts,
    before: &Before,
) -> Result<(), StoreError> {
    use conversations::{CHANGING, Column, Entity, row};
    let mut new = Vec::new();
    let mut changed = Vec::new();
    for id in &facts.trail.touched {
        let row = row(conversation(facts, *id));
        let Some(version) = before.versions.get(id) else {
            new.push(row);
            continue;
        };
        let mut values = vec![id.0.into(), row_number(*version).into()];
        values.extend(values_of(&row, &CHANGING));
        changed.push(values);
    }
    insert(tx, new).await?;
    let rows = changed.len();
    // Each on the version it was decided on. One row less, and all that was decided is void.
    let updated = update::<Entity>(tx, &[Column::Id, Column::Version], &CHANGING, changed).await?;
    if updated == rows as u64 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

async fn save_handoffs(
    tx: &DatabaseTransaction,
    facts: &Facts,
    before: &Before,
) -> Result<(), StoreError> {
    use handoffs::{CHANGING, Column, Entity, row};
    let is_newest = |conversation: &Conversation, id: HandoffId| {
        let newest = conversation.handoff.as_ref();
        newest.is_some_and(|newest| newest.id == id)
    };
    // A handoff that a newer one took the place of changes too: lists show it no more.
    let mut standing: HashMap<HandoffId, (&Conversation, &Handoff)> = HashMap::new();
    for id in &facts.trail.touched {
        let conversation = conversation(facts, *id);
        if let Some(old) = before.handoffs.get(id)
            && !is_newest(conversation, old.id)
        {
            standing.insert(old.id, (conversation, old));
        }
    }
    let mut new = Vec::new();
    for (id, (in_conversation, handoff)) in &facts.trail.handoffs {
        let conversation = conversation(facts, *in_conversation);
        let old = before.handoffs.get(in_conversation);
        if old.is_some_and(|old| old.id == *id) {
            standing.insert(*id, (conversation, handoff));
        } else {
            let newest = is_newest(conversation, *id);
            new.push((handoff.is_open(), row(conversation, handoff, newest)));
        }
    }
    let changed = standing.into_iter().map(|(id, (conversation, handoff))| {
        let row = row(conversation, handoff, is_newest(conversation, id));
        let mut values = vec![id.0.into()];
        values.extend(values_of(&row, &CHANGING));
        values
    });
    update::<Entity>(tx, &[Column::Id], &CHANGING, changed.collect()).await?;
    new.sort_by_key(|(open, _)| *open);
    insert(tx, new.into_iter().map(|(_, row)| row).collect()).await?;
    Ok(())
}

async fn save_claims(
    tx: &DatabaseTransaction,
    facts: &Facts,
    before: &Before,
) -> Result<(), StoreError> {
    use claims::{Column, Entity, row};
    let began_before = |handoff: HandoffId, span: &ClaimSpan| {
        let old = before.handoffs.get(&span.conversation);
        old.is_some_and(|old| old.id == handoff && span.claim.number <= old.claims)
    };
    let mut ended = Vec::new();
    let mut new = Vec::new();
    for ((handoff, number), span) in &facts.trail.claims {
        if began_before(*handoff, span) {
            let ended_at = span.ended_at.map(|at| at.0);
            ended.push(vec![
                handoff.0.into(),
                i64::from(*number).into(),
                ended_at.into(),
            ]);
        } else {
            let workspace = conversation(facts, span.conversation).workspace;
            let open = span.ended_at.is_none();
            new.push((open, row(workspace, *handoff, span)));
        }
    }
    let keys = [Column::HandoffId, Column::Number];
    update::<Entity>(tx, &keys, &[Column::EndedAt], ended).await?;
    new.sort_by_key(|(open, _)| *open);
    insert(tx, new.into_iter().map(|(_, row)| row).collect()).await?;
    Ok(())
}

async fn save_runs(
    tx: &DatabaseTransaction,
    facts: &Facts,
    before: &Before,
    now: Timestamp,
) -> Result<(), StoreError> {
    use runs::{Column, Entity, row};
    let mut ended = Vec::new();
    let mut new = Vec::new();
    for (id, (in_conversation, run, state)) in &facts.trail.runs {
        if before.runs.contains(id) {
            ended.push(vec![id.0.into(), state.word().into()]);
        } else {
            let workspace = conversation(facts, *in_conversation).workspace;
            let open = *state == RunState::Open;
            new.push((open, row(workspace, *in_conversation, run, *state, now)));
        }
    }
    update::<Entity>(tx, &[Column::Id], &[Column::State], ended).await?;
    new.sort_by_key(|(open, _)| *open);
    insert(tx, new.into_iter().map(|(_, row)| row).collect()).await?;
    Ok(())
}

async fn save_loads(tx: &DatabaseTransaction, facts: &Facts) -> Result<(), StoreError> {
    use agents::{Column, Entity};
    let agents = facts.trail.loads.iter().map(|id| &facts.agents[id]);
    let rows = agents.map(|agent| {
        let last_claim_at = agent.last_claim_at.map(|at| at.0);
        vec![
            agent.id.0.into(),
            i64::from(agent.load).into(),
            last_claim_at.into(),
        ]
    });
    let sets = [Column::Load, Column::LastClaimAt];
    update::<Entity>(tx, &[Column::Id], &sets, rows.collect()).await?;
    Ok(())
}

/// A lead that is known already learns what is new of it.
async fn save_leads(tx: &DatabaseTransaction, facts: &Facts) -> Result<(), StoreError> {
    use leads::{Column, Entity, row};
    if facts.trail.leads.is_empty() {
        return Ok(());
    }
    let mut known = OnConflict::column(Column::Id);
    known.update_columns([Column::HandoffId, Column::Seq, Column::ChangedAt]);
    for column in [
        Column::Reason,
        Column::Name,
        Column::Email,
        Column::Phone,
        Column::Details,
    ] {
        let old = Expr::col((Entity, column));
        let new = Expr::col(("excluded", column));
        known.value(column, Func::coalesce([new, old]));
    }
    Entity::insert_many(facts.trail.leads.values().map(row))
        .on_conflict(known)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Inserts new rows in as few statements as their lengths allow.
pub(super) async fn insert<A: ActiveModelTrait + Send>(
    tx: &DatabaseTransaction,
    rows: Vec<A>,
) -> Result<(), DbErr> {
    for piece in pieces(rows) {
        A::Entity::insert_many(piece)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Sets columns of many rows in one statement. Each row holds its keys and then what is set; says
/// how many rows were found by their keys.
pub(super) async fn update<E: EntityTrait>(
    tx: &DatabaseTransaction,
    keys: &[E::Column],
    sets: &[E::Column],
    rows: Vec<Vec<Value>>,
) -> Result<u64, DbErr> {
    if rows.is_empty() {
        return Ok(0);
    }
    let done = tx.execute(&update_of::<E>(keys, sets, rows)).await?;
    Ok(done.rows_affected())
}

/// The statement that sets columns of many rows: the new values are a list to join.
pub(super) fn update_of<E: EntityTrait>(
    keys: &[E::Column],
    sets: &[E::Column],
    rows: Vec<Vec<Value>>,
) -> UpdateStatement {
    let value = |position: usize| Expr::col(("new", format!("column{}", position + 1)));
    let rows = rows.into_iter().map(ValueTuple::Many).collect();
    let mut query = Query::update();
    query
        .table(E::default())
        .from(TableRef::ValuesList(pad(rows), "new".into_iden()));
    for (position, column) in sets.iter().enumerate() {
        query.value(*column, value(keys.len() + position));
    }
    for (position, column) in keys.iter().enumerate() {
        query.and_where(column.into_expr().eq(value(position)));
    }
    query
}

/// What a row holds in these columns.
pub(super) fn values_of<A: ActiveModelTrait>(
    row: &A,
    columns: &[<A::Entity as EntityTrait>::Column],
) -> Vec<Value> {
    let value = |column: &_| match row.get(*column) {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => value,
        ActiveValue::NotSet => unreachable!("rows are made with every column set"),
    };
    columns.iter().map(value).collect()
}
