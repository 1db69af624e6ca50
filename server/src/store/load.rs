//! Loads the facts that a batch of commands is decided on, in a few statements for all of them.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::agent::{Agent, Assigned};
use domain::{Command, Facts, Handoff};
use protocol::person::Role;
use protocol::{AgentId, ChatbotId, ConversationId, GroupId, RunId, WorkspaceId};
use sea_orm::sea_query::{
    Expr, ExprTrait, IntoIden, LockType, Query, SelectStatement, TableRef, ValueTuple,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::StoreError;
use super::chatbots::Chatbots;
use super::pad::pad;
use super::tables::entries::KnownRow;
use super::tables::words::{HandoffKind, Word as _};
use super::tables::{agent_chatbots, agents, conversations, entries, group_members, handoffs};
use super::{answers, attachments, contacts, notes};
use crate::faults::{self, Fault};

/// The facts, and what the rows said before anything was decided.
pub(super) struct Loaded {
    pub(super) facts: Facts,
    pub(super) before: Before,
}

/// What the rows said when they were loaded.
#[derive(Default)]
pub(super) struct Before {
    pub(super) versions: HashMap<ConversationId, u64>,
    /// The newest handoff of each conversation that has one.
    pub(super) handoffs: HashMap<ConversationId, Handoff>,
    pub(super) runs: HashSet<RunId>,
    pub(super) contacts: contacts::Rows,
}

/// Loads and locks what these commands name: conversations first, then agents, each sorted by id,
/// so that no two transactions wait for each other.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    chatbots: &Chatbots,
    commands: &[&Command],
) -> Result<Loaded, StoreError> {
    let mut facts = Facts::default();
    let mut before = Before::default();
    let ids: BTreeSet<ConversationId> = commands.iter().map(|c| c.conversation()).collect();
    for conversation in load_conversations(tx, ids).await? {
        before
            .versions
            .insert(conversation.id, conversation.version);
        before.runs.extend(conversation.run.map(|run| run.id));
        if let Some(handoff) = &conversation.handoff {
            before.handoffs.insert(conversation.id, handoff.clone());
        }
        facts.conversations.insert(conversation.id, conversation);
    }
    let named = named_chatbots(&facts, commands);
    facts.chatbots = chatbots.load(tx, named).await?;
    facts.staffed = staffed(&facts, commands);
    let named = named_agents(&facts, commands);
    for agent in load_agents(tx, named, &facts.staffed).await? {
        facts.agents.insert(agent.id, agent);
    }
    // The agents are locked now, so nobody else makes them an offer meanwhile.
    for (agent, conversation) in offers(tx, &facts.staffed).await? {
        if let Some(agent) = facts.agents.get_mut(&agent) {
            agent.offers.push(conversation);
        }
    }
    facts.attachments = attachments::load(tx, commands).await?;
    facts.notes = notes::load(tx, commands).await?;
    facts.answers = answers::load(tx, commands).await?;
    (facts.contacts, before.contacts) = contacts::load(tx, commands).await?;
    facts.known = load_known(tx, commands).await?;
    Ok(Loaded { facts, before })
}

async fn load_conversations(
    tx: &DatabaseTransaction,
    ids: BTreeSet<ConversationId>,
) -> Result<Vec<domain::Conversation>, StoreError> {
    let ids = pad(ids.into_iter().map(|id| id.0).collect::<Vec<_>>());
    let named = conversations::Column::Id.is_in(ids);
    // A statement of its own: one that waits for a lock reads the locked row anew, but of the rows
    // joined to it what they were before it waited. SQLite's transaction has the lock already.
    if tx.get_database_backend() == DbBackend::Postgres {
        let lock = conversations::Entity::find()
            .select_only()
            .column(conversations::Column::Id)
            .filter(named.clone())
            .order_by_asc(conversations::Column::Id)
            .lock(LockType::NoKeyUpdate);
        lock.into_tuple::<Uuid>().all(tx).await?;
    }
    conversations::read(tx, conversations::whole().filter(named)).await
}

