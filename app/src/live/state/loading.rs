//! Which list is on screen, in which order, and asking for its pages.

use protocol::agent::AgentCommand;
use protocol::card::Tab;
use protocol::view::Order;

use super::{List, LiveState};

impl LiveState {
    /// Shows a tab, and loads it where that has not been done.
    pub(crate) fn show_tab(&mut self, tab: Tab) {
        let (was, is) = (self.tab() == Tab::Assistant, tab == Tab::Assistant);
        self.tab = Some(tab);
        // What the assistant does is told to those alone who look at it.
        if was != is {
            let threads = &self.threads;
            let open = |id| threads.iter().any(|(open, _)| *open == id);
            self.lists.forget(Tab::Assistant, open);
            if self.is_live() {
                self.asks
                    .push(AgentCommand::FollowAssistant { follows: is });
            }
        }
        self.load_first();
    }

    /// Looks at the tabs in an order, and loads the one on screen where that has not been done.
    pub(crate) fn sort(&mut self, order: Order) {
        self.order = order;
        self.load_first();
    }

    fn load_first(&mut self) {
        if !self.lists.is_loaded(self.list()) {
            self.load_cards();
        }
    }

    /// Asks for the next page of the tab on screen.
    pub(crate) fn load_cards(&mut self) {
        self.load_list(self.list());
    }

    /// Asks for the next page of a tab.
    pub(super) fn load_tab(&mut self, tab: Tab) {
        self.load_list(tab.into());
    }

    fn load_list(&mut self, list: List) {
        // What is asked without a connection would be lost; the next welcome loads the tab anew.
        if self.is_live()
            && let Some(after) = self.lists.ask(list)
        {
            let tab = list.tab;
            self.asks.push(match list.by_due {
                true => AgentCommand::ListByDue { tab, after },
                false => AgentCommand::ListCards { tab, after },
            });
        }
    }
}
