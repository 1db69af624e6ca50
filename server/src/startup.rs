//! Puts the server together, starts it, and stops it without losing anything.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use domain::Change;
use protocol::{ChatbotId, ConversationId, close};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::actions;
pub use crate::actions::add_agent::AgentForm;
pub use crate::actions::train::Document;
use crate::ai::{Embedded, Knowledge};
use crate::auth::password::Passwords;
use crate::auth::setup_token::SetupToken;
use crate::choices::Choices;
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::files::Files;
use crate::http::accept;
use crate::hub::Hub;
use crate::jobs::answers::{self, Answers};
use crate::jobs::arrivals::Arrivals;
use crate::jobs::attendance::Attendance;
use crate::jobs::deliveries::Deliveries;
use crate::jobs::holes;
use crate::jobs::prune;
use crate::jobs::queue_news::QueueNews;
use crate::jobs::routing::Routing;
use crate::jobs::timers::Timers;
use crate::limits::Limits;
use crate::location::Locations;
use crate::mail::Mailer;
use crate::open_files;
use crate::places::Places;
use crate::router::router;
use crate::store::{DatabaseUrl, OpenRun, Store};
use crate::wire::face::Faces;

pub(crate) const NO_WORKSPACE: &str = "there is no workspace yet; set it up in the browser first";
/// Connections that the system keeps until they are accepted. When thousands come back at once and find no
/// room, the system is silent, and each tries again only after seconds.
const AT_THE_DOOR: u32 = 4096;
/// Sockets are closed over this long, so that not all come back at once.
const CLOSING: Duration = Duration::from_secs(2);
/// Connections that are not gone by then are cut.
const DRAIN: Duration = Duration::from_secs(6);

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its clock, which tests turn.
    pub clock: Clock,
    /// The one-time setup token, while nobody has set the workspace up.
    pub setup_token: Option<String>,
    /// The chatbot on the demo's customer site.
    pub demo: Option<ChatbotId>,
    desk: Desk,
    jobs: Vec<JoinHandle<()>>,
    server: JoinHandle<()>,
}

/// Whether the server is a real one or the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Serve,
    Demo,
}

/// Starts the server and returns when it listens.
///
/// # Errors
/// What is wrong with the settings, the data folder, the database or the address.
pub async fn start(config: Config, purpose: Purpose) -> anyhow::Result<Running> {
    open_files::raise(&config.limits);
    let clock = Clock::default();
    let (desk, jobs) = open(config, &clock, Opened::ToServe).await?;
    let demo = match purpose {
        Purpose::Serve => None,
        Purpose::Demo => Some(crate::demo::seed(&desk).await?),
    };
    desk.store.all_gone().await?;
    let exists = desk.store.workspace_exists().await?;
    let setup_token = (!exists).then(|| desk.setup_token.issue());

    let listen = desk.config.server.listen;
    let listener = listen_on(listen).with_context(|| format!("listening on {listen}"))?;
    let address = listener.local_addr()?;
    let routes = router(desk.clone(), demo);
    let server = tokio::spawn(accept::serve(listener, routes, desk.clone()));
    Ok(Running {
        address,
        clock,
        setup_token,
        demo,
        desk,
        jobs,
        server,
    })
}

fn listen_on(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // A server that starts again takes the address of the one before.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(AT_THE_DOOR)
}

/// What the store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened {
    ToServe,
    /// Without jobs: a server may be running beside it, whose work that is.
    ForOneCommand,
}

