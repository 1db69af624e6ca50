//! The operator's settings: defaults from `config.default.toml`, then a file, then the environment.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use axum::http::Uri;
use figment::Figment;
use figment::providers::{Env, Format as _, Toml};
use serde::Deserialize;

/// The documented defaults.
pub const DEFAULTS: &str = include_str!("../../config.default.toml");

/// Everything an operator can set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub database: Database,
    pub files: Files,
    pub location: Location,
    pub mail: Mail,
    pub limits: Limits,
    pub attack: Attack,
    pub log: Log,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    pub public_url: PublicUrl,
    pub trusted_proxies: Vec<Network>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    pub folder: PathBuf,
}

impl Data {
    /// The file of the embedded database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("baton.db")
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// May hold a password, so it is never printed.
    pub url: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    pub url: String,
    pub endpoint: String,
    pub region: String,
    pub access_key: String,
    /// Never printed.
    pub secret_key: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub host: String,
    pub port: u16,
    pub tls: Encryption,
    pub user: String,
    /// Never printed.
    pub password: String,
    pub from: String,
    pub language: String,
}

/// How the way to the mail server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encryption {
    /// Begins in the open and must turn to TLS before anything is said.
    Starttls,
    /// TLS from the first byte.
    Wrapped,
    /// For a mail server on this machine.
    None,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    pub database: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attack {
    pub new_visitors_per_minute: u32,
    pub messages_per_minute: u32,
    pub calm_minutes: u32,
    pub visits_per_minute_per_address: u32,
    pub visits_per_minute_per_network: u32,
    pub messages_per_minute_per_address: u32,
    pub messages_per_minute_per_network: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub visits_per_minute: u32,
    pub starts_per_minute: u32,
    pub starts_per_minute_per_address: u32,
    pub small_requests_per_minute_per_address: u32,
    pub visitor_commands_per_10s: u32,
    pub agent_commands_per_10s: u32,
    pub searches_per_10s: u32,
    pub api_requests_per_minute: u32,
    pub api_requests_per_minute_per_address: u32,
    pub uploads_per_minute: u32,
    pub uploads_per_minute_per_address: u32,
    pub sign_ins_per_minute: u32,
    pub sign_ins_per_minute_per_address: u32,
    pub sign_ins_per_minute_per_account: u32,
    pub resets_per_hour_per_address: u32,
    pub resets_per_hour_per_account: u32,
    pub connections: usize,
    pub connections_per_address: usize,
    pub requests: usize,
    pub requests_per_address: usize,
    pub request_seconds: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub filter: String,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("url", &"***").finish()
    }
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files")
            .field("url", &self.url)
            .field("secret_key", &"***")
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("host", &self.host)
            .field("password", &"***")
            .finish_non_exhaustive()
    }
}

impl Config {
    /// Reads the settings. A file that is named must exist.
    ///
    /// # Errors
    /// A sentence that names the setting that is unknown or wrong.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut figment = Figment::new().merge(Toml::string(DEFAULTS));
        if let Some(file) = file {
            anyhow::ensure!(
                file.is_file(),
                "there is no settings file {}",
                file.display()
            );
            figment = figment.merge(Toml::file_exact(file));
        }
        figment
            .merge(Env::prefixed("BATON__").split("__"))
            .extract()
            .context("the settings")
    }
}

/// The address under which browsers reach Baton; empty when it is whatever they ask for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(Option<Uri>);

impl PublicUrl {
    /// Reads `https://host[:port]`, or nothing.
    ///
    /// # Errors
    /// A sentence that says how it has to look.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let wrong =
            || format!("public_url is {text:?}, but it has to look like https://chat.example.org");
        let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| wrong())?;
        let plain = matches!(uri.path(), "" | "/") && uri.query().is_none();
        let web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some();
        if web && plain {
            Ok(Self(Some(uri)))
        } else {
            Err(wrong())
        }
    }

    /// Whether browsers reach Baton over TLS.
    pub fn is_https(&self) -> bool {
        self.0.as_ref().and_then(Uri::scheme_str) == Some("https")
    }

    /// Host and port.
    pub fn authority(&self) -> Option<&str> {
        self.0
            .as_ref()?
            .authority()
            .map(|authority| authority.as_str())
    }

    /// Scheme, host and port, for links; none when it was not set.
    pub fn base(&self) -> Option<String> {
        let uri = self.0.as_ref()?;
        Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

/// An address or a network such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct Network(ipnet::IpNet);

impl Network {
    /// Whether an address lies in it.
    pub fn contains(self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let network = text
            .parse()
            .or_else(|_| text.parse::<IpAddr>().map(ipnet::IpNet::from));
        network
            .map(Self)
            .map_err(|_| format!("{text:?} is neither an address nor a network"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_a_whole_configuration() {
        let config = Config::load(None).unwrap();
        assert_eq!("127.0.0.1:8080", config.server.listen.to_string());
        assert!(!config.server.public_url.is_https());
    }

    #[test]
    fn an_unknown_key_is_refused_and_named() {
        let figment = Figment::new()
            .merge(Toml::string(DEFAULTS))
            .merge(Toml::string("[server]\nlisten_on = 1"));
        let error = figment.extract::<Config>().unwrap_err().to_string();
        assert!(error.contains("listen_on"), "{error}");
    }

    #[test]
    fn a_public_url_is_scheme_and_host_alone() {
        assert!(
            PublicUrl::parse("https://chat.example.org/")
                .unwrap()
                .is_https()
        );
        for wrong in [
            "chat.example.org",
            "ftp://x.org",
            "https://x.org/chat",
            "https://",
        ] {
            assert!(PublicUrl::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn no_password_is_ever_printed() {
        let mut config = Config::load(None).unwrap();
        config.database.url = "postgres://baton:let-me-in@db/baton".to_owned();
        config.files.secret_key = "let-me-in".to_owned();
        config.mail.password = "let-me-in".to_owned();
        assert!(!format!("{config:?}").contains("let-me-in"));
    }
}
