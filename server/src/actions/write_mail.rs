//! What a mail says, looked up when it is sent: links are made for this attempt, and what is over is
//! not told any more.

use domain::{HandoffState, delivery};
use protocol::{AgentId, ConversationId, HandoffId};

use crate::auth::token;
use crate::desk::Desk;
use crate::mail::{self, Letter, Mailer, Waits};
use crate::store::{Leased, Mail, StoreError};

/// What there is to send.
pub(crate) enum Written {
    Letter(Letter),
    /// What it tells of is over.
    NothingToSay,
    /// The address is nobody's.
    ToNobody,
}

/// Writes a mail. Fails when the database does not answer, which is logged.
pub(crate) async fn write_mail(
    desk: &Desk,
    mailer: &Mailer,
    leased: &Leased,
) -> Result<Written, ()> {
    let base = mailer.base();
    let letter = match &leased.mail {
        Mail::Invite { invite, language } => {
            let token = token::fresh();
            let hash = token::hash(&token);
            let linked = desk.store.link_invite(*invite, hash, desk.now()).await;
            linked.map_err(|_| ())?.map(|of| {
                let role = (of.role, of.called.as_deref());
                mail::invite(language, base, &token, (&of.by, &of.workspace), role)
            })
        }
        Mail::Reset { language } => {
            let token = token::fresh();
            let (email, hash) = (leased.recipient.clone(), token::hash(&token));
            let linked = desk
                .store
                .link_reset(leased.id, email, hash, leased.give_up_at)
                .await;
            let Some(of) = linked.map_err(|_| ())? else {
                return Ok(Written::ToNobody);
            };
            Some(mail::reset(language, base, &token, &of.workspace_name))
        }
        Mail::PasswordChanged { language } => {
            let workspace = workspace(desk, leased).await?;
            workspace.map(|workspace| mail::changed(language, base, &workspace))
        }
        Mail::Test { language } => {
            let workspace = workspace(desk, leased).await?;
            workspace.map(|workspace| mail::test(language, base, &workspace))
        }
        Mail::Handoff {
            agent,
            conversation,
            handoff,
        } => {
            let of = (*agent, *conversation, *handoff);
            let written = of_handoff(desk, mailer, leased, of).await;
            written.map_err(|error| unreadable(&error))?
        }
    };
    Ok(letter.map_or(Written::NothingToSay, Written::Letter))
}

/// The name of the workspace that a mail is from.
async fn workspace(desk: &Desk, leased: &Leased) -> Result<Option<String>, ()> {
    let Some(workspace) = leased.workspace else {
        return Ok(None);
    };
    let found = desk.store.workspace_name(workspace).await;
    found.map_err(|error| unreadable(&error))
}

/// Who waits, for an agent who may still see it, while nobody took it.
async fn of_handoff(
    desk: &Desk,
    mailer: &Mailer,
    leased: &Leased,
    (agent, conversation, handoff): (AgentId, ConversationId, HandoffId),
) -> Result<Option<Letter>, StoreError> {
    let Some(workspace) = leased.workspace else {
        return Ok(None);
    };
    let found = desk.store.conversation(workspace, conversation).await?;
    let waits = found.filter(|found| {
        let newest = found.handoff.as_ref().filter(|newest| newest.id == handoff);
        newest.is_some_and(|newest| matches!(newest.state, HandoffState::Pending(_)))
    });
    // Whoever switched it off meanwhile, or has quiet hours by now, is left alone.
    let agent = desk.store.agent(agent).await?;
    let agent = agent.filter(|agent| agent.is_reached(desk.now()));
    let (Some(waits), Some(agent)) = (waits, agent) else {
        return Ok(None);
    };
    let chatbot = desk.store.chatbot(waits.chatbot).await?;
    let Some(chatbot) = chatbot.filter(|_| agent.sees(workspace, waits.chatbot)) else {
        return Ok(None);
    };
    let link = format!("{}/inbox/{conversation}", mailer.base());
    let waits = Waits {
        name: delivery::name_for_mail(&waits.visitor_name),
        chatbot: &chatbot.name,
        link: &link,
    };
    Ok(Some(mail::handoff(mailer.language(), waits)))
}

fn unreadable(error: &StoreError) {
    tracing::error!(%error, "what a mail tells of could not be read");
}
