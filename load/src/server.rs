//! A real server of one gate's own: started, killed, stopped and started again on the same data.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use crate::bench::cpu::{self, Core};
use crate::chance::Chance;
use crate::database::{Database, Kind};

/// Longer than the slowest start on a busy machine.
const START: Duration = Duration::from_secs(30);
/// Far longer than a server may take to stop.
const STOP: Duration = Duration::from_secs(30);
/// Lines of the log that are kept for whoever looks for a cause.
const LOG: usize = 400;
/// What PostgreSQL says, and the server logs, when BEGIN comes within a transaction.
const NESTED: &str = "already a transaction in progress";
/// How the build for gates tells how many statements the database was asked.
const STATEMENTS: &str = "statements ";
/// What it says when the first write did not fit.
const FULL: &str = "disk full";

/// Where a server listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Address(pub(crate) SocketAddr);

impl Address {
    pub(crate) fn url(self) -> String {
        format!("http://{}", self.0)
    }
}

/// A server, running or not, with its data.
pub(crate) struct Server {
    program: PathBuf,
    pub(crate) address: Address,
    pub(crate) database: Database,
    pub(crate) folder: TempDir,
    settings: Vec<(String, String)>,
    child: Option<Child>,
    said: Arc<Said>,
    core: Core,
}

/// What a server printed and logged.
#[derive(Default)]
struct Said {
    log: Mutex<Vec<String>>,
    panics: AtomicU64,
    nested: AtomicU64,
    statements: AtomicU64,
    /// How often their number was told.
    counts: AtomicU64,
    full: AtomicU64,
}

impl Said {
    fn keep(&self, line: String) {
        if line.contains("panicked at") {
            self.panics.fetch_add(1, Ordering::SeqCst);
        }
        if line.contains(NESTED) {
            self.nested.fetch_add(1, Ordering::SeqCst);
        }
        if line == FULL {
            self.full.fetch_add(1, Ordering::SeqCst);
        }
        if let Some(count) = line.strip_prefix(STATEMENTS) {
            let count = count.parse().unwrap_or(0);
            self.statements.store(count, Ordering::SeqCst);
            self.counts.fetch_add(1, Ordering::SeqCst);
            return;
        }
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() >= LOG {
            log.remove(0);
        }
        log.push(line);
    }
}

/// What a first start printed.
pub(crate) struct Ready {
    pub(crate) setup_token: Option<String>,
    pub(crate) took: Duration,
}

