//! An admin reads a file of settings in: looked at first, and then all of it or nothing.

use std::collections::BTreeSet;

use domain::Agent;
use domain::import::{Known, checked};
use protocol::data::{DataView, ImportPlan, ImportTrouble, ImportWrong, SettingsFile};
use protocol::{AgentId, Refusal};
use serde_json::Value;
use serde_json::error::Category;
use sha2::{Digest as _, Sha256};

use super::export_settings::{keeper, shared_replies, unreadable};
use super::import_plan::{Planning, There};
use super::save_module::reach;
use crate::desk::Desk;
use crate::jobs::routing::Why;
use crate::store::Import;

/// What the file comes to that this agent sent.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_data(desk: &Desk, agent: AgentId) -> Result<DataView, Refusal> {
    let by = keeper(desk, agent).await?;
    let file = desk.store.staged_import(by.workspace, by.id).await;
    let file = file.map_err(|error| unreadable(&error))?;
    let Some(file) = file else {
        return Ok(DataView { read: None });
    };
    let read = match plan(desk, &by, &file).await? {
        Ok((plan, _)) => Ok(plan),
        Err(trouble) => Err(trouble),
    };
    Ok(DataView { read: Some(read) })
}

/// Keeps a file to be looked at.
///
/// # Errors
/// As [`load_data`].
pub(crate) async fn stage(desk: &Desk, agent: AgentId, file: String) -> Result<(), Refusal> {
    let by = keeper(desk, agent).await?;
    // PostgreSQL keeps no text with it, and JSON holds none.
    let file = file.replace('\0', "\u{fffd}");
    Ok(desk
        .store
        .stage_import(by.workspace, by.id, Some(file))
        .await?)
}

/// Reads the file in as it was shown, or puts it away without a digest.
///
/// # Errors
/// [`Refusal::SettingsChanged`] when it would do something else by now, and as [`load_data`].
pub(crate) async fn end_import(
    desk: &Desk,
    agent: AgentId,
    digest: Option<String>,
) -> Result<(), Refusal> {
    let by = keeper(desk, agent).await?;
    let Some(digest) = digest else {
        return Ok(desk.store.stage_import(by.workspace, by.id, None).await?);
    };
    let file = desk.store.staged_import(by.workspace, by.id).await;
    let file = file.map_err(|error| unreadable(&error))?;
    let file = file.ok_or(Refusal::NotFound)?;
    let Ok((plan, import)) = plan(desk, &by, &file).await? else {
        return Err(Refusal::SettingsChanged);
    };
    if plan.digest != digest {
        return Err(Refusal::SettingsChanged);
    }
    let members = desk.store.import_settings(import).await?;
    if !members.is_empty() {
        reach(desk, by.workspace, members).await;
    }
    let changed = desk.store.chatbots(by.workspace).await;
    for one in changed.map_err(|error| unreadable(&error))? {
        desk.hub.publish_widget(&one);
    }
    if let Ok(labels) = desk.store.labels(by.workspace).await {
        desk.hub.publish_labels(by.workspace, labels);
    }
    desk.hub.tell_replies_changed(by.workspace);
    desk.routing.changed(by.workspace, Why::Settings);
    desk.queue_news.changed(by.workspace);
    Ok(())
}

/// What a file would change, and how.
async fn plan(
    desk: &Desk,
    by: &Agent,
    text: &str,
) -> Result<Result<(ImportPlan, Import), ImportTrouble>, Refusal> {
    let groups = desk.store.groups(by.workspace).await;
    let groups = groups.map_err(|error| unreadable(&error))?.into_iter();
    let chatbots = desk.store.listed_chatbots(by.workspace).await;
    let labels = desk.store.labels(by.workspace).await;
    let roles = desk.store.team_roles(by.workspace).await;
    let rules = desk.store.module_rules(by.workspace).await;
    let there = There {
        roles: roles.map_err(|error| unreadable(&error))?,
        rules: rules.map_err(|error| unreadable(&error))?,
        groups: groups.map(|group| (group.name, group.id)).collect(),
        chatbots: chatbots.map_err(|error| unreadable(&error))?,
        labels: labels.map_err(|error| unreadable(&error))?,
        replies: shared_replies(desk, by).await?,
    };
    let known = Known {
        chatbots: there.chatbots.iter().map(|one| one.name.clone()).collect(),
        categories: lower(there.labels.categories.iter().map(|one| &one.name)),
        tags: lower(there.labels.tags.iter().map(|one| &one.name)),
        roles: (there.roles.iter())
            .map(|role| (role.name.to_lowercase(), role.like))
            .collect(),
    };
    let file = match read(text).and_then(|file| checked(file, &known)) {
        Ok(file) => file,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let mut planning = Planning {
        desk,
        by,
        there,
        items: Vec::new(),
        no_groups: BTreeSet::new(),
        import: Import {
            workspace: by.workspace,
            agent: by.id,
            labels: Vec::new(),
            chatbots: Vec::new(),
            settings: Vec::new(),
            replies: Vec::new(),
            roles: Vec::new(),
            modules: Vec::new(),
        },
    };
    planning.labels(&file);
    let names = planning.layers(&file).await?;
    for reply in &file.replies {
        planning.reply(reply, &names);
    }
    let team = planning.roles(&file.roles);
    let team = team.and_then(|()| planning.modules(&file.modules));
    if let Err(trouble) = team {
        return Ok(Err(trouble));
    }
    let Planning {
        items,
        no_groups,
        import,
        ..
    } = planning;
    let shown = serde_json::to_vec(&items).unwrap_or_default();
    let digest = Sha256::new().chain_update(text).chain_update(shown);
    let plan = ImportPlan {
        digest: hex::encode(digest.finalize()),
        no_groups: no_groups.into_iter().collect(),
        items,
    };
    Ok(Ok((plan, import)))
}

fn lower<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    names.map(|name| name.to_lowercase()).collect()
}

/// A file, with nothing in it that would be passed over.
fn read(text: &str) -> Result<SettingsFile, ImportTrouble> {
    let unreadable = |error: serde_json::Error| ImportTrouble {
        place: format!("{}:{}", error.line(), error.column()),
        wrong: match error.classify() {
            Category::Data => ImportWrong::OtherForm,
            Category::Io | Category::Syntax | Category::Eof => ImportWrong::NotJson,
        },
    };
    let file: SettingsFile = serde_json::from_str(text).map_err(unreadable)?;
    let given: Value = serde_json::from_str(text).map_err(unreadable)?;
    let kept = serde_json::to_value(&file).map_err(unreadable)?;
    match passed_over("", &given, &kept) {
        None => Ok(file),
        Some(place) => Err(ImportTrouble {
            place,
            wrong: ImportWrong::UnknownField,
        }),
    }
}

/// The place of the first field that reading has passed over.
fn passed_over(place: &str, given: &Value, kept: &Value) -> Option<String> {
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => given.iter().find_map(|(name, value)| {
            let place = match place {
                "" => name.clone(),
                place => format!("{place}.{name}"),
            };
            match kept.get(name) {
                Some(kept) => passed_over(&place, value, kept),
                None => Some(place),
            }
        }),
        (Value::Array(given), Value::Array(kept)) => {
            let both = given.iter().zip(kept).enumerate();
            let mut both = both.map(|(at, (given, kept))| (format!("{place}[{at}]"), given, kept));
            both.find_map(|(place, given, kept)| passed_over(&place, given, kept))
        }
        _ => None,
    }
}
