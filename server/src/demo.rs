//! The demo: a workspace with three agents and a chatbot trained on Baton's own guide.

use anyhow::{Context as _, ensure};
use domain::settings::defaults;
use protocol::label::{LabelId, Labels};
use protocol::person::Role;
use protocol::settings::{QueueSettings, SettingsLayer, WhenNobody};
use protocol::{AgentId, CategoryId, ChatbotId, TagId, WorkspaceId};
use rust_embed::RustEmbed;

use crate::actions::add_agent::{AgentForm, add_agent};
use crate::actions::train::{self, Document};
use crate::config::Config;
use crate::desk::Desk;
use crate::random::fresh;
use crate::store::{LabelSaved, NewChatbot, NewOwner, NewWorkspace};

/// The user documentation, which the demo's chatbot is trained on.
#[derive(RustEmbed)]
#[folder = "../docs/guide/"]
pub(crate) struct Guide;

/// Everybody on the demo's team signs in with this. The demo is served on this machine alone.
const PASSWORD: &str = "pass the baton on";

const TEAM: &[(&str, &str, Role)] = &[
    ("Mara Lindt", "mara@demo.example", Role::Owner),
    ("Jonas Weber", "jonas@demo.example", Role::Agent),
    ("Priya Nair", "priya@demo.example", Role::Agent),
];

/// The demo's settings: its own folder, and never an address that others reach.
///
/// # Errors
/// When the settings ask for an address that others reach: the demo's password is public.
pub fn config(mut config: Config) -> anyhow::Result<Config> {
    ensure!(
        config.server.listen.ip().is_loopback(),
        "the demo's password is public, so it listens on a loopback address only, not on {}",
        config.server.listen
    );
    if config.data.folder == std::path::Path::new("data") {
        config.data.folder = "data/demo".into();
    }
    Ok(config)
}

/// What the console says when the demo is ready.
pub fn greeting(url: &str) -> String {
    let mut text = format!(
        "The demo is ready.\n\n  Visitor's page  {url}/demo\n  Agents' inbox   {url}/inbox\n\n\
         \u{20} Sign in as      {}  (or {})\n  Password        {PASSWORD}\n",
        TEAM[0].1, TEAM[1].1
    );
    text.push_str("\nCtrl-C stops it; the data stays.");
    text
}

const CATEGORIES: &[&str] = &["Billing", "Orders", "Product"];
const TAGS: &[&str] = &["bug", "follow up", "refund", "VIP"];

/// What conversations can be sorted by, unless there is something already.
async fn make_labels(desk: &Desk, workspace: WorkspaceId) -> anyhow::Result<()> {
    if desk.store.labels(workspace).await? != Labels::default() {
        return Ok(());
    }
    let now = desk.now();
    let categories = CATEGORIES
        .iter()
        .map(|name| (LabelId::Category(fresh!(CategoryId, now)), name));
    let tags = TAGS
        .iter()
        .map(|name| (LabelId::Tag(fresh!(TagId, now)), name));
    for (label, name) in categories.chain(tags) {
        let name = (*name).to_owned();
        let added = LabelSaved::Added { label, name };
        desk.store.save_label(workspace, added).await?;
    }
    Ok(())
}

/// Makes the demo's workspace unless it is there, trains its chatbot and names it.
pub(crate) async fn seed(desk: &Desk) -> anyhow::Result<ChatbotId> {
    let workspace = match desk.store.first_workspace().await? {
        Some(workspace) => workspace.id,
        None => make(desk).await?,
    };
    let chatbots = desk.store.chatbots(workspace).await?;
    let chatbot = chatbots
        .first()
        .context("the demo's workspace has no chatbot")?
        .id;
    let mut documents = Vec::new();
    for name in Guide::iter() {
        let file = Guide::get(&name).context("an embedded page is gone")?;
        let markdown = String::from_utf8(file.data.into_owned()).context("a page is not UTF-8")?;
        let page = name.trim_end_matches(".md");
        documents.push(Document {
            url: Some(format!("/demo/guide/{page}")),
            markdown,
        });
    }
    make_labels(desk, workspace).await?;
    train::train(desk, workspace, chatbot, documents).await?;
    Ok(chatbot)
}

async fn make(desk: &Desk) -> anyhow::Result<WorkspaceId> {
    let now = desk.now();
    let workspace = fresh!(WorkspaceId, now);
    let password_hash = desk.passwords.hash(PASSWORD.to_owned()).await?;
    let [(owner_name, owner_email, _), others @ ..] = TEAM else {
        anyhow::bail!("nobody")
    };
    let owner = NewOwner {
        id: fresh!(AgentId, now),
        name: (*owner_name).to_owned(),
        email: (*owner_email).to_owned(),
        password_hash,
    };
    desk.faces.insert(owner.id, owner_name);
    let chatbot = NewChatbot {
        id: fresh!(ChatbotId, now),
        name: "Baton".to_owned(),
        settings: settings(),
    };
    let name = "Baton demo".to_owned();
    desk.store
        .set_up(NewWorkspace {
            id: workspace,
            name,
            owner,
            chatbot,
        })
        .await?;
    for (name, email, role) in others {
        let form = AgentForm {
            name: (*name).to_owned(),
            email: (*email).to_owned(),
            password: PASSWORD.to_owned(),
            role: *role,
        };
        add_agent(desk, workspace, form).await?;
    }
    Ok(workspace)
}

fn settings() -> SettingsLayer {
    let defaults = defaults();
    let mut messages = defaults.messages;
    messages.texts.greeting = "Hello. Ask me anything about Baton.".to_owned();
    messages.texts.starters = [
        "How do I put the chat on my site?",
        "What happens when I ask for a person?",
        "Where is the data stored?",
    ]
    .map(str::to_owned)
    .to_vec();
    SettingsLayer {
        messages: Some(messages),
        // Whoever tries the visitor's side first opens the inbox afterwards.
        queue: Some(QueueSettings {
            nobody: WhenNobody::Wait,
            ..defaults.queue
        }),
        ..SettingsLayer::default()
    }
}
