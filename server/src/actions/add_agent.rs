//! A new member of the team.

use domain::agent::Assigned;
use domain::{forms, text};
use protocol::person::Role;
use protocol::refusal::Field;
use protocol::{AgentId, Refusal, WorkspaceId};

use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{Added, NewAgent};

/// How many handoffs an agent may hold at once when nobody says otherwise.
pub(super) const CHAT_LIMIT: u32 = 3;

/// Who joins.
#[derive(Clone)]
pub struct AgentForm {
    pub name: String,
    pub email: String,
    pub password: String,
    pub role: Role,
}

/// Adds an agent who sees all chatbots; false when the e-mail is taken.
///
/// # Errors
/// The first field that is not as it has to be, or [`Refusal::Unavailable`].
pub(crate) async fn add_agent(
    desk: &Desk,
    workspace: WorkspaceId,
    form: AgentForm,
) -> Result<bool, Refusal> {
    forms::check_name(Field::Name, &form.name)?;
    forms::check_email(&form.email)?;
    let about = vec![form.name.clone(), form.email.clone()];
    let password_hash = desk.passwords.choose(form.password, about).await?;
    let agent = NewAgent {
        id: fresh!(AgentId, desk.now()),
        workspace,
        name: text::name(&form.name),
        email: form.email.trim().to_lowercase(),
        password_hash,
        role: form.role,
        custom: None,
        assigned: Assigned::All,
        chat_limit: CHAT_LIMIT,
        mails: desk.mailer.is_some(),
    };
    desk.faces.insert(agent.id, &agent.name);
    Ok(desk.store.add_agent(agent).await? == Added::Done)
}
