//! What a playground begins with: a copy of one chatbot and of what its agents work with, and two agents
//! who are nobody.

use std::collections::BTreeMap;

use domain::agent::Assigned;
use protocol::person::Role;
use protocol::settings::SettingsLayer;
use protocol::{AgentId, ChatbotId, Refusal, Timestamp, WorkspaceId};
use sha2::{Digest as _, Sha256};

use super::failed;
use super::lists::{self, Lists};
use crate::auth::token;
use crate::desk::Desk;
use crate::random::{self, fresh};
use crate::store::{
    Failed, NewAgent, NewChatbot, NewOwner, NewPassage, NewSignIn, NewSource, NewWorkspace,
    Passage, Picture, Saved, SignInId,
};

/// The two agents. Names, and so the same in every language.
const NAMES: [&str; 2] = ["Alex Agent", "Robin Agent"];
/// Chats that each of them takes at once.
const CHAT_LIMIT: u32 = 3;
/// Their sign-ins last for a year: the clock is turned by days.
const LASTS_MILLIS: i64 = 365 * 24 * 60 * 60 * 1000;
/// Nobody signs in with a password here: no password has this hash.
const NO_PASSWORD: &str = "!";

/// An agent of the playground, and the secret of their sign-in.
pub(super) struct Player {
    pub(super) id: AgentId,
    pub(super) name: &'static str,
    pub(super) token: String,
}

/// What is copied.
pub(super) struct Copy {
    pub(super) name: String,
    workspace: SettingsLayer,
    own: SettingsLayer,
    passages: Vec<Passage>,
    picture: Option<Picture>,
    lists: Lists,
}

/// What was made.
pub(super) struct Seeded {
    pub(super) workspace: WorkspaceId,
    pub(super) players: [Player; 2],
}

/// Reads a chatbot; what is read is all that the real workspace has to do with it.
pub(super) async fn read(
    real: &Desk,
    workspace: WorkspaceId,
    chatbot: ChatbotId,
    by: AgentId,
) -> Result<Copy, Refusal> {
    let unreadable = |error| failed(error, "a chatbot could not be read");
    let store = &real.store;
    let found = store.chatbot(chatbot).await.map_err(unreadable)?;
    let found = found.filter(|found| found.workspace == workspace && !found.archived);
    let found = found.ok_or(Refusal::NotFound)?;
    let above = store.settings(workspace, None).await.map_err(unreadable)?;
    let own = store.settings(workspace, Some(chatbot)).await;
    let own = own.map_err(unreadable)?;
    let (above, own) = above.zip(own).ok_or(Refusal::NotFound)?;
    Ok(Copy {
        name: found.name.clone(),
        workspace: within(above.layer),
        own: within(own.layer),
        passages: store
            .passages(workspace, chatbot)
            .await
            .map_err(unreadable)?,
        picture: store.chatbot_picture(chatbot).await.map_err(unreadable)?,
        lists: lists::read(real, workspace, chatbot, by).await?,
    })
}

/// A layer without what is not there: its groups of agents, and the sites that may frame it, of which
/// this page is none.
fn within(mut layer: SettingsLayer) -> SettingsLayer {
    if let Some(routing) = &mut layer.routing {
        routing.group = None;
    }
    layer.sites = None;
    layer
}

/// Writes the copy down, under the same id: what names it, as its picture's address does, still fits.
pub(super) async fn write(desk: &Desk, chatbot: ChatbotId, copy: Copy) -> Result<Seeded, Refusal> {
    let now = desk.now();
    let workspace = fresh!(WorkspaceId, now);
    // There is no workspace without one; nobody sees them.
    let keeper = fresh!(AgentId, now);
    let owner = NewOwner {
        id: keeper,
        name: copy.name.clone(),
        email: "owner@playground.invalid".to_owned(),
        password_hash: NO_PASSWORD.to_owned(),
    };
    desk.faces.insert(owner.id, &owner.name);
    let new = NewWorkspace {
        id: workspace,
        name: copy.name.clone(),
        owner,
        chatbot: NewChatbot {
            id: chatbot,
            name: copy.name,
            settings: copy.own,
        },
    };
    desk.store.set_up(new).await?;
    let saved = Saved {
        workspace,
        chatbot: None,
        layer: copy.workspace,
        version: 0,
    };
    desk.store.save_settings(saved).await?;
    if copy.picture.is_some() {
        let store = &desk.store;
        let set = store.set_chatbot_picture(workspace, chatbot, copy.picture);
        set.await?;
    }
    let sources = sources(copy.passages);
    desk.store.train(workspace, chatbot, sources).await?;
    lists::write(desk, (workspace, keeper), copy.lists).await?;
    let [first, second] = NAMES;
    let players = [
        player(desk, workspace, first, "first").await?,
        player(desk, workspace, second, "second").await?,
    ];
    desk.store
        .hide_keeper(workspace, keeper, desk.now())
        .await?;
    Ok(Seeded { workspace, players })
}

/// The passages as sources again, by the titles of those that they were cut from.
fn sources(passages: Vec<Passage>) -> Vec<NewSource> {
    let mut by_title: BTreeMap<String, Vec<NewPassage>> = BTreeMap::new();
    for passage in passages {
        let Passage {
            title,
            heading,
            text,
            url,
        } = passage;
        by_title
            .entry(title)
            .or_default()
            .push(NewPassage { heading, text, url });
    }
    let source = |(title, passages): (String, Vec<NewPassage>)| NewSource {
        digest: Sha256::digest(title.as_bytes()).into(),
        url: None,
        title,
        passages,
    };
    by_title.into_iter().map(source).collect()
}

async fn player(
    desk: &Desk,
    workspace: WorkspaceId,
    name: &'static str,
    account: &str,
) -> Result<Player, Failed> {
    let now = desk.now();
    let id = fresh!(AgentId, now);
    let agent = NewAgent {
        id,
        workspace,
        name: name.to_owned(),
        email: format!("{account}@playground.invalid"),
        password_hash: NO_PASSWORD.to_owned(),
        role: Role::Agent,
        custom: None,
        assigned: Assigned::All,
        chat_limit: CHAT_LIMIT,
        mails: false,
    };
    desk.faces.insert(id, name);
    desk.store.add_agent(agent).await?;
    let token = token::fresh();
    let sign_in = NewSignIn {
        id: SignInId(random::uuid(now)),
        workspace,
        agent: id,
        token_hash: token::hash(&token),
        created_at: now,
        expires_at: Timestamp(now.millis() + LASTS_MILLIS),
        user_agent: String::new(),
        ip: String::new(),
    };
    desk.store.begin_sign_in(sign_in).await?;
    Ok(Player { id, name, token })
}
