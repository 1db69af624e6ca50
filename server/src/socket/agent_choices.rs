//! What agents choose for themselves: whether they are there, and whether chats are given to them.

use protocol::Refusal;
use protocol::agent::AgentEvent;
use protocol::person::Availability;

use super::agent_commands::{AgentPeer, refused};
use super::connection::Reaction;
use crate::actions::look_after::look_after;
use crate::jobs::routing::Why;

impl AgentPeer {
    pub(super) async fn choose(&self, chosen: Availability) -> Reaction<AgentEvent> {
        let _turn = self.desk.choices.turn(self.agent.id).await;
        match self
            .desk
            .store
            .set_chosen(self.agent.workspace, self.agent.id, chosen)
            .await
        {
            Ok(()) => {
                self.desk
                    .hub
                    .choose(self.agent.workspace, self.agent.id, chosen);
                // What cannot be looked after now the scheduler finds.
                drop(look_after(&self.desk, self.agent.id).await);
                self.look_again();
                Reaction::Nothing
            }
            Err(_) => Reaction::Say(vec![refused(None, Refusal::Unavailable, self.desk.now())]),
        }
    }

    pub(super) async fn accept(&self, accepting: bool) -> Reaction<AgentEvent> {
        let (workspace, agent) = (self.agent.workspace, self.agent.id);
        let _turn = self.desk.choices.turn(agent).await;
        let saved = self.desk.store.set_accepting(workspace, agent, accepting);
        if saved.await.is_err() {
            return Reaction::Say(vec![refused(None, Refusal::Unavailable, self.desk.now())]);
        }
        self.desk.hub.accept(workspace, agent, accepting);
        self.look_again();
        Reaction::Nothing
    }

    /// Who may be given chats changed.
    fn look_again(&self) {
        let workspace = self.agent.workspace;
        self.desk.routing.changed(workspace, Why::Team);
        self.desk.queue_news.changed(workspace);
    }
}
