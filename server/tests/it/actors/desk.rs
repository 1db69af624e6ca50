//! A desk: a whole server on its own database, with a workspace and a chatbot.

use std::path::Path;
use std::time::Duration;

use protocol::ChatbotId;
use protocol::forms::{EmbedView, SettingsView};
use protocol::person::Role;
use protocol::settings::{Settings, SettingsLayer};
use server::config::{Config, Encryption, PublicUrl};
use server::startup::{self, AgentForm, Document, Purpose, Running};
use server::store::DatabaseUrl;
use tempfile::TempDir;

use super::agent::AgentActor;
use super::client::Encoding;
use super::database::Database;
use super::http::{get, post, post_json};
use super::smtp::MailServer;
use super::visitor::VisitorActor;

pub(super) const PASSWORD: &str = "a small boat in the fog";

/// A server with a workspace.
pub(crate) struct TestDesk {
    running: Option<Running>,
    config: Config,
    pub url: String,
    pub chatbot: ChatbotId,
    /// The owner's cookie.
    pub owner: String,
    _folder: TempDir,
    _database: Database,
}

impl TestDesk {
    /// A server with a workspace, an owner and a chatbot, set up as a person would.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// One that hands its mail to this mail server.
    pub(crate) async fn start_mailing(mails: &MailServer) -> Self {
        // Links in mails name the address, so it has to be known before the server listens on it.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        Self::start_with(|config| {
            config.server.listen = address;
            config.server.public_url = PublicUrl::parse(&format!("http://{address}")).unwrap();
            config.mail.host = "127.0.0.1".to_owned();
            config.mail.port = mails.address.port();
            config.mail.tls = Encryption::None;
            config.mail.from = "Tarn & Trail <chat@example.org>".to_owned();
        })
        .await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let (mut config, folder, database) = Self::nothing().await;
        change(&mut config);
        let running = startup::start(config.clone(), Purpose::Serve)
            .await
            .unwrap();
        config.server.listen = running.address;
        let url = running.url();
        let token = running
            .setup_token
            .clone()
            .expect("a setup token on the first start");
        let set_up = post(
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
        .await;
        let owner = cookie(&set_up);
        let embed = post(
            &format!("{url}/pages/load_embed"),
            &[
                ("origin", &url),
                ("cookie", &owner),
                ("accept", "application/json"),
            ],
            &[],
        )
        .await;
        let chatbots: Vec<EmbedView> = serde_json::from_str(&embed.text)
            .unwrap_or_else(|error| panic!("{error}: {}", embed.text));
        let chatbot = chatbots[0].chatbot;
        let running = Some(running);
        Self {
            running,
            config,
            url,
            chatbot,
            owner,
            _folder: folder,
            _database: database,
        }
    }

    /// The settings for a server without a workspace, in a folder and on a database of its own.
    pub(crate) async fn nothing() -> (Config, TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::fresh().await;
        let mut config = Config::load(None).unwrap();
        config.server.listen = "127.0.0.1:0".parse().unwrap();
        config.data.folder = folder.path().to_owned();
        config.database.url = database.url();
        config.limits.visitor_commands_per_10s = 10_000;
        config.limits.agent_commands_per_10s = 10_000;
        config.limits.searches_per_10s = 10_000;
        config.limits.api_requests_per_minute = 10_000;
        config.limits.api_requests_per_minute_per_address = 100_000;
        config.limits.visits_per_minute = 10_000;
        config.attack.new_visitors_per_minute = 100_000;
        config.attack.messages_per_minute = 1_000_000;
        config.limits.small_requests_per_minute_per_address = 10_000;
        config.limits.starts_per_minute = 10_000;
        config.limits.uploads_per_minute = 10_000;
        config.limits.uploads_per_minute_per_address = 10_000;
        config.limits.starts_per_minute_per_address = 10_000;
        config.limits.sign_ins_per_minute = 10_000;
        config.limits.sign_ins_per_minute_per_address = 10_000;
        config.limits.sign_ins_per_minute_per_account = 10_000;
        (config, folder, database)
    }

    /// An agent who is signed in and connected.
    pub(crate) async fn agent(&self, name: &str) -> AgentActor {
        let cookie = self.signs_in(name).await;
        AgentActor::connects(&self.url, name, cookie).await
    }

    pub(crate) async fn numbered_agent(&self, number: u32) -> AgentActor {
        self.agent(&format!("Agent {number}")).await
    }

    /// Adds an agent and signs in; returns the cookie.
    pub(crate) async fn signs_in(&self, name: &str) -> String {
        self.signs_in_as(name, Role::Agent).await
    }

    pub(crate) async fn signs_in_as(&self, name: &str, role: Role) -> String {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let form = AgentForm {
            name: name.to_owned(),
            email: email.clone(),
            password: PASSWORD.to_owned(),
            role,
        };
        self.running().add_agent(form).await.unwrap();
        self.signs_in_again(name).await
    }

    /// Signs in somebody who is on the team; returns the cookie.
    pub(crate) async fn signs_in_again(&self, name: &str) -> String {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let fields = [("form[email]", &*email), ("form[password]", PASSWORD)];
        let url = format!("{}/pages/sign_in", self.url);
        cookie(&post(&url, &[("origin", &self.url)], &fields).await)
    }

    pub(crate) async fn visitor(&self) -> VisitorActor {
        self.visitor_speaking(Encoding::Postcard).await
    }

    pub(crate) async fn visitor_speaking(&self, encoding: Encoding) -> VisitorActor {
        VisitorActor::arrives(&self.url, self.chatbot, encoding).await
    }

    /// Stops the server as an operator would.
    pub(crate) async fn stops(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// Starts it again on the same data and the same address.
    pub(crate) async fn starts_again(&mut self) {
        let mut tries = 0;
        self.running = Some(loop {
            match startup::start(self.config.clone(), Purpose::Serve).await {
                Ok(running) => break running,
                Err(error) => {
                    tries += 1;
                    assert!(tries < 50, "{error:#}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        });
    }

    /// Teaches the chatbot a page, from the command line beside the server.
    pub(crate) async fn trains(&self, markdown: &str) {
        let page = Document {
            url: Some("https://shop.example/help".to_owned()),
            markdown: markdown.to_owned(),
        };
        startup::train(self.config.clone(), vec![page])
            .await
            .unwrap();
    }

    /// Lets time pass for the server alone.
    pub(crate) fn turns_the_clock(&self, millis: i64) {
        self.running().clock.advance(millis);
    }

    /// The folder with everything it keeps.
    pub(crate) fn folder(&self) -> &Path {
        &self.config.data.folder
    }

    /// Where its database is.
    pub(crate) fn database_url(&self) -> DatabaseUrl {
        match self.config.database.url.as_str() {
            "" => DatabaseUrl::Sqlite(self.config.data.folder.join("baton.db")),
            url => url.parse().unwrap(),
        }
    }

    /// Whether the server still answers.
    pub(crate) async fn is_well(&self) {
        assert_eq!(200, get(&format!("{}/readyz", self.url), &[]).await.status);
    }

    /// Where the program finds this desk's data.
    pub(crate) fn environment(&self) -> [(&'static str, String); 2] {
        let folder = self.config.data.folder.to_string_lossy().into_owned();
        [
            ("BATON__DATA__FOLDER", folder),
            ("BATON__DATABASE__URL", self.config.database.url.clone()),
        ]
    }

    /// Whether somebody may sign in with this password.
    pub(crate) async fn lets_in(&self, email: &str, password: &str) -> bool {
        let fields = [("form[email]", email), ("form[password]", password)];
        let url = format!("{}/pages/sign_in", self.url);
        let answer = post(&url, &[("origin", &self.url)], &fields).await;
        answer.headers.contains_key("set-cookie")
    }

    /// Turns the server's clock forward.
    pub(crate) fn time_passes(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        self.running().clock.advance(millis);
    }

    /// The owner changes settings of the chatbot, as the settings pages do.
    pub(crate) async fn sets(&self, change: impl FnOnce(&mut Settings, &mut SettingsLayer)) {
        let SettingsView {
            mut layer,
            mut effective,
            version,
            ..
        } = self.settings().await;
        change(&mut effective, &mut layer);
        let body = serde_json::json!({
            "chatbot": self.chatbot,
            "layer": layer,
            "version": version,
        });
        let saved = self.asks_pages("save_settings", &body).await;
        assert_eq!(200, saved.status, "{}", saved.text);
    }

    /// The settings of the chatbot, as the owner sees them.
    pub(crate) async fn settings(&self) -> SettingsView {
        let body = serde_json::json!({ "chatbot": self.chatbot });
        let loaded = self.asks_pages("load_settings", &body).await;
        serde_json::from_str(&loaded.text)
            .unwrap_or_else(|error| panic!("{error}: {}", loaded.text))
    }

    /// A server function, asked by the owner's browser.
    pub(crate) async fn asks_pages(&self, name: &str, body: &serde_json::Value) -> super::Answer {
        self.asks_pages_as(&self.owner, name, body).await
    }

    /// A server function, asked by the browser with this cookie.
    pub(crate) async fn asks_pages_as(
        &self,
        cookie: &str,
        name: &str,
        body: &serde_json::Value,
    ) -> super::Answer {
        let headers = [
            ("origin", self.url.as_str()),
            ("cookie", cookie),
            ("accept", "application/json"),
        ];
        post_json(&format!("{}/pages/{name}", self.url), &headers, body).await
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("the server runs")
    }
}

/// The cookie that an answer sets.
pub(super) fn cookie(answer: &super::Answer) -> String {
    let set = answer.headers.get("set-cookie");
    let set = set.unwrap_or_else(|| panic!("no cookie: {} {}", answer.status, answer.text));
    set.to_str().unwrap().split(';').next().unwrap().to_owned()
}
