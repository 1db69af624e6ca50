//! The program `baton`.

mod memory;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};
use protocol::ConversationId;
use protocol::person::Role;
use server::command_line;
use server::config::Config;
use server::demo;
use server::startup::{self, AgentForm, Document, Purpose, Running};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Live chat with an AI that hands over to people.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve Baton. On an empty data folder it prints a setup token and waits to be set up.
    Serve {
        /// A settings file over the defaults; see config.default.toml.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Add somebody to the team, or let in who lost their second step.
    #[command(subcommand)]
    User(User),
    /// Replace what the chatbot knows by these Markdown files. A running server takes it up at its
    /// next start.
    Train {
        /// One page of content each.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Where visitors can read the pages: a file's name without its ending is added to it.
        #[arg(long)]
        url: Option<String>,
        /// A settings file over the defaults; see config.default.toml.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Say why a chat did not reach its agents. Without a conversation, of everybody who waits.
    Doctor {
        /// Its id, as in the address of the inbox.
        conversation: Option<ConversationId>,
        /// Only this agent, by the e-mail they sign in with.
        #[arg(long)]
        agent: Option<String>,
        /// A settings file over the defaults; see config.default.toml.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Serve a seeded demo on this machine alone.
    Demo {
        /// A settings file over the defaults; see config.default.toml.
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum User {
    /// Add an agent to the workspace. The password is asked for, or read from the first line of a pipe.
    Create {
        #[arg(long)]
        name: String,
        #[arg(long)]
        email: String,
        #[arg(long, value_enum, default_value = "agent")]
        role: RoleName,
        /// A settings file over the defaults; see config.default.toml.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Switch two steps off for somebody who lost their codes, sign them out everywhere and end their API
    /// tokens. Admins switch them off for others on the team's page; this is for an owner whom nobody else
    /// can let in.
    EndTwoSteps {
        /// The e-mail they sign in with.
        #[arg(long)]
        email: String,
        /// A settings file over the defaults; see config.default.toml.
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

/// A role, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    SupportAgent,
    Agent,
    AccountManager,
    Supervisor,
    Admin,
    Owner,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::SupportAgent => Self::SupportAgent,
            RoleName::Agent => Self::Agent,
            RoleName::AccountManager => Self::AccountManager,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Admin => Self::Admin,
            RoleName::Owner => Self::Owner,
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    #[cfg(feature = "faults")]
    server::faults::check()?;
    match Cli::parse().command {
        Command::Serve { config } => {
            let config = read(config)?;
            let running = startup::start(config, Purpose::Serve).await?;
            tokio::spawn(memory::give_back());
            greet(&running);
            until_told_to_stop(running).await
        }
        Command::User(User::Create {
            name,
            email,
            role,
            config,
        }) => {
            let config = read(config)?;
            let password = password(&email)?;
            let form = AgentForm {
                name,
                email,
                password,
                role: role.into(),
            };
            startup::add_agent(config, form).await?;
            println!("Added. They can sign in now.");
            Ok(())
        }
        Command::User(User::EndTwoSteps { email, config }) => {
            let ended = command_line::end_two_steps(read(config)?, &email).await?;
            println!(
                "{}",
                match ended {
                    true =>
                        "Off. They are signed out, their API tokens have ended, and they sign in by password alone; two steps can be set up anew.",
                    false => "Nothing to do: they sign in by password alone.",
                }
            );
            Ok(())
        }
        Command::Train { files, url, config } => {
            let config = read(config)?;
            let documents: Vec<Document> = files
                .iter()
                .map(|file| document(file, url.as_deref()))
                .collect::<Result<_, _>>()?;
            startup::train(config, documents).await?;
            println!("Trained on {} pages.", files.len());
            Ok(())
        }
        Command::Doctor {
            conversation,
            agent,
            config,
        } => {
            let config = read(config)?;
            print!("{}", startup::doctor(config, conversation, agent).await?);
            Ok(())
        }
        Command::Demo { config } => {
            let config = demo::config(read(config)?)?;
            let running = startup::start(config, Purpose::Demo).await?;
            tell(&demo::greeting(&running.url()));
            until_told_to_stop(running).await
        }
    }
}

/// Asks for a password at a terminal, where it does not show; else reads it from the first line.
fn password(email: &str) -> anyhow::Result<String> {
    let prompt = format!("Password for {email} (15 characters at least): ");
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(prompt).context("reading the password");
    }
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

fn read(file: Option<PathBuf>) -> anyhow::Result<Config> {
    let config = Config::load(file.as_deref())?;
    let filter = EnvFilter::try_new(&config.log.filter).context("log.filter")?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    Ok(config)
}

/// A file as a page of content.
fn document(file: &Path, url: Option<&str>) -> anyhow::Result<Document> {
    let markdown =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let url = url.map(|url| format!("{}/{name}", url.trim_end_matches('/')));
    Ok(Document { url, markdown })
}

fn greet(running: &Running) {
    let url = running.url();
    match &running.setup_token {
        Some(token) => tell(&format!(
            "Baton is ready to be set up.\n\n  Open   {url}/setup\n  Token  {token}\n\n\
             The token works once and until the next start."
        )),
        None => tell(&format!("Baton is ready: {url}/inbox")),
    }
}

/// Says something to whoever started the server. It serves all the same when nobody listens any
/// more, and the output is a closed pipe.
fn tell(text: &str) {
    let _nobody_listens = writeln!(std::io::stdout(), "{text}");
}

async fn until_told_to_stop(mut running: Running) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = running.ended() => return ended,
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}
