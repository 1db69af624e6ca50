//! Rows of saved replies.

use protocol::attachment::Attachment;
use protocol::reply::{SavedReply, Share, Step};
use protocol::{ChatbotId, ReplyId};
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_replies")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    /// None for those of everybody, whatever the chatbot.
    pub chatbot_id: Option<Uuid>,
    /// Whose own it is; none for those that are shared.
    pub agent_id: Option<Uuid>,
    pub shortcut: String,
    pub title: String,
    pub text: String,
    pub position: i64,
    pub version: i64,
    pub steps: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Who has it.
    pub(in crate::store) fn share(&self) -> Share {
        match (self.agent_id, self.chatbot_id) {
            (Some(_), _) => Share::Own,
            (None, Some(chatbot)) => Share::Chatbot(ChatbotId(chatbot)),
            (None, None) => Share::Workspace,
        }
    }

    /// As it travels.
    pub(in crate::store) fn reply(self, files: Vec<Attachment>) -> Result<SavedReply, StoreError> {
        let reading = Reading {
            table: "saved_replies",
            id: self.id,
        };
        Ok(SavedReply {
            id: ReplyId(self.id),
            share: self.share(),
            version: reading.number("version", self.version)?,
            shortcut: self.shortcut,
            title: self.title,
            text: self.text,
            steps: serde_json::from_str(&self.steps).map_err(|_| reading.wrong("steps"))?,
            files,
        })
    }
}

/// Steps as their column keeps them.
pub(in crate::store) fn steps_text(steps: &[Step]) -> String {
    serde_json::to_string(steps).expect("steps are plain values")
}
