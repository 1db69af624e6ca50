//! Rows of conversations, and the query that reads them whole.

use domain::Conversation;
use protocol::card::{CardState, Files, LastLine};
use protocol::targets::{Clock, FirstReply, NEVER, Owed};
use protocol::{
    CategoryId, ChatbotId, ConversationId, PublicSeq, Seq, TagId, Timestamp, VisitorId, WorkspaceId,
};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::IntoCondition;
use sea_orm::{
    ConnectionTrait, FromQueryResult, Iterable, JoinType, QueryResult, QuerySelect, QueryTrait,
    RelationDef, Set,
};

use super::words::Word;
use super::{Reading, entries, handoffs, row_number, runs};
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub chatbot_id: Uuid,
    pub visitor_id: Uuid,
    pub visitor_name: String,
    pub channel: String,
    pub created_at: i64,
    pub version: i64,
    pub last_seq: i64,
    pub last_public_seq: i64,
    pub control_epoch: i64,
    pub closed: bool,
    pub ai_from: i64,
    pub last_author_kind: Option<String>,
    pub last_author_id: Option<Uuid>,
    pub last_text: Option<String>,
    pub last_at: Option<i64>,
    pub unread: i64,
    pub last_by_visitor_seq: Option<i64>,
    pub last_by_visitor_public_seq: Option<i64>,
    pub unanswered_since: Option<i64>,
    pub read_by_team: i64,
    pub read_by_visitor: i64,
    pub locale: String,
    pub unsure: i64,
    pub wants_no_person: bool,
    pub due_at: Option<i64>,
    pub category_id: Option<Uuid>,
    pub tags: String,
    pub assistant_at: Option<i64>,
    pub last_pictures: i64,
    pub last_others: i64,
    pub blocked: bool,
    pub owed_at: Option<i64>,
    pub clock_since: Option<i64>,
    pub clock_warn_at: Option<i64>,
    pub first_reply_seconds: Option<i64>,
    pub first_reply_late: bool,
    pub told_late: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What the columns of a joined handoff begin with.
const HANDOFF: &str = "handoff_";
/// What the columns of a joined run begin with.
const RUN: &str = "run_";

/// Conversations with their newest handoff and their open run. One statement, so that the three
/// are of one moment.
pub(in crate::store) fn whole() -> Select<Entity> {
    let mut query = Entity::find()
        .join(JoinType::LeftJoin, newest_handoff())
        .join(JoinType::LeftJoin, open_run());
    for column in handoffs::Column::iter() {
        let name = format!("{HANDOFF}{}", column.as_str());
        query = query.expr_as(Expr::col((handoffs::Entity, column)), name);
    }
    for column in runs::Column::iter() {
        let name = format!("{RUN}{}", column.as_str());
        query = query.expr_as(Expr::col((runs::Entity, column)), name);
    }
    query
}

/// Runs a query made from [`whole`].
pub(in crate::store) async fn read(
    db: &impl ConnectionTrait,
    query: Select<Entity>,
) -> Result<Vec<Conversation>, StoreError> {
    let rows = db.query_all(query.as_query()).await?;
    rows.iter().map(read_whole).collect()
}

fn newest_handoff() -> RelationDef {
    Entity::belongs_to(handoffs::Entity)
        .from(Column::Id)
        .to(handoffs::Column::ConversationId)
        .on_condition(|_, handoff| Expr::col((handoff, handoffs::Column::Newest)).into_condition())
        .into()
}

fn open_run() -> RelationDef {
    Entity::belongs_to(runs::Entity)
        .from(Column::Id)
        .to(runs::Column::ConversationId)
        .on_condition(|_, run| runs::is_open(run).into_condition())
        .into()
}

