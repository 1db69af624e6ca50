//! Somebody who may change settings tries a chatbot out, in a playground of their own.

use protocol::playground::{Play, PlayChatbot, PlayNo, PlaygroundView};
use protocol::{AgentId, Refusal};

use super::save_settings::{allowed, unreadable};
use super::sign_in::SignedIn;
use crate::desk::Desk;
use crate::playground::Stopped;

/// What can be tried, and the agent's playground with the lines of its log after so many.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_playground(
    desk: &Desk,
    agent: AgentId,
    told: u32,
) -> Result<PlaygroundView, Refusal> {
    let workspace = allowed(desk, agent).await?;
    let open = match desk.playgrounds.of(agent) {
        Some(sandbox) => Some(sandbox.view(told).await?),
        None => None,
    };
    let mut chatbots = Vec::new();
    // Whoever follows one that is open has the list already.
    if open.is_none() || told == 0 {
        let listed = desk.store.listed_chatbots(workspace).await;
        let listed = listed.map_err(|error| unreadable(&error))?.into_iter();
        let there = listed.filter(|one| !one.archived);
        chatbots.extend(there.map(|one| PlayChatbot {
            id: one.id,
            name: one.name,
        }));
    }
    Ok(PlaygroundView {
        chatbots,
        open,
        no: None,
    })
}

/// Does something in the agent's playground. Answers as [`load_playground`].
///
/// # Errors
/// As [`load_playground`]; what does not fit is said in the answer.
pub(crate) async fn play(
    desk: &Desk,
    by: SignedIn,
    play: Play,
    told: u32,
) -> Result<PlaygroundView, Refusal> {
    let agent = by.agent;
    allowed(desk, agent).await?;
    let began = matches!(play, Play::Begin(_));
    let done = match play {
        Play::Begin(chatbot) => {
            let begun = desk.playgrounds.begin(desk, by, chatbot);
            begun.await.map(drop)
        }
        Play::End => {
            desk.playgrounds.end(agent).await;
            Ok(())
        }
        other => match desk.playgrounds.of(agent) {
            Some(sandbox) => sandbox.play(&other).await,
            None => Err(PlayNo::Over.into()),
        },
    };
    let no = match done {
        Ok(()) => None,
        Err(Stopped::No(no)) => Some(no),
        Err(Stopped::Refused(refusal)) => return Err(refusal),
    };
    let told = if began { 0 } else { told };
    let view = load_playground(desk, agent, told).await?;
    Ok(PlaygroundView { no, ..view })
}
