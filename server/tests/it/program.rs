//! The program itself, as an operator runs it: what it logs, and how it asks for a password.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

use crate::actors::TestDesk;

const BATON: &str = env!("CARGO_BIN_EXE_baton");
const PASSWORD: &str = "a rowing boat at noon";

fn user_create(desk: &TestDesk, program: &mut Command) {
    let create = [
        "user",
        "create",
        "--name",
        "Pia",
        "--email",
        "pia@example.org",
    ];
    program.args(create).envs(desk.environment());
}

#[tokio::test]
async fn a_password_comes_through_a_pipe() {
    let desk = TestDesk::start().await;
    let mut program = Command::new(BATON);
    user_create(&desk, &mut program);
    let mut running = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = running.stdin.take().unwrap();
    writeln!(stdin, "{PASSWORD}").unwrap();
    drop(stdin);
    let done = running.wait_with_output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(desk.lets_in("pia@example.org", PASSWORD).await);
}

#[tokio::test]
async fn a_password_that_is_typed_does_not_show() {
    let desk = TestDesk::start().await;
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let flags = OFlags::RDWR | OFlags::NOCTTY;
    let inner = rustix::fs::open(&*name, flags, Mode::empty()).unwrap();
    assert!(
        shows(&inner),
        "a terminal shows what is typed until it is told not to"
    );
    let inner = File::from(inner);

    // The terminal is the program's own, as after a login.
    let mut program = Command::new("setsid");
    program.args(["--ctty", "--wait", BATON]);
    user_create(&desk, &mut program);
    let mut running = program
        .stdin(inner.try_clone().unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It keeps the terminal open as well.
    drop(program);
    let asked = Instant::now();
    while shows(&inner) {
        assert!(
            asked.elapsed() < Duration::from_secs(20),
            "it shows what is typed"
        );
        assert_eq!(None, running.try_wait().unwrap(), "it did not ask");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut outer = File::from(terminal);
    writeln!(outer, "{PASSWORD}").unwrap();
    let done = loop {
        if let Some(done) = running.try_wait().unwrap() {
            break done;
        }
        assert!(asked.elapsed() < Duration::from_secs(40), "it does not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(done.success(), "{done}");
    drop(inner);

    let mut shown = Vec::new();
    // Reading a terminal whose other end is closed fails behind its last byte.
    let _ = outer.read_to_end(&mut shown);
    let shown = String::from_utf8_lossy(&shown);
    assert!(shown.contains("Password for pia@example.org"), "{shown:?}");
    assert!(!shown.contains(PASSWORD), "{shown:?}");
    assert!(desk.lets_in("pia@example.org", PASSWORD).await);
}

fn shows(terminal: impl std::os::fd::AsFd) -> bool {
    let modes = tcgetattr(terminal).unwrap().local_modes;
    modes.contains(LocalModes::ECHO)
}

/// `baton serve` on an empty folder, ended when it is dropped.
struct Served {
    program: Child,
    /// Host and port.
    address: String,
}

impl Served {
    fn start(folder: &Path) -> Self {
        let mut program = Command::new(BATON)
            .arg("serve")
            .env("BATON__DATA__FOLDER", folder)
            .env("BATON__SERVER__LISTEN", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(program.stdout.take().unwrap());
        let mut lines = stdout.lines().map(Result::unwrap);
        let address = lines.find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            Some(rest.split('/').next()?.to_owned())
        });
        Self {
            program,
            address: address.expect("it says where it is"),
        }
    }

    /// Ends it and returns all that it logged.
    fn logged(mut self) -> String {
        self.program.kill().unwrap();
        let mut logged = String::new();
        let mut stderr = self.program.stderr.take().unwrap();
        stderr.read_to_string(&mut logged).unwrap();
        logged
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _gone = self.program.kill();
        let _over = self.program.wait();
    }
}

#[test]
fn a_form_that_is_abandoned_is_no_error_of_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path());
    let address = &served.address;
    let head = format!(
        "POST /pages/sign_in HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nform[email]="
    );
    for _ in 0..3 {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        drop(stream);
    }
    std::thread::sleep(Duration::from_millis(300));
    let logged = served.logged();
    assert!(!logged.contains("ERROR"), "{logged}");
}

#[test]
fn asking_in_the_wrong_folder_says_so_and_leaves_nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Command::new(BATON)
        .arg("doctor")
        .env("BATON__DATA__FOLDER", folder.path())
        .output()
        .unwrap();
    assert!(!asked.status.success());
    let said = String::from_utf8_lossy(&asked.stderr).into_owned();
    assert!(said.contains("there is no database in"), "{said}");
    assert_eq!(0, folder.path().read_dir().unwrap().count());
}
