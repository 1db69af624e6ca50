//! An agent's saved views: listed, saved, deleted and put in order. Everybody has their own; who may,
//! changes those of all.

use domain::permissions::Permission;
use domain::view::checked;
use protocol::agent::AgentEvent;
use protocol::view::SavedView;
use protocol::{Key, Refusal, ViewId};

use super::agent_commands::{AgentPeer, refused};
use super::connection::Reaction;
use crate::store::{Failed, StoreError, ViewOf};

impl AgentPeer {
    /// The saved views that this agent may use.
    pub(super) async fn views(&self) -> Result<Vec<AgentEvent>, StoreError> {
        let views = self.desk.store.views(self.view_of()).await?;
        Ok(vec![AgentEvent::Views { views }])
    }

    /// Saves a view, be it new or changed.
    pub(super) async fn save_view(&self, key: Key, view: SavedView) -> Reaction<AgentEvent> {
        let (id, shared) = (view.id, view.shared);
        let done = async {
            let view = checked(view)?;
            let before = self.may_change(id, Some(shared)).await?;
            self.desk.store.save_view(self.view_of(), view).await?;
            Ok(shared || before)
        };
        self.changed(key, done.await)
    }

    /// Deletes a view.
    pub(super) async fn delete_view(
        &self,
        key: Key,
        view: ViewId,
        version: u64,
    ) -> Reaction<AgentEvent> {
        let done = async {
            let shared = self.may_change(view, None).await?;
            let of = self.view_of();
            self.desk.store.delete_view(of, view, version).await?;
            Ok(shared)
        };
        self.changed(key, done.await)
    }

    /// Puts a view before another.
    pub(super) async fn place_view(
        &self,
        key: Key,
        view: ViewId,
        before: Option<ViewId>,
    ) -> Reaction<AgentEvent> {
        let done = async {
            let shared = self.may_change(view, None).await?;
            let of = self.view_of();
            self.desk.store.place_view(of, view, before).await?;
            Ok(shared)
        };
        self.changed(key, done.await)
    }

    fn view_of(&self) -> ViewOf {
        ViewOf {
            workspace: self.agent.workspace,
            agent: self.agent.id,
        }
    }

    /// Whether a view was shared before, once this agent may change it as it is and as it shall be.
    /// One that does not exist has to be new.
    async fn may_change(&self, view: ViewId, shall_be: Option<bool>) -> Result<bool, Failed> {
        let store = &self.desk.store;
        let was = store.view_is_shared(self.view_of(), view).await;
        let was = was.map_err(|error| unreadable(&error))?;
        let Some(shared) = was.or(shall_be.map(|_| false)) else {
            return Err(Failed::Refused(Refusal::NotFound));
        };
        if shared || shall_be == Some(true) {
            // As the role is now, not as it was when they came.
            let agent = store.agent(self.agent.id).await;
            let agent = agent.map_err(|error| unreadable(&error))?;
            let agent = agent.ok_or(Failed::Refused(Refusal::NotFound))?;
            agent.may(Permission::ShareViews)?;
        }
        Ok(shared)
    }

    /// Answers, and tells those who hold it.
    fn changed(&self, key: Key, done: Result<bool, Failed>) -> Reaction<AgentEvent> {
        let answer = match done {
            Ok(shared) => {
                let hub = &self.desk.hub;
                if shared {
                    hub.tell_views_changed(self.agent.workspace);
                } else {
                    hub.tell_agent(self.agent.id, AgentEvent::ViewsChanged);
                }
                AgentEvent::Done { key, seq: None }
            }
            Err(failed) => refused(Some(key), failed.into(), self.desk.now()),
        };
        Reaction::Say(vec![answer])
    }
}

fn unreadable(error: &StoreError) -> Failed {
    tracing::error!(%error, "saved views could not be read");
    Failed::Unavailable
}
