//! A throw-away PostgreSQL server for the stories: its own user, folder and port, gone afterwards.

use std::env;
use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, User};
use tempfile::TempDir;

use crate::place::Place;
use crate::shell::{self, Step};

const FOLDER: &str = "baton-postgres-";
const PATIENCE: Duration = Duration::from_secs(30);

/// The server, which an interrupt has to stop as well as the end of the tests.
static RUNNING: Mutex<Option<Server>> = Mutex::new(None);

struct Server {
    child: Child,
    folder: TempDir,
}

/// A running server; dropping it stops the server and removes its folder.
pub(crate) struct Postgres {
    pub(crate) url: String,
}

/// Starts a server with the programs in `bin`. Durability stays on: it is what stories are about.
pub(crate) fn start(place: &Place, step: &mut Step, bin: &Path) -> Result<Postgres> {
    remove_left_behind();
    let prefix = format!("{FOLDER}{}-", std::process::id());
    let folder = tempfile::Builder::new()
        .prefix(&prefix)
        .tempdir()
        .context("make PostgreSQL's folder")?;
    let owner = owner()?;
    if let Some(owner) = &owner {
        chown(
            folder.path(),
            Some(owner.uid.as_raw()),
            Some(owner.gid.as_raw()),
        )
        .context("give PostgreSQL its folder")?;
    }
    let data = folder.path().join("data");
    let mut init = as_owner(place.command(bin.join("initdb")), owner.as_ref());
    init.args([
        "--username=baton",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    init.arg("-D").arg(&data);
    step.run(init)?;

    let port = free_port()?;
    let log = folder.path().join("log");
    let child = serve(place, bin, folder.path(), port, owner.as_ref())?;
    *RUNNING.lock().expect("no panic while held") = Some(Server { child, folder });
    // From here on the guard cleans up, whatever happens.
    let server = Postgres {
        url: format!("postgres://baton@127.0.0.1:{port}/postgres"),
    };
    wait_until_ready(&data, &log)?;
    Ok(server)
}

/// Stops the server, if one runs. May be called by an interrupt and by the guard alike.
pub(crate) fn stop() {
    let Some(mut server) = RUNNING.lock().expect("no panic while held").take() else {
        return;
    };
    let pid = i32::try_from(server.child.id()).ok().map(Pid::from_raw);
    // Fast shutdown, then immediate shutdown; the data is thrown away in any case.
    for signal in [Signal::SIGINT, Signal::SIGQUIT] {
        let asked = pid.is_some_and(|pid| kill(pid, signal).is_ok());
        let deadline = Instant::now() + Duration::from_secs(10);
        while asked && Instant::now() < deadline {
            if !matches!(server.child.try_wait(), Ok(None)) {
                // A folder that stays in the temporary folder harms nobody.
                let _removed = server.folder.close();
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
    eprintln!(
        "PostgreSQL did not stop; its folder is {}",
        server.folder.keep().display()
    );
}

impl Drop for Postgres {
    fn drop(&mut self) {
        stop();
    }
}

fn serve(
    place: &Place,
    bin: &Path,
    folder: &Path,
    port: u16,
    owner: Option<&User>,
) -> Result<Child> {
    // The kernel stops the server even when this process is killed and cannot do it.
    let mut command = match place.program("setpriv") {
        Some(setpriv) => {
            let mut command = place.command(setpriv);
            command
                .args(["--pdeathsig", "INT", "--"])
                .arg(bin.join("postgres"));
            command
        }
        None => place.command(bin.join("postgres")),
    };
    let log = File::create(folder.join("log")).context("make PostgreSQL's log")?;
    command
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder);
    command.args([
        "-h",
        "127.0.0.1",
        "-p",
        &port.to_string(),
        "-c",
        "max_connections=300",
    ]);
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .process_group(0);
    as_owner(command, owner).spawn().context("start PostgreSQL")
}

/// PostgreSQL refuses to run as root; another user does it then.
fn owner() -> Result<Option<User>> {
    if !shell::is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let Some(user) = User::from_name(name).context("look up a user for PostgreSQL")? {
            return Ok(Some(user));
        }
    }
    bail!("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`")
}

fn as_owner(mut command: Command, owner: Option<&User>) -> Command {
    // The owner may not be allowed into the checkout.
    command.current_dir("/").env("LC_ALL", "C");
    if let Some(owner) = owner {
        command.uid(owner.uid.as_raw()).gid(owner.gid.as_raw());
    }
    command
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("look for a free port")?;
    Ok(listener.local_addr()?.port())
}

/// The server writes its state as the last line of its lock file.
fn wait_until_ready(data: &Path, log: &Path) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let state = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        if state
            .lines()
            .last()
            .is_some_and(|line| line.trim() == "ready")
        {
            return Ok(());
        }
        let ended = RUNNING
            .lock()
            .expect("no panic while held")
            .as_mut()
            .is_none_or(|server| !matches!(server.child.try_wait(), Ok(None)));
        if ended || Instant::now() > deadline {
            bail!(
                "PostgreSQL did not start:\n{}",
                fs::read_to_string(log).unwrap_or_default()
            );
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Folders of runs that were killed.
fn remove_left_behind() {
    for entry in fs::read_dir(env::temp_dir())
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let run = name
            .strip_prefix(FOLDER)
            .and_then(|rest| rest.split('-').next()?.parse().ok());
        if run.is_some_and(|pid| kill(Pid::from_raw(pid), None).is_err()) {
            // It may be another user's, who will remove it.
            let _removed = fs::remove_dir_all(entry.path());
        }
    }
}
