//! Sign-ins that were refused: counted for each hour, account and network, and written down the first,
//! tenth, hundredth time and so on, so that a stranger cannot fill the record by guessing.

use std::collections::HashMap;

use domain::privacy::kept;
use domain::settings::cascade;
use protocol::audit::{AuditKind, AuditSubject};
use protocol::settings::SettingsLayer;
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, Set};

use super::{By, Deed, record};
use crate::store::tables::refused_sign_ins::{ActiveModel, Column, Entity};
use crate::store::tables::{agents, workspaces};
use crate::store::writer::{Stop, Unit};
use crate::store::{Failed, Store, StoreError};

const HOUR_MILLIS: i64 = 60 * 60 * 1000;
/// Networks that are told apart within an hour; those that come after are counted as one.
const PLACES: u64 = 200;
/// Where those come from.
const ELSEWHERE: &str = "*";

/// Who was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedSignIn {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
}

impl Store {
    /// Counts a sign-in that was refused.
    ///
    /// # Errors
    /// [`Failed::Unavailable`].
    pub async fn refused_sign_in(&self, refused: RefusedSignIn) -> Result<(), Failed> {
        let by = self.by();
        self.write(Refused { refused, by }).await
    }

    /// How many sign-ins were refused of whom in this hour and the one before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn refused_lately(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<HashMap<AgentId, u32>, StoreError> {
        let hour = now.0.div_euclid(HOUR_MILLIS);
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::Hour.gte(hour - 1))
            .all(self.readers())
            .await?;
        let mut refused = HashMap::new();
        for row in rows {
            let times = u32::try_from(row.times).unwrap_or(u32::MAX);
            let all: &mut u32 = refused.entry(AgentId(row.agent_id)).or_default();
            *all = all.saturating_add(times);
        }
        Ok(refused)
    }
}

struct Refused {
    refused: RefusedSignIn,
    by: By,
}

impl Unit for Refused {
    type Done = ();
    const NAME: &'static str = "refused_sign_in";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let RefusedSignIn { workspace, agent } = self.refused;
        let hour = self.by.at.0.div_euclid(HOUR_MILLIS);
        Entity::delete_many()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::Hour.lt(hour - 1))
            .exec(tx)
            .await?;
        let place = self.place(tx).await?;
        let known = Entity::find_by_id((workspace.0, hour, place.clone(), agent.0));
        let known = known.one(tx).await?;
        let all = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::Hour.eq(hour));
        let place = match known.is_none() && all.count(tx).await? >= PLACES {
            true => ELSEWHERE.to_owned(),
            false => place,
        };
        let row = ActiveModel {
            workspace_id: Set(workspace.0),
            hour: Set(hour),
            place: Set(place.clone()),
            agent_id: Set(agent.0),
            times: Set(1),
        };
        let keys = [
            Column::WorkspaceId,
            Column::Hour,
            Column::Place,
            Column::AgentId,
        ];
        let again = OnConflict::columns(keys)
            .value(Column::Times, Expr::col((Entity, Column::Times)).add(1))
            .to_owned();
        Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(tx)
            .await?;
        let row = Entity::find_by_id((workspace.0, hour, place, agent.0));
        let times = row.one(tx).await?.map_or(1, |row| row.times);
        let times = u64::try_from(times).unwrap_or(1);
        if !is_told(times) {
            return Ok(());
        }
        let row = agents::Entity::find_by_id(agent.0).one(tx).await?;
        let name = row.map(|row| row.name).unwrap_or_default();
        let subject = (AuditSubject::Agent, agent.0, name.as_str());
        let deed = Deed::new(workspace, AuditKind::SignInRefused, subject);
        record(tx, &self.by, Deed { times, ..deed }).await?;
        Ok(())
    }
}

impl Refused {
    /// The network, as far as the workspace keeps addresses.
    async fn place(&self, tx: &DatabaseTransaction) -> Result<String, Stop> {
        let Some((ip, _)) = &self.by.from else {
            return Ok(String::new());
        };
        let row = workspaces::Entity::find_by_id(self.refused.workspace.0)
            .one(tx)
            .await?;
        let layer = row.map(|row| row.layer()).transpose()?.unwrap_or_default();
        let settings = cascade(&layer, &SettingsLayer::default());
        let network = crate::limits::network(*ip);
        Ok(kept(network, settings.privacy.addresses))
    }
}

/// The first time, the tenth, the hundredth and so on.
fn is_told(times: u64) -> bool {
    let mut told = 1;
    while told < times {
        told *= 10;
    }
    told == times
}

#[cfg(test)]
mod tests {
    use super::is_told;

    #[test]
    fn of_a_thousand_tries_four_are_told() {
        let told: Vec<u64> = (1..=1000).filter(|times| is_told(*times)).collect();
        assert_eq!(vec![1, 10, 100, 1000], told);
    }
}
