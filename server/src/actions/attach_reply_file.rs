//! An agent uses a saved reply: its files are copied for the message that they are going to write, so
//! that changing the reply later takes nothing out of a conversation.

use domain::{Agent, Uploader};
use protocol::attachment::Attachment;
use protocol::reply::Share;
use protocol::{AttachmentId, ConversationId, Refusal};

use super::upload::failed;
use crate::desk::Desk;
use crate::files::Object;
use crate::random::fresh;
use crate::store::{NewAttachment, ReplyFileRow, StoreError};

/// A file of a saved reply that this agent may use, or that they have just uploaded for one.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn reply_file(
    desk: &Desk,
    agent: &Agent,
    file: AttachmentId,
) -> Result<ReplyFileRow, Refusal> {
    let row = desk.store.reply_file(agent.workspace, file).await;
    let row = row.map_err(|error| unreadable(&error))?;
    let row = row.ok_or(Refusal::NotFound)?;
    let may = match row.reply {
        None => row.agent == agent.id,
        Some(reply) => {
            let share = desk.store.reply_share(agent.workspace, agent.id, reply);
            match share.await.map_err(|error| unreadable(&error))? {
                None => false,
                Some(Share::Chatbot(chatbot)) => agent.assigned.includes(chatbot),
                Some(Share::Workspace | Share::Own) => true,
            }
        }
    };
    may.then_some(row).ok_or(Refusal::NotFound)
}

/// Copies a file of a saved reply into a conversation, where it waits for the message that names it.
/// The agent sees the conversation.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::TooManyFiles`] or [`Refusal::Unavailable`].
pub(crate) async fn attach_reply_file(
    desk: &Desk,
    agent: &Agent,
    conversation: ConversationId,
    file: AttachmentId,
) -> Result<Attachment, Refusal> {
    let row = reply_file(desk, agent, file).await?;
    // It runs to its end, whoever still waits: between the row and its object nothing may stop.
    let (desk, by) = (desk.clone(), Uploader::Agent(agent.id));
    let copying = tokio::spawn(async move { copy(&desk, row, conversation, by).await });
    copying.await.unwrap_or_else(|_| {
        tracing::error!("copying a file panicked");
        Err(Refusal::Unavailable)
    })
}

async fn copy(
    desk: &Desk,
    row: ReplyFileRow,
    conversation: ConversationId,
    by: Uploader,
) -> Result<Attachment, Refusal> {
    let workspace = row.workspace;
    let id = fresh!(AttachmentId, desk.now());
    let from = row.view.id;
    let view = Attachment { id, ..row.view };
    let entered = NewAttachment {
        workspace,
        conversation,
        by,
        view: view.clone(),
        at: desk.now(),
    };
    desk.store.begin_attachment(entered).await?;
    // What fails from here on is forgotten with its row, an hour later.
    if view.picture.is_some() {
        let thumbnail = desk.files.copy(workspace, (from, id), Object::Thumbnail);
        thumbnail.await.map_err(|error| failed(&error))?;
    }
    let file = desk.files.copy(workspace, (from, id), Object::File);
    file.await.map_err(|error| failed(&error))?;
    desk.store.attachment_is_kept(workspace, id).await?;
    Ok(view)
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "a file of a saved reply could not be read");
    Refusal::Unavailable
}
