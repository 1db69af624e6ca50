//! The saved views that I may use, once somebody has asked for them, and what is being done to them.

use protocol::agent::AgentCommand;
use protocol::view::SavedView;
use protocol::{Key, ViewId};

use super::LiveState;
use crate::words::t;

/// The saved views.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Views {
    pub(crate) all: Vec<SavedView>,
    /// Whether they have been asked for: from then on they are kept up to date.
    wanted: bool,
    /// The change whose answer is awaited.
    awaits: Option<Key>,
    /// Why the last change was refused.
    pub(crate) trouble: Option<String>,
    /// How many changes were made.
    pub(crate) made: u32,
}

impl LiveState {
    /// The views are about to be shown: they are asked for once.
    pub(crate) fn want_views(&mut self) {
        if !self.saved.wanted {
            self.saved.wanted = true;
            self.views_changed();
        }
    }

    /// They changed, or the connection is a new one.
    pub(super) fn views_changed(&mut self) {
        if self.saved.wanted && self.is_live() {
            self.asks.push(AgentCommand::ListViews);
        }
    }

    /// Saves a view; a new one has the version 0.
    pub(crate) fn save_view(&mut self, view: SavedView, key: Key) {
        self.change_view(key, AgentCommand::SaveView { key, view });
    }

    /// Deletes a view as it is shown.
    pub(crate) fn delete_view(&mut self, view: ViewId, key: Key) {
        let shown = self.saved.all.iter().find(|known| known.id == view);
        if let Some(version) = shown.map(|known| known.version) {
            self.change_view(key, AgentCommand::DeleteView { key, view, version });
        }
    }

    /// Moves a view up by one in its list.
    pub(crate) fn raise_view(&mut self, view: ViewId, key: Key) {
        let all = &self.saved.all;
        let at = all.iter().position(|known| known.id == view);
        let before = at.and_then(|at| at.checked_sub(1)).map(|at| &all[at]);
        let shared = at.is_some_and(|at| all[at].shared);
        let before = before.filter(|before| before.shared == shared);
        if let Some(before) = before.map(|before| before.id) {
            let before = Some(before);
            self.change_view(key, AgentCommand::PlaceView { key, view, before });
        }
    }

    fn change_view(&mut self, key: Key, command: AgentCommand) {
        if !self.is_live() {
            self.saved.trouble = Some(t::not_connected().to_owned());
            return;
        }
        self.saved.trouble = None;
        self.saved.awaits = Some(key);
        self.asks.push(command);
    }

    /// An answer; says whether it was that to a change of a view.
    pub(super) fn view_answered(&mut self, key: Key, trouble: Option<&str>) -> bool {
        let mine = self.saved.awaits == Some(key);
        if mine {
            self.saved.awaits = None;
            self.saved.made += u32::from(trouble.is_none());
            self.saved.trouble = trouble.map(str::to_owned);
        }
        mine
    }

    /// The connection broke: nobody knows whether what was asked of it was done.
    pub(super) fn views_lost(&mut self) {
        if self.saved.awaits.take().is_some() {
            self.saved.trouble = Some(t::not_connected().to_owned());
        }
    }
}
