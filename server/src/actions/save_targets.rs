//! An owner or admin reads and changes within how long the team replies, a part of the settings.

use protocol::forms::{SettingsView, TargetsForm, TargetsView};
use protocol::{AgentId, ChatbotId, Refusal};

use super::save_settings::{allowed, load_settings, save_settings, unreadable};
use crate::desk::Desk;

/// The workspace's targets, and then each chatbot's.
///
/// # Errors
/// [`Refusal::NotAllowed`] or [`Refusal::Unavailable`].
pub(crate) async fn load_targets(desk: &Desk, agent: AgentId) -> Result<Vec<TargetsView>, Refusal> {
    let workspace = allowed(desk, agent).await?;
    let chatbots = desk.store.chatbots(workspace).await;
    let chatbots = chatbots.map_err(|error| unreadable(&error))?;
    let own = load_settings(desk, agent, None).await?;
    let mut views = vec![view(None, String::new(), own)];
    for chatbot in chatbots {
        let own = load_settings(desk, agent, Some(chatbot.id)).await?;
        views.push(view(Some(chatbot.id), chatbot.name.clone(), own));
    }
    Ok(views)
}

fn view(chatbot: Option<ChatbotId>, name: String, settings: SettingsView) -> TargetsView {
    TargetsView {
        chatbot,
        name,
        own: settings.layer.targets,
        effective: settings.effective.targets,
        in_hours: settings.effective.hours.enabled,
        version: settings.version,
    }
}

/// Saves one of them with everything else of its layer as it is, on the version that was looked at.
///
/// # Errors
/// As [`save_settings`].
pub(crate) async fn save_targets(
    desk: &Desk,
    agent: AgentId,
    form: TargetsForm,
) -> Result<Vec<TargetsView>, Refusal> {
    let TargetsForm {
        chatbot,
        version,
        own,
    } = form;
    let mut layer = load_settings(desk, agent, chatbot).await?.layer;
    layer.targets = own;
    save_settings(desk, agent, chatbot, layer, version).await?;
    load_targets(desk, agent).await
}
