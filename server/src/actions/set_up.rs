//! The first run: whoever holds the setup token makes the workspace, its owner and a chatbot.

use domain::{forms, text};
use protocol::forms::SetupForm;
use protocol::settings::SettingsLayer;
use protocol::{AgentId, ChatbotId, Refusal, WorkspaceId};

use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{NewChatbot, NewOwner, NewWorkspace};

/// Makes the workspace.
///
/// # Errors
/// [`Refusal::SetupOver`] when there is one, [`Refusal::SetupTokenWrong`], or the first field that is
/// not as it has to be.
pub(crate) async fn set_up(desk: &Desk, form: SetupForm) -> Result<(), Refusal> {
    let exists = desk
        .store
        .workspace_exists()
        .await
        .map_err(|_| Refusal::Unavailable)?;
    if exists {
        return Err(Refusal::SetupOver);
    }
    if !desk.setup_token.matches(&form.token) {
        return Err(Refusal::SetupTokenWrong);
    }
    forms::check_setup(&form)?;
    let about = vec![
        form.name.clone(),
        form.email.clone(),
        form.workspace.clone(),
    ];
    let password_hash = desk.passwords.choose(form.password, about).await?;
    let (owner, chatbot) = (fresh!(AgentId, desk.now()), fresh!(ChatbotId, desk.now()));
    let workspace = NewWorkspace {
        id: fresh!(WorkspaceId, desk.now()),
        name: text::name(&form.workspace),
        owner: NewOwner {
            id: owner,
            name: text::name(&form.name),
            email: form.email.trim().to_lowercase(),
            password_hash,
        },
        chatbot: NewChatbot {
            id: chatbot,
            name: text::name(&form.chatbot),
            settings: SettingsLayer::default(),
        },
    };
    desk.store.set_up(workspace).await?;
    desk.setup_token.spend();
    desk.faces.insert(owner, &text::name(&form.name));
    Ok(())
}