fn read_whole(row: &QueryResult) -> Result<Conversation, StoreError> {
    let model = Model::from_query_result(row, "")?;
    let reading = Reading {
        table: "conversations",
        id: model.id,
    };
    let handoff = match row.try_get::<Option<Uuid>>(HANDOFF, "id")? {
        Some(_) => Some(handoffs::Model::from_query_result(row, HANDOFF)?.handoff()?),
        None => None,
    };
    let run = match row.try_get::<Option<Uuid>>(RUN, "id")? {
        Some(_) => Some(runs::Model::from_query_result(row, RUN)?.run()?),
        None => None,
    };
    let last = read_last(reading, &model)?;
    let first_reply = match model.first_reply_seconds {
        Some(seconds) => Some(FirstReply {
            seconds: reading.number("first_reply_seconds", seconds)?,
            late: model.first_reply_late,
        }),
        None => None,
    };
    let tags: Vec<Uuid> = serde_json::from_str(&model.tags).map_err(|_| reading.wrong("tags"))?;
    let last_by_visitor = match (model.last_by_visitor_seq, model.last_by_visitor_public_seq) {
        (Some(seq), Some(public_seq)) => Some((
            Seq(reading.number("last_by_visitor_seq", seq)?),
            PublicSeq(reading.number("last_by_visitor_public_seq", public_seq)?),
        )),
        _ => None,
    };
    let clock = read_clock(reading, &model)?;
    Ok(Conversation {
        id: ConversationId(model.id),
        workspace: WorkspaceId(model.workspace_id),
        chatbot: ChatbotId(model.chatbot_id),
        visitor: VisitorId(model.visitor_id),
        visitor_name: model.visitor_name,
        locale: model.locale,
        unsure: reading.number("unsure", model.unsure)?,
        wants_no_person: model.wants_no_person,
        due_at: model.due_at.map(Timestamp),
        channel: reading.word("channel", &model.channel)?,
        created_at: Timestamp(model.created_at),
        version: reading.number("version", model.version)?,
        last_seq: Seq(reading.number("last_seq", model.last_seq)?),
        last_public_seq: PublicSeq(reading.number("last_public_seq", model.last_public_seq)?),
        control_epoch: reading.number("control_epoch", model.control_epoch)?,
        handoff,
        closed: model.closed,
        run,
        ai_from: Seq(reading.number("ai_from", model.ai_from)?),
        last,
        unread: reading.number("unread", model.unread)?,
        last_by_visitor,
        unanswered_since: model.unanswered_since.map(Timestamp),
        read_by_team: PublicSeq(reading.number("read_by_team", model.read_by_team)?),
        read_by_visitor: PublicSeq(reading.number("read_by_visitor", model.read_by_visitor)?),
        category: model.category_id.map(CategoryId),
        tags: tags.into_iter().map(TagId).collect(),
        blocked: model.blocked,
        clock,
        first_reply,
        told_late: model.told_late.map(Timestamp),
    })
}

/// A clock is of the first reply until there was one.
fn read_clock(reading: Reading, model: &Model) -> Result<Option<Clock>, StoreError> {
    let Some(since) = model.clock_since else {
        return Ok(None);
    };
    Ok(Some(Clock {
        owed: match model.first_reply_seconds {
            None => Owed::FirstReply,
            Some(_) => Owed::NextReply,
        },
        since: Timestamp(since),
        warn_at: Timestamp(reading.some("clock_warn_at", model.clock_warn_at)?),
        due_at: Timestamp(reading.some("owed_at", model.owed_at)?),
    }))
}

fn read_last(reading: Reading, model: &Model) -> Result<Option<LastLine>, StoreError> {
    let Some(kind) = &model.last_author_kind else {
        return Ok(None);
    };
    let id = model.last_author_id;
    Ok(Some(LastLine {
        author: entries::read_author(reading, "last_author_kind", kind, id)?,
        text: reading.some("last_text", model.last_text.clone())?,
        at: Timestamp(reading.some("last_at", model.last_at)?),
        files: Files {
            pictures: reading.number("last_pictures", model.last_pictures)?,
            others: reading.number("last_others", model.last_others)?,
        },
    }))
}

