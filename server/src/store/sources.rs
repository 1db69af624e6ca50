//! What a chatbot learned, source by source: listed, and forgotten.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::knowledge::{ForgetForm, KnowledgeView, SourceId, SourceView};
use protocol::{ChatbotId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::audit::{By, Deed, Differ, record};
use super::pad::pad;
use super::tables::knowledge_sources::{Column, Entity};
use super::tables::{chatbots, passages};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Sources that are listed at once.
const PAGE: usize = 50;

impl Store {
    /// A chatbot's sources from the newest on, or from before one. None for a chatbot that is not the
    /// workspace's.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sources(
        &self,
        workspace: WorkspaceId,
        chatbot: ChatbotId,
        before: Option<SourceId>,
    ) -> Result<Option<KnowledgeView>, StoreError> {
        let of_workspace = chatbots::Entity::find_by_id(chatbot.0)
            .filter(chatbots::Column::WorkspaceId.eq(workspace.0))
            .count(self.readers())
            .await?;
        if of_workspace == 0 {
            return Ok(None);
        }
        let mut rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::ChatbotId.eq(chatbot.0))
            .order_by_desc(Column::Id)
            // One more than is shown tells whether there are more.
            .limit(PAGE as u64 + 1);
        if let Some(SourceId(before)) = before {
            rows = rows.filter(Column::Id.lt(before));
        }
        let mut rows = rows.all(self.readers()).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let counts = passages::Entity::find()
            .select_only()
            .column(passages::Column::SourceId)
            .column_as(passages::Column::Id.count(), "count")
            .filter(passages::Column::SourceId.is_in(pad(rows.iter().map(|row| row.id).collect())))
            .group_by(passages::Column::SourceId)
            .into_tuple::<(i64, i64)>()
            .all(self.readers())
            .await?;
        let sources = rows.into_iter().map(|row| {
            let count = counts.iter().find(|(source, _)| *source == row.id);
            SourceView {
                id: SourceId(row.id),
                title: row.title,
                url: row.url,
                passages: count.map_or(0, |(_, count)| u32::try_from(*count).unwrap_or(u32::MAX)),
                learned_at: Timestamp(row.created_at),
            }
        });
        Ok(Some(KnowledgeView {
            sources: sources.collect(),
            more,
        }))
    }

    /// Takes a source, and what could be answered from it, from a chatbot.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a source that is not this chatbot's, [`Failed::Unavailable`].
    pub async fn forget_source(
        &self,
        workspace: WorkspaceId,
        form: ForgetForm,
    ) -> Result<(), Failed> {
        self.write(ForgetSource {
            workspace,
            form,
            by: self.by(),
        })
        .await
    }
}

struct ForgetSource {
    workspace: WorkspaceId,
    form: ForgetForm,
    by: By,
}

impl Unit for ForgetSource {
    type Done = ();
    const NAME: &'static str = "forget_source";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let ForgetForm {
            chatbot,
            source,
            learned_at,
        } = self.form;
        let row = Entity::find_by_id(source.0)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::ChatbotId.eq(chatbot.0))
            .filter(Column::CreatedAt.eq(learned_at.0))
            .one(tx)
            .await?;
        let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
        // Its passages go with it.
        Entity::delete_by_id(row.id).exec(tx).await?;
        let of = chatbots::Entity::find_by_id(chatbot.0).one(tx).await?;
        let name = of.map(|of| of.name).unwrap_or_default();
        let subject = (AuditSubject::Chatbot, chatbot.0, name.as_str());
        let gone = Differ::default().field(AuditField::SourcesRemoved, row.title, "");
        let deed = Deed::new(self.workspace, AuditKind::Knowledge, subject);
        record(tx, &self.by, deed.with(gone.done())).await?;
        Ok(())
    }
}
