//! What the doctor found, as text for the command line.

use std::fmt::Write as _;

use anyhow::Context as _;
use protocol::doctor::{AgentChecks, Diagnosis};
use protocol::{AgentId, ConversationId};

use super::diagnose::examine;
use crate::desk::Desk;
use crate::startup::NO_WORKSPACE;

/// The checks of one conversation, or of every one that waits.
///
/// # Errors
/// When the database cannot be read, and when what is asked for does not exist.
pub(crate) async fn report(
    desk: &Desk,
    conversation: Option<ConversationId>,
    email: Option<String>,
) -> anyhow::Result<String> {
    let workspace = desk.store.first_workspace().await?;
    let workspace = workspace.context(NO_WORKSPACE)?.id;
    let only: Option<AgentId> = match &email {
        Some(email) => {
            let found = desk.store.agent_by_email(email).await?;
            Some(
                found
                    .with_context(|| format!("nobody signs in with {email}"))?
                    .id,
            )
        }
        None => None,
    };
    let asked = match conversation {
        Some(conversation) => vec![conversation],
        None => {
            let open = desk.store.open_handoffs(workspace).await?;
            let waiting = open.iter().filter(|handoff| handoff.agent.is_none());
            waiting.map(|handoff| handoff.conversation).collect()
        }
    };
    let mut text = String::new();
    if asked.is_empty() {
        text.push_str("Nobody waits.\n");
    }
    for conversation in asked {
        let diagnosis = examine(desk, workspace, conversation, |agent| {
            only.is_none_or(|only| only == agent.id)
        });
        write_down(&mut text, &diagnosis.await?);
    }
    Ok(text)
}

fn write_down(text: &mut String, diagnosis: &Diagnosis) {
    let Diagnosis {
        conversation,
        visitor,
        chatbot,
        standing,
        routing,
        agents,
    } = diagnosis;
    // Writing to a text cannot fail.
    let standing = standing.as_ref().map(ToString::to_string);
    let standing = standing.unwrap_or_default();
    let routing = routing.map_or("", domain::doctor::routing);
    let _ = writeln!(
        text,
        "{conversation}\n{visitor}, {chatbot}. {standing} {routing}"
    );
    for AgentChecks {
        face,
        checks,
        listed,
        sign_ins,
        ..
    } in agents
    {
        let failed: Vec<_> = checks.iter().filter(|check| !check.passed).collect();
        let verdict = if failed.is_empty() {
            "may be given it"
        } else {
            "is not given it"
        };
        let _ = writeln!(text, "  {} {verdict}", face.name);
        let _ = writeln!(text, "    {}", listed.found);
        for check in failed {
            let _ = writeln!(text, "    - {}", check.found);
        }
        if !sign_ins.passed {
            let _ = writeln!(text, "    {}", sign_ins.found);
        }
    }
    text.push('\n');
}
