//! An owner or admin reads and changes settings, of the workspace or of one chatbot.

use domain::hours;
use domain::permissions::Permission;
use domain::settings::{cascade, check};
use protocol::agent::GroupView;
use protocol::forms::{HoursOutlook, SettingsView};
use protocol::refusal::Problem;
use protocol::settings::{HoursSettings, SettingsLayer};
use protocol::{AgentId, ChatbotId, Refusal, WorkspaceId};

use super::save_module::all_off;
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::jobs::routing::Why;
use crate::store::{Saved, SettingsRow, StoreError};

/// What is set here, and what holds.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_settings(
    desk: &Desk,
    agent: AgentId,
    chatbot: Option<ChatbotId>,
) -> Result<SettingsView, Refusal> {
    let workspace = allowed(desk, agent).await?;
    let own = read(desk, workspace, chatbot).await?;
    let nothing = SettingsLayer::default();
    let (below, name, archived, picture) = match chatbot {
        Some(chatbot) => {
            let below = read(desk, workspace, None).await?.layer;
            let found = desk.store.chatbot(chatbot).await;
            let found = found.map_err(|error| unreadable(&error))?;
            let found = found.ok_or(Refusal::NotFound)?;
            (below, found.name.clone(), found.archived, found.picture)
        }
        None => (nothing.clone(), String::new(), false, None),
    };
    let groups = desk.store.groups(workspace).await;
    let groups = groups.map_err(|error| unreadable(&error))?;
    let groups = groups.into_iter().map(|group| GroupView {
        id: group.id,
        name: group.name,
    });
    Ok(SettingsView {
        effective: cascade(&below, &own.layer),
        below: cascade(&below, &nothing),
        layer: own.layer,
        version: own.version,
        name,
        archived,
        picture,
        groups: groups.collect(),
        off: all_off(desk, workspace).await?,
    })
}

/// Saves what is set here, on the version that was looked at. Open widgets follow at once.
///
/// # Errors
/// [`Refusal::SettingInvalid`], [`Refusal::SettingsChanged`], and as [`load_settings`].
pub(crate) async fn save_settings(
    desk: &Desk,
    agent: AgentId,
    chatbot: Option<ChatbotId>,
    layer: SettingsLayer,
    version: u64,
) -> Result<(), Refusal> {
    let workspace = allowed(desk, agent).await?;
    keep_settings(desk, workspace, chatbot, (layer, version)).await
}

/// Checks and keeps what is set in a workspace or for one of its chatbots, whoever may do so, and tells
/// whom it concerns.
///
/// # Errors
/// As [`save_settings`].
pub(crate) async fn keep_settings(
    desk: &Desk,
    workspace: WorkspaceId,
    chatbot: Option<ChatbotId>,
    (layer, version): (SettingsLayer, u64),
) -> Result<(), Refusal> {
    let groups = desk.store.groups(workspace).await;
    let groups = groups.map_err(|error| unreadable(&error))?;
    let groups: Vec<_> = groups.into_iter().map(|group| group.id).collect();
    check(&layer, &groups)?;
    desk.store
        .save_settings(Saved {
            workspace,
            chatbot,
            layer,
            version,
        })
        .await?;
    let changed = desk.store.chatbots(workspace).await;
    for one in changed.map_err(|error| unreadable(&error))? {
        if chatbot.is_none_or(|chatbot| chatbot == one.id) {
            desk.hub.publish_widget(&one);
        }
    }
    desk.routing.changed(workspace, Why::Settings);
    desk.queue_news.changed(workspace);
    Ok(())
}

/// What hours that are being changed would come to at a day and time on their own clock; now without one.
///
/// # Errors
/// [`Refusal::SettingInvalid`], of the time as `at`, and as [`load_settings`].
pub(crate) async fn hours_outlook(
    desk: &Desk,
    agent: AgentId,
    hours: HoursSettings,
    at: Option<String>,
) -> Result<HoursOutlook, Refusal> {
    allowed(desk, agent).await?;
    let layer = SettingsLayer {
        hours: Some(hours.clone()),
        ..SettingsLayer::default()
    };
    check(&layer, &[])?;
    let at = match at {
        None => desk.now(),
        Some(at) => {
            hours::moment(&hours.times.zone, &at).ok_or_else(|| Refusal::SettingInvalid {
                setting: "at".to_owned(),
                problem: Problem::NotADate,
            })?
        }
    };
    let outlook = hours::outlook(&hours, at);
    Ok(HoursOutlook {
        open: outlook.open,
        at: outlook.at,
        changes: outlook.changes,
    })
}

pub(crate) async fn allowed(desk: &Desk, agent: AgentId) -> Result<WorkspaceId, Refusal> {
    let found = desk
        .store
        .agent(agent)
        .await
        .map_err(|error| unreadable(&error))?;
    let found = found.ok_or(Refusal::NotFound)?;
    if !faults::on(Fault::SettingsByAll) {
        found.may(Permission::SaveSettings)?;
    }
    Ok(found.workspace)
}

async fn read(
    desk: &Desk,
    workspace: WorkspaceId,
    chatbot: Option<ChatbotId>,
) -> Result<SettingsRow, Refusal> {
    let row = desk.store.settings(workspace, chatbot).await;
    row.map_err(|error| unreadable(&error))?
        .ok_or(Refusal::NotFound)
}

pub(super) fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "settings could not be read");
    Refusal::Unavailable
}
