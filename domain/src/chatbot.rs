//! A chatbot as the rules see one, and what its settings are when nobody changed them.

use protocol::settings::{ChatbotSettings, WidgetView};
use protocol::{ChatbotId, WorkspaceId};

/// What a workspace embeds on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chatbot {
    pub id: ChatbotId,
    pub workspace: WorkspaceId,
    pub name: String,
    pub settings: ChatbotSettings,
}

impl Chatbot {
    /// What its visitors see of it.
    pub fn widget_view(&self) -> WidgetView {
        WidgetView {
            name: self.name.clone(),
            greeting: self.settings.greeting.clone(),
            starters: self.settings.starters.clone(),
            handoff_button: self.settings.handoff_button,
        }
    }
}

/// The settings of a new chatbot. Every default is written here and nowhere else.
pub fn default_settings() -> ChatbotSettings {
    ChatbotSettings {
        greeting: "Hello. What can we help with?".to_owned(),
        starters: Vec::new(),
        handoff_button: true,
        handover_message: "A team member will be with you shortly. They see what we wrote, so you need not explain again.".to_owned(),
        restored_message: "The assistant is back.".to_owned(),
        closing_message: "This conversation is closed. Write again at any time and the assistant answers.".to_owned(),
        unknown_message: "I don't know that, and I would rather not guess. You can ask it in other words, or talk to a person.".to_owned(),
    }
}
