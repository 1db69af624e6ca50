//! A server with a workspace, a chatbot and a team, set up as people would.

use std::time::Duration;

use anyhow::{Context as _, Result};
use protocol::ChatbotId;
use protocol::forms::{EmbedView, SettingsView};
use protocol::settings::{Settings, SettingsLayer, WhenNobody};
use uuid::Uuid;

use crate::chance::{Chance, now};
use crate::database::Database;
use crate::gates::Run;
use crate::http::{post_form, post_json};
use crate::proxy;
use crate::server::Server;

const PASSWORD: &str = "a small boat in the fog";

/// A server that is set up.
pub(crate) struct Site {
    pub(crate) server: Server,
    pub(crate) chatbot: ChatbotId,
    /// The owner's cookie.
    owner: String,
}

/// Who is on the team.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Team {
    pub(crate) agents: usize,
    pub(crate) chat_limit: u32,
}

impl Site {
    /// A running server with a chatbot for which visitors wait as long as it takes.
    pub(crate) async fn open(run: &mut Run, team: Team) -> Result<Self> {
        let fault = run.fault().map(str::to_owned);
        let mut server =
            Server::new(&run.program, &run.kind, fault.as_deref(), &mut run.chance).await?;
        server.run_on(run.core);
        let ready = server.start().await?;
        let token = ready.setup_token.context("a setup token")?;
        let url = server.address.url();
        let set_up = post_form(
            &format!("{url}/pages/set_up"),
            &[("origin", &url)],
            &[
                ("form[token]", &token),
                ("form[workspace]", "Tarn & Trail"),
                ("form[name]", "Olga Owner"),
                ("form[email]", "olga@example.org"),
                ("form[password]", PASSWORD),
                ("form[chatbot]", "Shop help"),
            ],
        )
        .await?;
        let owner = set_up.cookie()?;
        let mut site = Self {
            server,
            chatbot: ChatbotId(Uuid::nil()),
            owner,
        };
        let embed = site.ask("load_embed", None).await?;
        let embed: Vec<EmbedView> = serde_json::from_str(&embed)?;
        site.chatbot = embed.first().context("a chatbot")?.chatbot;
        site.set(|effective, layer| {
            effective.queue.nobody = WhenNobody::Wait;
            effective.queue.deadline_minutes = 600;
            layer.queue = Some(effective.queue);
        })
        .await?;
        if team.agents > 0 {
            site.hire(team, &mut run.chance).await?;
        }
        Ok(site)
    }

    /// Moves the database some way off, for as long as the gate runs.
    pub(crate) async fn move_database_away(&mut self, delay: Duration) -> Result<()> {
        let url = self.server.database.setting();
        if !url.is_empty() {
            let url = proxy::far_away(&url, delay).await?;
            self.server.stop().await?;
            self.server.set("BATON__DATABASE__URL", &url);
            self.server.start().await?;
        }
        Ok(())
    }

    /// The owner changes settings of the chatbot.
    pub(crate) async fn set(
        &self,
        change: impl FnOnce(&mut Settings, &mut SettingsLayer),
    ) -> Result<()> {
        let asked = serde_json::json!({ "chatbot": self.chatbot });
        let view = self.ask("load_settings", Some(&asked)).await?;
        let mut view: SettingsView = serde_json::from_str(&view)?;
        change(&mut view.effective, &mut view.layer);
        self.ask("save_settings", Some(&self.saving(&view))).await?;
        Ok(())
    }

    /// What a settings page sends to save this.
    pub(crate) fn saving(&self, view: &SettingsView) -> serde_json::Value {
        serde_json::json!({
            "chatbot": self.chatbot,
            "layer": view.layer,
            "version": view.version,
        })
    }

    /// The headers of the owner's browser.
    pub(crate) fn owner(&self) -> Vec<(&'static str, String)> {
        vec![
            ("origin", self.server.address.url()),
            ("cookie", self.owner.clone()),
            ("accept", "application/json".to_owned()),
        ]
    }

    /// A server function, asked by the owner's browser.
    pub(crate) async fn ask(&self, name: &str, body: Option<&serde_json::Value>) -> Result<String> {
        let url = format!("{}/pages/{name}", self.server.address.url());
        let owner = self.owner();
        let headers: Vec<_> = owner
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let answer = match body {
            Some(body) => post_json(&url, &headers, body).await?,
            None => post_form(&url, &headers, &[]).await?,
        };
        anyhow::ensure!(
            answer.status == 200,
            "{name}: {} {}",
            answer.status,
            answer.text
        );
        Ok(answer.text)
    }

    /// Signs an agent in: the origin and the cookie of their browser.
    pub(crate) async fn sign_in(&self, number: usize) -> Result<(String, String)> {
        let url = self.server.address.url();
        let email = email(number);
        let fields = [("form[email]", &*email), ("form[password]", PASSWORD)];
        let page = format!("{url}/pages/sign_in");
        let signed_in = post_form(&page, &[("origin", &url)], &fields).await?;
        let cookie = signed_in.cookie()?;
        Ok((url, cookie))
    }

    /// Adds a first agent by the command line, and the others as copies of that row: hashing a
    /// password for each would take most of a gate's time.
    async fn hire(&mut self, team: Team, chance: &mut Chance) -> Result<()> {
        let first = email(0);
        let args = ["user", "create", "--name", "Agent 0", "--email", &first];
        self.server.also(&args, PASSWORD).await?;
        let mut statements = format!("UPDATE agents SET chat_limit = {};", team.chat_limit);
        for number in 1..team.agents {
            let id = Uuid::from_bytes(std::array::from_fn(|_| chance.next().to_le_bytes()[0]));
            statements.push_str(&copy(&self.server.database, number, id));
        }
        // Names are read when the server starts.
        self.server.stop().await?;
        self.server.database.run(&statements).await?;
        self.server.start().await?;
        Ok(())
    }
}

fn email(number: usize) -> String {
    format!("agent.{number}@example.org")
}

fn copy(database: &Database, number: usize, id: Uuid) -> String {
    let id = match database {
        Database::File(_) => format!("x'{}'", id.simple()),
        Database::Postgres { .. } => format!("'{id}'"),
    };
    let (email, first, at) = (email(number), email(0), now().0);
    format!(
        "INSERT INTO agents (id, workspace_id, name, email, password_hash, role, chosen, \
         all_chatbots, chat_limit, created_at) SELECT {id}, workspace_id, 'Agent {number}', \
         '{email}', password_hash, role, chosen, all_chatbots, chat_limit, {at} FROM agents \
         WHERE email = '{first}';"
    )
}