/// Opens the store and, to serve, starts the jobs.
pub(crate) async fn open(
    config: Config,
    clock: &Clock,
    opened: Opened,
) -> anyhow::Result<(Desk, Vec<JoinHandle<()>>)> {
    let (faces, arrivals) = (Faces::default(), Arrivals::default());
    let attendance = Attendance::new(clock.clone());
    let hub = {
        let attendance = attendance.clone();
        let told = move |workspace, agent, left| attendance.left(workspace, agent, left);
        Hub::new(faces.clone(), Arc::new(told))
    };
    let (queue_news, routing) = (QueueNews::default(), Routing::default());
    let (timers, knowledge) = (Timers::default(), Knowledge::default());
    let (answers, answers_job) = answers::answers();
    let (mailer, deliveries) = (Mailer::open(&config)?, Deliveries::default());

    let store = {
        let news = News {
            hub: hub.clone(),
            queue_news: queue_news.clone(),
            routing: routing.clone(),
            timers: timers.clone(),
            answers,
        };
        let now = clock.clone();
        let on_commit = Arc::new(move |changes: Vec<Change>| {
            for change in &changes {
                news.tell(change);
            }
        });
        Store::open(
            &database_url(&config)?,
            Arc::new(move || now.now()),
            on_commit,
        )
        .await
        .context("opening the database")?
    };
    for (agent, name) in store.agent_names().await? {
        faces.insert(agent, &name);
    }
    let desk = Desk {
        limits: Arc::new(Limits::new(&config.limits, &config.attack)),
        places: Places::new(
            config.limits.connections,
            config.limits.connections_per_address,
        ),
        files: Files::open(&config, opened)?,
        locations: Locations::open(&config.location.database)?,
        playgrounds: crate::playground::Playgrounds::open(&config, opened)?,
        config: Arc::new(config),
        started: clock.now(),
        clock: clock.clone(),
        store,
        hub,
        faces,
        choices: Choices::default(),
        passwords: Passwords::new(),
        setup_token: Arc::new(SetupToken::default()),
        half_way: Arc::default(),
        knowledge,
        arrivals: arrivals.clone(),
        attendance: attendance.clone(),
        queue_news: queue_news.clone(),
        routing: routing.clone(),
        timers: timers.clone(),
        deliveries: deliveries.clone(),
        mailer,
        closing: CancellationToken::new(),
        connections: TaskTracker::new(),
    };
    if opened == Opened::ForOneCommand {
        return Ok((desk, Vec::new()));
    }
    desk.store.set_outlets(desk.mailer.is_some()).await?;
    let ai = Arc::new(Embedded::new(
        desk.knowledge.clone(),
        Arc::new(desk.store.clone()),
    ));
    let jobs = vec![
        tokio::spawn(answers_job.run(desk.clone(), ai)),
        tokio::spawn(queue_news.run(desk.clone())),
        tokio::spawn(routing.run(desk.clone())),
        tokio::spawn(timers.run(desk.clone())),
        tokio::spawn(deliveries.run(desk.clone())),
        tokio::spawn(arrivals.run(desk.clone())),
        tokio::spawn(attendance.run(desk.clone())),
        tokio::spawn(holes::run(desk.clone())),
        tokio::spawn(prune::run(desk.clone())),
    ];
    Ok((desk, jobs))
}

/// Who is told of what was committed.
struct News {
    hub: Hub,
    queue_news: QueueNews,
    routing: Routing,
    timers: Timers,
    answers: Answers,
}

impl News {
    /// What follows a commit. Called by the store's lane, in commit order; nothing here waits.
    fn tell(&self, change: &Change) {
        self.hub.publish(change);
        let conversation = &change.conversation;
        let workspace = conversation.workspace;
        if change.was != conversation.card_state()
            || change.asked_for_details != conversation.asks_for_details()
        {
            self.queue_news.changed(workspace);
        }
        self.routing.committed(change);
        if let Some(due_at) = conversation.due_at {
            self.timers.due_at(due_at);
        }
        if let Some(run) = change.run {
            let conversation = conversation.id;
            self.answers.asked(OpenRun {
                workspace,
                conversation,
                run,
                attempts: 0,
            });
        }
    }
}

/// PostgreSQL where the operator says so, else SQLite in the data folder.
fn database_url(config: &Config) -> anyhow::Result<DatabaseUrl> {
    if !config.database.url.is_empty() {
        return config.database.url.parse().context("database.url");
    }
    let folder = &config.data.folder;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("making the data folder {}", folder.display()))?;
    Ok(DatabaseUrl::Sqlite(config.data.database()))
}

/// Opens what is there already. Whoever asks in the wrong folder is told so, and finds nothing new
/// in it.
pub(crate) async fn open_existing(config: Config) -> anyhow::Result<Desk> {
    anyhow::ensure!(
        !config.database.url.is_empty() || config.data.database().exists(),
        "there is no database in {}; say where it is with BATON__DATA__FOLDER, or start the server once",
        config.data.folder.display()
    );
    let (desk, _) = open(config, &Clock::default(), Opened::ForOneCommand).await?;
    Ok(desk)
}

