//! Ctrl-C, SIGTERM and a closed terminal: stop what was started, then leave.

use std::iter;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::postgres;

static STOPPING: AtomicBool = AtomicBool::new(false);
static RUNNING: Mutex<Option<Pid>> = Mutex::new(None);

/// Stops the running program's whole process group and the throw-away database on an interrupt.
pub(crate) fn listen_for_interrupts() -> Result<()> {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        stop_running();
        postgres::stop();
        eprintln!("\nstopped");
        std::process::exit(130);
    })
    .context("listen for Ctrl-C")
}

/// Remembers which process group an interrupt has to stop.
pub(super) fn started(group: u32) {
    let group = i32::try_from(group).ok().map(Pid::from_raw);
    *RUNNING.lock().expect("no panic while held") = group;
}

/// Forgets the group, since it ended by itself.
/// Does not return while an interrupt is being handled: the program's end is then no news.
pub(super) fn ended() {
    wait_if_stopping();
    *RUNNING.lock().expect("no panic while held") = None;
}

/// Keeps a new program from starting behind the back of a running interrupt.
pub(super) fn wait_if_stopping() {
    while STOPPING.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(50));
    }
}

fn stop_running() {
    let Some(group) = *RUNNING.lock().expect("no panic while held") else {
        return;
    };
    // The same signal as Ctrl-C first: Playwright closes its browsers on it.
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGKILL] {
        // An error says that the group is gone.
        for question in iter::once(Some(signal)).chain(iter::repeat_n(None, 20)) {
            if killpg(group, question).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}
