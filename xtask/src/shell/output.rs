//! The output of a running program, line by line.

use std::io::{BufRead, BufReader, PipeReader, pipe};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::interrupt;

const PATIENCE: Duration = Duration::from_millis(200);
/// How long to wait for the end of the output once the program itself has ended.
const GRACE: Duration = Duration::from_secs(1);

pub(super) struct Output {
    name: String,
    child: Child,
    lines: Receiver<String>,
    ended: Option<(ExitStatus, Instant)>,
}

pub(super) enum Line {
    Text(String),
    /// Nothing came for a moment.
    Nothing,
    End,
}

impl Output {
    /// Starts the program in a process group of its own, so that an interrupt can stop all of it.
    pub(super) fn of(mut command: Command) -> Result<Self> {
        interrupt::wait_if_stopping();
        let name = describe(&command);
        let (reader, writer) = pipe().context("open a pipe")?;
        // One pipe for both keeps errors in their place between the other lines.
        command
            .stdin(Stdio::null())
            .stderr(writer.try_clone()?)
            .stdout(writer)
            .process_group(0);
        let child = command.spawn().with_context(|| format!("start {name}"))?;
        interrupt::started(child.id());
        // The command holds our copies of the pipe; while they live the output has no end.
        drop(command);
        let (sender, lines) = sync_channel(256);
        thread::spawn(move || read(reader, &sender));
        Ok(Self {
            name,
            child,
            lines,
            ended: None,
        })
    }

    pub(super) fn next(&mut self) -> Line {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => Line::Text(line),
            Err(RecvTimeoutError::Disconnected) => Line::End,
            Err(RecvTimeoutError::Timeout) => self.look_for_the_end(),
        }
    }

    /// A grandchild left behind may hold the pipe open for ever; it must not hold up the task.
    fn look_for_the_end(&mut self) -> Line {
        if self.ended.is_none()
            && let Ok(Some(status)) = self.child.try_wait()
        {
            self.ended = Some((status, Instant::now()));
        }
        match self.ended {
            Some((_, since)) if since.elapsed() > GRACE => Line::End,
            _ => Line::Nothing,
        }
    }

    /// The end of the program: an error unless it went well.
    pub(super) fn status(mut self) -> Result<()> {
        let status = match self.ended {
            Some((status, _)) => status,
            None => self
                .child
                .wait()
                .with_context(|| format!("wait for {}", self.name))?,
        };
        interrupt::ended();
        if !status.success() {
            bail!("{} ended with {status}", self.name);
        }
        Ok(())
    }
}

fn read(reader: PipeReader, sender: &SyncSender<String>) {
    let mut reader = BufReader::new(reader);
    let mut bytes = Vec::new();
    while reader
        .read_until(b'\n', &mut bytes)
        .is_ok_and(|count| count > 0)
    {
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        bytes.clear();
        if sender.send(line).is_err() {
            return;
        }
    }
}

fn describe(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or_default();
    let mut text = format!("`{program}");
    for argument in command.get_args().take(8) {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text.push('`');
    text
}
