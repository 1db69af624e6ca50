//! Rows as the database keeps them, and the way between a row and what the rules know.

pub(super) mod agent_chatbots;
pub(super) mod agent_groups;
pub(super) mod agent_pictures;
pub(super) mod agents;
pub(super) mod api_tokens;
pub(super) mod attachments;
pub(super) mod audit;
pub(super) mod chatbot_pictures;
pub(super) mod chatbots;
pub(super) mod claims;
pub(super) mod consents;
pub(super) mod contacts;
pub(super) mod conversations;
pub(super) mod deliveries;
pub(super) mod delivery_attempts;
pub(super) mod drafts;
pub(super) mod entries;
pub(super) mod erasures;
pub(super) mod found_entries;
pub(super) mod group_members;
pub(super) mod handoffs;
pub(super) mod identity_secrets;
pub(super) mod invite_links;
pub(super) mod invites;
pub(super) mod knowledge_sources;
pub(super) mod labels;
pub(super) mod leads;
pub(super) mod mentions;
pub(super) mod passages;
pub(super) mod recovery_codes;
pub(super) mod refused_sign_ins;
pub(super) mod reply_files;
pub(super) mod resets;
pub(super) mod runs;
pub(super) mod saved_replies;
pub(super) mod saved_views;
pub(super) mod second_steps;
pub(super) mod sessions;
pub(super) mod sign_ins;
pub(super) mod staged_imports;
pub(super) mod team_roles;
pub(super) mod visitors;
pub(super) mod words;
pub(super) mod workspaces;

use protocol::AgentId;
use protocol::permission::PermissionSet;
use uuid::Uuid;

use self::words::Word;
use super::StoreError;

/// Reads the columns of one row, and says which one cannot be read.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub(super) table: &'static str,
    pub(super) id: Uuid,
}

impl Reading {
    /// The error that names a column.
    pub(super) fn wrong(self, column: &'static str) -> StoreError {
        StoreError::Inconsistent {
            table: self.table,
            column,
            id: self.id,
        }
    }

    /// A list of agents.
    pub(super) fn agents(
        self,
        column: &'static str,
        value: &str,
    ) -> Result<Vec<AgentId>, StoreError> {
        let ids: Vec<Uuid> = serde_json::from_str(value).map_err(|_| self.wrong(column))?;
        Ok(ids.into_iter().map(AgentId).collect())
    }

    /// A list of permissions.
    pub(super) fn permissions(
        self,
        column: &'static str,
        value: &str,
    ) -> Result<PermissionSet, StoreError> {
        match value {
            // Nearly everybody's, and every command loads agents.
            "[]" => Ok(PermissionSet::NONE),
            value => serde_json::from_str(value).map_err(|_| self.wrong(column)),
        }
    }

    /// A number that is never negative.
    pub(super) fn number<N: TryFrom<i64>>(
        self,
        column: &'static str,
        value: i64,
    ) -> Result<N, StoreError> {
        N::try_from(value).map_err(|_| self.wrong(column))
    }

    /// A state or kind.
    pub(super) fn word<W: Word>(self, column: &'static str, value: &str) -> Result<W, StoreError> {
        W::read(value).ok_or_else(|| self.wrong(column))
    }

    /// What this row cannot be without.
    pub(super) fn some<T>(self, column: &'static str, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.wrong(column))
    }
}

/// A number as rows keep it. None of Baton's counters comes near the end of it.
pub(super) fn row_number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