/// The agents who ask, whom they name, and the holders and the asked of what they ask about: a
/// refusal names them.
fn named_agents(facts: &Facts, commands: &[&Command]) -> BTreeSet<AgentId> {
    let mut named = BTreeSet::new();
    for command in commands {
        if let Some(agent) = command.agent() {
            named.insert(agent);
            let conversation = facts.conversations.get(&command.conversation());
            let claim = conversation.and_then(domain::Conversation::claim);
            named.extend(claim.map(|claim| claim.agent));
            let handoff = conversation.and_then(|conversation| conversation.handoff.as_ref());
            let waiting = handoff.and_then(Handoff::waiting);
            let offer = waiting.and_then(|waiting| waiting.offer);
            named.extend(offer.map(|offer| offer.agent));
        }
    }
    named
}

/// The workspaces in which a command may look for an agent: there the whole team is loaded.
fn staffed(facts: &Facts, commands: &[&Command]) -> BTreeSet<WorkspaceId> {
    let passing = commands.iter().filter(|command| domain::passes_on(command));
    let passed_on = passing.map(|command| command.conversation()).collect();
    let looking = commands
        .iter()
        .filter(|command| domain::needs_staff(facts, command, &passed_on));
    looking
        .filter_map(|command| match command {
            Command::VisitorSays { opening, .. }
            | Command::AskForHuman { opening, .. }
            | Command::SendForm { opening, .. } => Some(opening.workspace),
            other => {
                let conversation = facts.conversations.get(&other.conversation())?;
                Some(conversation.workspace)
            }
        })
        .collect()
}

async fn load_agents(
    tx: &DatabaseTransaction,
    ids: BTreeSet<AgentId>,
    staffed: &BTreeSet<WorkspaceId>,
) -> Result<Vec<Agent>, StoreError> {
    if ids.is_empty() && staffed.is_empty() {
        return Ok(Vec::new());
    }
    let ids = pad(ids.into_iter().map(|id| id.0).collect::<Vec<_>>());
    let mut named = Condition::any().add(agents::Column::Id.is_in(ids));
    if !staffed.is_empty() {
        let staffed = pad(staffed.iter().map(|id| id.0).collect::<Vec<_>>());
        named = named.add(agents::Column::WorkspaceId.is_in(staffed));
    }
    let rows = agents::Entity::find()
        .filter(named)
        .filter(agents::Column::DisabledAt.is_null())
        .order_by_asc(agents::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    let mut agents = with_assigned(tx, rows).await?;
    for agent in &mut agents {
        if faults::on(Fault::CommandsByAll) {
            agent.role = Role::Owner;
        }
        if faults::on(Fault::CommandsUnassigned) {
            agent.assigned = Assigned::All;
        }
    }
    Ok(agents)
}

/// Who of these workspaces is asked to take what.
pub(super) async fn offers(
    db: &impl ConnectionTrait,
    staffed: &BTreeSet<WorkspaceId>,
) -> Result<Vec<(AgentId, ConversationId)>, StoreError> {
    use handoffs::{Column, Entity};
    if staffed.is_empty() {
        return Ok(Vec::new());
    }
    let staffed = pad(staffed.iter().map(|id| id.0).collect::<Vec<_>>());
    let rows = Entity::find()
        .select_only()
        .column(Column::OfferedTo)
        .column(Column::ConversationId)
        .filter(Column::Newest.into_expr())
        .filter(Column::WorkspaceId.is_in(staffed))
        .filter(Column::State.eq(HandoffKind::Pending.word()))
        .filter(Column::OfferedTo.is_not_null())
        .order_by_asc(Column::ConversationId)
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(agent, conversation)| (AgentId(agent), ConversationId(conversation)))
        .collect())
}

