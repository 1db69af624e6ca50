//! An admin says what conversations can be sorted by.

use domain::forms::check_name;
use domain::permissions::Permission;
use domain::text;
use protocol::label::{LabelEdit, LabelId, LabelKind, Labels};
use protocol::refusal::Field;
use protocol::{AgentId, CategoryId, Refusal, TagId, WorkspaceId};

use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{LabelSaved, StoreError};

/// The categories and tags of the agent's workspace.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_labels(desk: &Desk, agent: AgentId) -> Result<Labels, Refusal> {
    let workspace = allowed(desk, agent).await?;
    let labels = desk.store.labels(workspace).await;
    labels.map_err(|error| unreadable(&error))
}

/// Changes the lists and tells every open inbox. Answers with the lists as they are then.
///
/// # Errors
/// [`Refusal::FieldInvalid`], and as [`load_labels`].
pub(crate) async fn save_label(
    desk: &Desk,
    agent: AgentId,
    edit: LabelEdit,
) -> Result<Labels, Refusal> {
    let workspace = allowed(desk, agent).await?;
    let saved = match edit {
        LabelEdit::Add { kind, name } => LabelSaved::Added {
            label: match kind {
                LabelKind::Category => LabelId::Category(fresh!(CategoryId, desk.now())),
                LabelKind::Tag => LabelId::Tag(fresh!(TagId, desk.now())),
            },
            name: checked(&name)?,
        },
        LabelEdit::Rename { label, name } => LabelSaved::Renamed {
            label,
            name: checked(&name)?,
        },
        LabelEdit::Retire { label, retired } => LabelSaved::Retired { label, retired },
    };
    desk.store.save_label(workspace, saved).await?;
    let labels = desk.store.labels(workspace).await;
    let labels = labels.map_err(|error| unreadable(&error))?;
    desk.hub.publish_labels(workspace, labels.clone());
    Ok(labels)
}

fn checked(name: &str) -> Result<String, Refusal> {
    check_name(Field::Name, name)?;
    Ok(text::name(name))
}

async fn allowed(desk: &Desk, agent: AgentId) -> Result<WorkspaceId, Refusal> {
    let found = desk.store.agent(agent).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let found = found.ok_or(Refusal::NotFound)?;
    found.may(Permission::SaveSettings)?;
    Ok(found.workspace)
}

fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "labels could not be read");
    Refusal::Unavailable
}
