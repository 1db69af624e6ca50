//! What an owner sets.

use protocol::settings::Settings;

use super::{CHATBOT, Desk, chatbot};

impl Desk {
    /// Changes the settings of the chatbot of the stories.
    pub(crate) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        self.set_of(CHATBOT, change);
    }

    pub(crate) fn set_of(&mut self, number: u32, change: impl FnOnce(&mut Settings)) {
        let found = self.facts.chatbots.get_mut(&chatbot(number));
        let found = found.expect("the chatbot is there");
        let mut own = (**found).clone();
        change(&mut own.settings);
        *found = own.into();
    }

    /// Switches the AI of the stories' chatbot.
    pub(crate) fn switch_assistant(&mut self, on: bool) {
        let found = self.facts.chatbots.get_mut(&chatbot(CHATBOT));
        let found = found.expect("the chatbot is there");
        let mut own = (**found).clone();
        own.assistant = on;
        *found = own.into();
    }

    /// A desk with the settings changed.
    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut desk = Self::open();
        desk.set(change);
        desk
    }
}