/// Adds to rows of agents which chatbots they are assigned to and which groups they are in.
pub(super) async fn with_assigned(
    db: &impl ConnectionTrait,
    rows: Vec<agents::Model>,
) -> Result<Vec<Agent>, StoreError> {
    let lists = assigned_chatbots(db, &rows).await?;
    let ids = pad(rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let mut groups: HashMap<Uuid, Vec<GroupId>> = HashMap::new();
    if !ids.is_empty() {
        let members = group_members::Entity::find()
            .filter(group_members::Column::AgentId.is_in(ids))
            .all(db)
            .await?;
        for row in members {
            let list = groups.entry(row.agent_id).or_default();
            list.push(GroupId(row.group_id));
        }
    }
    rows.into_iter()
        .map(|row| {
            let groups = groups.remove(&row.id).unwrap_or_default();
            let assigned = assigned(&row, &lists);
            row.agent(assigned, groups)
        })
        .collect()
}

/// The chatbots of those who are not assigned to all of them.
pub(super) async fn assigned_chatbots(
    db: &impl ConnectionTrait,
    rows: &[agents::Model],
) -> Result<HashMap<Uuid, Vec<ChatbotId>>, StoreError> {
    let some = rows.iter().filter(|row| !row.all_chatbots);
    let some = pad(some.map(|row| row.id).collect::<Vec<_>>());
    let mut lists: HashMap<Uuid, Vec<ChatbotId>> = HashMap::new();
    if !some.is_empty() {
        let assigned = agent_chatbots::Entity::find()
            .filter(agent_chatbots::Column::AgentId.is_in(some))
            .all(db)
            .await?;
        for row in assigned {
            let list = lists.entry(row.agent_id).or_default();
            list.push(ChatbotId(row.chatbot_id));
        }
    }
    Ok(lists)
}

/// What a row's agent is assigned to.
pub(super) fn assigned(row: &agents::Model, lists: &HashMap<Uuid, Vec<ChatbotId>>) -> Assigned {
    if row.all_chatbots {
        Assigned::All
    } else {
        Assigned::Only(lists.get(&row.id).cloned().unwrap_or_default())
    }
}

/// The commands of this batch that were done before.
async fn load_known(
    tx: &DatabaseTransaction,
    commands: &[&Command],
) -> Result<HashMap<KnownId, domain::facts::Known>, StoreError> {
    let keys: BTreeSet<(Uuid, Uuid)> = commands
        .iter()
        .filter_map(|command| {
            let (_, write) = command.write()?;
            Some((command.conversation().0, write.key.0))
        })
        .collect();
    let mut known = HashMap::new();
    // Defect: a command that comes again is taken for a new one.
    if keys.is_empty() || faults::on(Fault::NoUniqueKey) {
        return Ok(known);
    }
    for row in tx.query_all(&with_keys(keys)).await? {
        let (id, was) = KnownRow::from_query_result(&row, "")?.known()?;
        known.insert(id, was);
    }
    Ok(known)
}

/// The entries of these conversations that were written under these keys. The keys are a list to
/// join: `(a, b) IN (…)` is a scan on PostgreSQL and unknown to SQLite. SQLite takes a cross join in
/// the order it is written; left to itself it would read every entry there is to look for the keys.
pub(super) fn with_keys(keys: BTreeSet<(Uuid, Uuid)>) -> SelectStatement {
    let column = |column| Expr::col((entries::Entity, column));
    let asked = |name| Expr::col(("asked", name));
    let keys: Vec<_> = keys
        .into_iter()
        .map(|(conversation, key)| ValueTuple::Two(conversation.into(), key.into()))
        .collect();
    let same_conversation = column(entries::Column::ConversationId).eq(asked("column1"));
    let same_key = column(entries::Column::Key).eq(asked("column2"));
    Query::select()
        .columns(KnownRow::COLUMNS.map(|column| (entries::Entity, column)))
        .from(TableRef::ValuesList(pad(keys), "asked".into_iden()))
        .cross_join(entries::Entity)
        .and_where(same_conversation)
        .and_where(same_key)
        .take()
}

type KnownId = (ConversationId, domain::command::Writer, protocol::Key);

/// The chatbots of the conversations, and of those that may begin.
fn named_chatbots(facts: &Facts, commands: &[&Command]) -> BTreeSet<ChatbotId> {
    let mut named: BTreeSet<ChatbotId> = facts
        .conversations
        .values()
        .map(|conversation| conversation.chatbot)
        .collect();
    for command in commands {
        if let Command::VisitorSays { opening, .. }
        | Command::AskForHuman { opening, .. }
        | Command::SendForm { opening, .. } = command
        {
            named.insert(opening.chatbot);
        }
    }
    named
}
