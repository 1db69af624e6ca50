//! An owner or admin makes chatbots, names them and takes them off their sites.

use domain::forms::check_name;
use domain::text;
use protocol::forms::{ChatbotEdit, ChatbotRow};
use protocol::refusal::Field;
use protocol::settings::SettingsLayer;
use protocol::{AgentId, ChatbotId, Refusal};

use super::save_settings::{allowed, unreadable};
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::random::fresh;
use crate::store::ChatbotSaved;

/// The chatbots of the agent's workspace, the archived ones included.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_chatbots(desk: &Desk, agent: AgentId) -> Result<Vec<ChatbotRow>, Refusal> {
    let workspace = allowed(desk, agent).await?;
    let listed = desk.store.listed_chatbots(workspace).await;
    let listed = listed.map_err(|error| unreadable(&error))?;
    Ok(listed
        .into_iter()
        .map(|one| ChatbotRow {
            id: one.id,
            name: one.name,
            archived: one.archived,
            under_attack: desk.limits.attacks.since(one.id, desk.now()).is_some(),
            own: own(&one.layer),
        })
        .collect())
}

/// What a layer sets, by the names of its parts.
fn own(layer: &SettingsLayer) -> Vec<String> {
    let Ok(serde_json::Value::Object(parts)) = serde_json::to_value(layer) else {
        return Vec::new();
    };
    let set = parts.into_iter().filter(|(_, part)| !part.is_null());
    set.map(|(name, _)| name).collect()
}

/// Changes the list. Answers with it as it is then.
///
/// # Errors
/// [`Refusal::FieldInvalid`], and as [`load_chatbots`].
pub(crate) async fn save_chatbot(
    desk: &Desk,
    agent: AgentId,
    edit: ChatbotEdit,
) -> Result<Vec<ChatbotRow>, Refusal> {
    let workspace = allowed(desk, agent).await?;
    let (chatbot, saved) = match edit {
        ChatbotEdit::Add { name } => {
            let chatbot = fresh!(ChatbotId, desk.now());
            let name = checked(&name)?;
            (chatbot, ChatbotSaved::Added { chatbot, name })
        }
        ChatbotEdit::Rename { chatbot, name } => {
            let name = checked(&name)?;
            (chatbot, ChatbotSaved::Renamed { chatbot, name })
        }
        ChatbotEdit::Duplicate { chatbot: of, name } => {
            let chatbot = fresh!(ChatbotId, desk.now());
            let name = checked(&name)?;
            (chatbot, ChatbotSaved::Duplicated { of, chatbot, name })
        }
        ChatbotEdit::Archive { chatbot, archived } => {
            (chatbot, ChatbotSaved::Archived { chatbot, archived })
        }
        ChatbotEdit::RemovePicture { chatbot } => {
            let store = &desk.store;
            store.set_chatbot_picture(workspace, chatbot, None).await?;
            return load_chatbots(desk, agent).await;
        }
    };
    let leaves = matches!(saved, ChatbotSaved::Archived { archived: true, .. });
    desk.store.save_chatbot(workspace, saved).await?;
    if leaves {
        desk.hub.send_away(chatbot);
    } else if let Ok(Some(chatbot)) = desk.store.chatbot(chatbot).await {
        desk.hub.publish_widget(&chatbot);
    }
    desk.routing.changed(workspace, Why::Settings);
    load_chatbots(desk, agent).await
}

fn checked(name: &str) -> Result<String, Refusal> {
    check_name(Field::Chatbot, name)?;
    Ok(text::name(name))
}