/// A conversation as its row.
pub(in crate::store) fn row(conversation: &Conversation) -> ActiveModel {
    let last = conversation.last.as_ref();
    let author = last.map(|last| entries::author_columns(last.author));
    let by_visitor = conversation.last_by_visitor;
    let tags: Vec<Uuid> = conversation.tags.iter().map(|tag| tag.0).collect();
    // As CardState::sorts_by has it, because pages go on from there.
    let of_assistant = conversation.card_state() == CardState::Assistant;
    let assistant_at = last.filter(|_| of_assistant).map(|last| last.at.0);
    let clock = conversation.clock;
    // As Card::due_soonest has it, because pages go on from there.
    let owed_at = clock.map_or(NEVER, |clock| clock.due_at);
    let has_clocks = conversation.card_state().tab().has_clocks();
    let first_reply = conversation.first_reply;
    ActiveModel {
        id: Set(conversation.id.0),
        workspace_id: Set(conversation.workspace.0),
        chatbot_id: Set(conversation.chatbot.0),
        visitor_id: Set(conversation.visitor.0),
        visitor_name: Set(conversation.visitor_name.clone()),
        channel: Set(conversation.channel.word().to_owned()),
        created_at: Set(conversation.created_at.0),
        version: Set(row_number(conversation.version)),
        last_seq: Set(row_number(conversation.last_seq.0)),
        last_public_seq: Set(row_number(conversation.last_public_seq.0)),
        control_epoch: Set(row_number(conversation.control_epoch)),
        closed: Set(conversation.closed),
        ai_from: Set(row_number(conversation.ai_from.0)),
        last_author_kind: Set(author.map(|(kind, _)| kind.word().to_owned())),
        last_author_id: Set(author.and_then(|(_, id)| id)),
        last_text: Set(last.map(|last| last.text.clone())),
        last_at: Set(last.map(|last| last.at.0)),
        unread: Set(conversation.unread.into()),
        last_by_visitor_seq: Set(by_visitor.map(|(seq, _)| row_number(seq.0))),
        last_by_visitor_public_seq: Set(by_visitor.map(|(_, seq)| row_number(seq.0))),
        unanswered_since: Set(conversation.unanswered_since.map(|at| at.0)),
        read_by_team: Set(row_number(conversation.read_by_team.0)),
        read_by_visitor: Set(row_number(conversation.read_by_visitor.0)),
        locale: Set(conversation.locale.clone()),
        unsure: Set(conversation.unsure.into()),
        wants_no_person: Set(conversation.wants_no_person),
        due_at: Set(conversation.due_at.map(|at| at.0)),
        category_id: Set(conversation.category.map(|category| category.0)),
        tags: Set(serde_json::to_string(&tags).expect("ids are plain text")),
        assistant_at: Set(assistant_at),
        last_pictures: Set(last.map_or(0, |last| last.files.pictures.into())),
        last_others: Set(last.map_or(0, |last| last.files.others.into())),
        blocked: Set(conversation.blocked),
        owed_at: Set(has_clocks.then_some(owed_at.0)),
        clock_since: Set(clock.map(|clock| clock.since.0)),
        clock_warn_at: Set(clock.map(|clock| clock.warn_at.0)),
        first_reply_seconds: Set(first_reply.map(|reply| reply.seconds.into())),
        first_reply_late: Set(first_reply.is_some_and(|reply| reply.late)),
        told_late: Set(conversation.told_late.map(|at| at.0)),
    }
}

/// The columns that change in the life of a conversation.
pub(in crate::store) const CHANGING: [Column; 32] = [
    Column::Version,
    Column::LastSeq,
    Column::LastPublicSeq,
    Column::ControlEpoch,
    Column::Closed,
    Column::AiFrom,
    Column::LastAuthorKind,
    Column::LastAuthorId,
    Column::LastText,
    Column::LastAt,
    Column::LastPictures,
    Column::LastOthers,
    Column::Unread,
    Column::LastByVisitorSeq,
    Column::LastByVisitorPublicSeq,
    Column::UnansweredSince,
    Column::ReadByTeam,
    Column::ReadByVisitor,
    // Visitors may leave their name with their details.
    Column::VisitorName,
    Column::Unsure,
    Column::WantsNoPerson,
    Column::DueAt,
    Column::CategoryId,
    Column::Tags,
    Column::AssistantAt,
    Column::Blocked,
    Column::OwedAt,
    Column::ClockSince,
    Column::ClockWarnAt,
    Column::FirstReplySeconds,
    Column::FirstReplyLate,
    Column::ToldLate,
];