impl Server {
    /// A server with nothing in its folder and database, not started.
    pub(crate) async fn new(
        program: &Path,
        kind: &Kind,
        fault: Option<&str>,
        chance: &mut Chance,
    ) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("baton-gate-").tempdir()?;
        let database = Database::fresh(kind, folder.path()).await?;
        let mut server = Self {
            program: program.to_owned(),
            address: free_address(chance)?,
            database,
            folder,
            settings: Vec::new(),
            child: None,
            said: Arc::default(),
            core: Core::Any,
        };
        let folder = server.folder.path().display().to_string();
        server.set("BATON__SERVER__LISTEN", &server.address.0.to_string());
        server.set("BATON__DATA__FOLDER", &folder);
        server.set("BATON__DATABASE__URL", &server.database.setting());
        // Gates type faster than people; what limits do is for other tests.
        for limit in [
            "VISITS_PER_MINUTE",
            "STARTS_PER_MINUTE",
            "STARTS_PER_MINUTE_PER_ADDRESS",
            "VISITOR_COMMANDS_PER_10S",
            "AGENT_COMMANDS_PER_10S",
            "SIGN_INS_PER_MINUTE",
            "SIGN_INS_PER_MINUTE_PER_ADDRESS",
            "SIGN_INS_PER_MINUTE_PER_ACCOUNT",
        ] {
            server.set(&format!("BATON__LIMITS__{limit}"), "1000000");
        }
        for limit in ["NEW_VISITORS_PER_MINUTE", "MESSAGES_PER_MINUTE"] {
            server.set(&format!("BATON__ATTACK__{limit}"), "10000000");
        }
        // All clients have one address.
        for limit in [
            "CONNECTIONS",
            "CONNECTIONS_PER_ADDRESS",
            "REQUESTS",
            "REQUESTS_PER_ADDRESS",
        ] {
            server.set(&format!("BATON__LIMITS__{limit}"), "15000");
        }
        if let Some(fault) = fault {
            server.set("BATON_FAULT", fault);
        }
        Ok(server)
    }

    /// Sets a variable of the environment in which it starts.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Puts it on a core, from its next start on.
    pub(crate) fn run_on(&mut self, core: Core) {
        self.core = core;
    }

    /// The number of its process.
    pub(crate) fn pid(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }

    /// Starts it and waits until it is ready.
    pub(crate) async fn start(&mut self) -> Result<Ready> {
        let began = Instant::now();
        let mut child = self.command().arg("serve").stdin(Stdio::null()).spawn()?;
        let (told, mut ready) = watch::channel(Vec::new());
        let out = child.stdout.take().context("its output")?;
        let err = child.stderr.take().context("its log")?;
        tokio::spawn(listen(out, self.said.clone(), Some(told)));
        tokio::spawn(listen(err, self.said.clone(), None));
        self.child = Some(child);
        let printed = tokio::time::timeout(START, async {
            let is_ready = |lines: &Vec<String>| {
                let first = lines.iter().any(|line| line.contains("to be set up"));
                let token = lines.iter().any(|line| line.contains("Token"));
                lines.iter().any(|line| line.contains("is ready")) && (token || !first)
            };
            anyhow::Ok(ready.wait_for(is_ready).await?.clone())
        });
        let printed = match printed.await {
            Ok(Ok(printed)) => printed,
            _ => bail!("the server did not start:\n{}", self.log()),
        };
        let token = printed
            .iter()
            .find_map(|line| line.trim().strip_prefix("Token"));
        Ok(Ready {
            setup_token: token.map(|token| token.trim().to_owned()),
            took: began.elapsed(),
        })
    }

    /// Runs another command of the program beside it, with a line on its standard input.
    pub(crate) async fn also(&self, args: &[&str], input: &str) -> Result<()> {
        let mut child = self.command().args(args).stdin(Stdio::piped()).spawn()?;
        let mut stdin = child.stdin.take().context("its input")?;
        stdin.write_all(format!("{input}\n").as_bytes()).await?;
        drop(stdin);
        let done = child.wait_with_output().await?;
        let said = String::from_utf8_lossy(&done.stderr);
        anyhow::ensure!(done.status.success(), "{args:?}: {said}");
        Ok(())
    }

    /// Ends it without a word, as a power switch does to a process.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// Asks it to stop, as a service manager does; how long it took, and whether it ended well.
    pub(crate) async fn stop(&mut self) -> Result<(Duration, bool)> {
        let began = Instant::now();
        let mut child = self.child.take().context("it does not run")?;
        if let Some(pid) = child.id() {
            kill(Pid::from_raw(i32::try_from(pid)?), Signal::SIGTERM)?;
        }
        match tokio::time::timeout(STOP, child.wait()).await {
            Ok(status) => Ok((began.elapsed(), status?.success())),
            Err(_) => {
                child.kill().await?;
                Ok((began.elapsed(), false))
            }
        }
    }

    /// Waits until it ended by itself; false when it still runs after a time.
    pub(crate) async fn ended(&mut self, patience: Duration) -> Result<bool> {
        let Some(child) = &mut self.child else {
            return Ok(true);
        };
        let ended = tokio::time::timeout(patience, child.wait()).await;
        if let Ok(status) = ended {
            status?;
            self.child = None;
            return Ok(true);
        }
        Ok(false)
    }

    /// Gives it a disk that fails as [`Self::order`] says, from its next start on.
    pub(crate) fn faulty_disk(&mut self) {
        let orders = self.orders().display().to_string();
        self.set("BATON_DISK", &orders);
    }

    /// Tells its disk what to do: `cut SEED AFTER` or `full SEED AFTER`, where `AFTER` is how many
    /// writes and syncs still go well; nothing to work as it should.
    pub(crate) fn order(&self, order: &str) -> Result<()> {
        // In one step, so that no half of it is read.
        let draft = self.folder.path().join("orders.new");
        std::fs::write(&draft, order)?;
        std::fs::rename(draft, self.orders())?;
        Ok(())
    }

    fn orders(&self) -> PathBuf {
        self.folder.path().join("orders")
    }

    /// How often its disk ran full.
    pub(crate) fn full(&self) -> u64 {
        self.said.full.load(Ordering::SeqCst)
    }

    /// The memory that it holds, in bytes.
    pub(crate) fn memory(&self) -> Option<u64> {
        let pid = self.child.as_ref().and_then(Child::id)?;
        let pages = std::fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
        let resident: u64 = pages.split(' ').nth(1)?.parse().ok()?;
        Some(resident * 4096)
    }

    /// How many files and sockets it holds open.
    pub(crate) fn open_files(&self) -> Option<u64> {
        let pid = self.child.as_ref().and_then(Child::id)?;
        let open = std::fs::read_dir(format!("/proc/{pid}/fd")).ok()?;
        u64::try_from(open.count()).ok()
    }

    /// The size of SQLite's log, in bytes; none on PostgreSQL.
    pub(crate) fn log_size(&self) -> Option<u64> {
        let log = self.folder.path().join("baton.db-wal");
        Some(std::fs::metadata(log).ok()?.len())
    }

    /// Statements that the database was asked, as of the last pause.
    pub(crate) fn statements(&self) -> u64 {
        self.said.statements.load(Ordering::SeqCst)
    }

    /// How often it told how many statements that were, which it does when it has nothing to do.
    pub(crate) fn counts(&self) -> u64 {
        self.said.counts.load(Ordering::SeqCst)
    }

    pub(crate) fn panics(&self) -> u64 {
        self.said.panics.load(Ordering::SeqCst)
    }

    /// How often a transaction began on a connection that somebody had left in one.
    pub(crate) fn nested(&self) -> u64 {
        self.said.nested.load(Ordering::SeqCst)
    }

    /// The end of what it printed and logged.
    pub(crate) fn log(&self) -> String {
        let log = self.said.log.lock();
        log.unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    /// Ends it for good.
    pub(crate) async fn remove(mut self) -> Result<()> {
        self.kill().await?;
        self.database.drop().await
    }

    fn command(&self) -> Command {
        let mut command = cpu::command(&self.program, self.core);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BATON") {
                command.env_remove(&name);
            }
        }
        let settings = self.settings.iter();
        command
            .envs(settings.map(|(name, value)| (name, value)))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

async fn listen(
    from: impl AsyncRead + Unpin,
    said: Arc<Said>,
    told: Option<watch::Sender<Vec<String>>>,
) {
    let mut lines = BufReader::new(from).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(told) = &told {
            told.send_modify(|lines| {
                // What it prints after its greeting is no greeting.
                if lines.len() < 20 && !line.starts_with(STATEMENTS) {
                    lines.push(line.clone());
                }
            });
        }
        said.keep(line);
    }
}

/// Below the range that outgoing connections take their ports from, so that it is still free after
/// a restart.
pub(crate) fn free_address(chance: &mut Chance) -> Result<Address> {
    for _ in 0..100 {
        let port = u16::try_from(20_000 + chance.below(12_000))?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return Ok(Address(address));
        }
    }
    bail!("no port is free")
}