/// Adds an agent without serving: for the command line.
///
/// # Errors
/// When the database cannot be opened, and as [`Running::add_agent`].
pub async fn add_agent(config: Config, form: AgentForm) -> anyhow::Result<()> {
    let desk = open_existing(config).await?;
    let added = add_agent_to(&desk, form).await;
    desk.store.close().await;
    added
}

/// Replaces what the workspace's first chatbot knows, without serving: for the command line. A
/// server that runs meanwhile reads it after its next start.
///
/// # Errors
/// When the database cannot be opened or written, or there is no workspace yet.
pub async fn train(config: Config, documents: Vec<Document>) -> anyhow::Result<()> {
    let desk = open_existing(config).await?;
    let trained = train_first(&desk, documents).await;
    desk.store.close().await;
    trained
}

/// Says why chats did not reach their agents, without serving: for the command line. Agents are
/// there or not as the running server last kept it.
///
/// # Errors
/// When the database cannot be opened or read, and when what is asked for does not exist.
pub async fn doctor(
    config: Config,
    conversation: Option<ConversationId>,
    agent: Option<String>,
) -> anyhow::Result<String> {
    let desk = open_existing(config).await?;
    let report = actions::report::report(&desk, conversation, agent).await;
    desk.store.close().await;
    report
}

async fn train_first(desk: &Desk, documents: Vec<Document>) -> anyhow::Result<()> {
    let workspace = desk.store.first_workspace().await?;
    let workspace = workspace.context(NO_WORKSPACE)?.id;
    let chatbots = desk.store.chatbots(workspace).await?;
    let chatbot = chatbots.first().context("the workspace has no chatbot")?.id;
    actions::train::train(desk, workspace, chatbot, documents).await
}

async fn add_agent_to(desk: &Desk, form: AgentForm) -> anyhow::Result<()> {
    let workspace = desk.store.first_workspace().await?;
    let workspace = workspace.context(NO_WORKSPACE)?.id;
    let email = form.email.clone();
    anyhow::ensure!(
        actions::add_agent::add_agent(desk, workspace, form).await?,
        "somebody with the e-mail {email} is on the team already"
    );
    Ok(())
}

impl Running {
    /// The address for a browser on this machine.
    pub fn url(&self) -> String {
        let configured = self.desk.config.server.public_url.base();
        configured.unwrap_or_else(|| {
            let host = if self.address.ip().is_unspecified() {
                Ipv4Addr::LOCALHOST.into()
            } else {
                self.address.ip()
            };
            format!("http://{}", SocketAddr::new(host, self.address.port()))
        })
    }

    /// Waits until the server ends by itself, which only a failure makes it do.
    ///
    /// # Errors
    /// That failure.
    pub async fn ended(&mut self) -> anyhow::Result<()> {
        (&mut self.server).await?;
        Ok(())
    }

    /// Adds an agent to the workspace.
    ///
    /// # Errors
    /// When there is no workspace yet, a field is wrong or the e-mail is taken.
    pub async fn add_agent(&self, form: AgentForm) -> anyhow::Result<()> {
        add_agent_to(&self.desk, form).await
    }

    /// Takes nothing new, answers what was taken, tells everybody to come back, and ends.
    pub async fn stop(mut self) {
        let desk = &self.desk;
        desk.closing.cancel();
        desk.connections.close();
        // Defect: axum's own way to stop does not know sockets that were upgraded.
        if faults::on(Fault::NoRegistry) {
            return;
        }
        desk.hub.close_all(close::RESTART, CLOSING).await;
        let ending = async {
            desk.connections.wait().await;
            desk.deliveries.ended().await;
            (&mut self.server).await
        };
        if tokio::time::timeout(DRAIN, ending).await.is_err() {
            tracing::warn!(
                left = desk.connections.len(),
                "connections did not end in time"
            );
        }
        for job in &self.jobs {
            job.abort();
        }
        desk.store.close().await;
        self.server.abort();
    }
}
