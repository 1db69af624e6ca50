//! Progress on the screen: one line per step with its time, and the output of a step that fails.

use std::io::{IsTerminal, Write, stderr};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::colour::without_colour;
use super::output::{Line, Output};

/// How often a step without a terminal says that it is still at work.
const BEAT: Duration = Duration::from_secs(30);
const FIRST_BEAT: Duration = Duration::from_secs(2);
/// Longer status lines would wrap in a narrow terminal and stay there.
const STATUS_WIDTH: usize = 78;

/// One step of a task, shown as one line.
pub(crate) struct Step {
    name: String,
    live: bool,
    started: Instant,
    last_beat: Instant,
    beat: Duration,
    log: Vec<String>,
    remark: Option<String>,
}

/// Runs a step whose output is shown only when it fails.
pub(crate) fn step<T>(name: &str, work: impl FnOnce(&mut Step) -> Result<T>) -> Result<T> {
    Step::new(name, false).play(work)
}

/// Runs a step whose output is shown as it comes.
pub(crate) fn live_step<T>(name: &str, work: impl FnOnce(&mut Step) -> Result<T>) -> Result<T> {
    Step::new(name, true).play(work)
}

/// A line of information between steps.
pub(crate) fn note(text: &str) {
    eprintln!("  {text}");
}

impl Step {
    fn new(name: &str, live: bool) -> Self {
        let now = Instant::now();
        let log = Vec::new();
        Self {
            name: name.to_owned(),
            live,
            started: now,
            last_beat: now,
            beat: FIRST_BEAT,
            log,
            remark: None,
        }
    }

    fn play<T>(mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.live {
            eprintln!("\n── {}", self.name);
        } else if stderr().is_terminal() {
            self.show_status("");
        }
        let result = work(&mut self);
        self.finish(result.is_ok());
        result
    }

    /// What to say behind the step's name when it is done, such as "up to date".
    pub(crate) fn remark(&mut self, remark: impl Into<String>) {
        self.remark = Some(remark.into());
    }

    /// Runs a program to its end; a failing exit status is an error.
    pub(crate) fn run(&mut self, command: Command) -> Result<()> {
        self.run_watching(command, &mut |_| {})
    }

    /// The same, with each line of output shown to `watch`.
    pub(crate) fn run_watching(
        &mut self,
        command: Command,
        watch: &mut dyn FnMut(&str),
    ) -> Result<()> {
        let mut output = Output::of(command)?;
        loop {
            match output.next() {
                Line::Text(line) => {
                    watch(&line);
                    self.show(line);
                }
                Line::Nothing => self.tick(),
                Line::End => return output.status(),
            }
        }
    }

    fn show(&mut self, line: String) {
        if self.live {
            eprintln!("{line}");
        } else {
            self.log.push(line);
            self.tick();
        }
    }

    /// Keeps the waiting user informed.
    fn tick(&mut self) {
        if stderr().is_terminal() && !self.live {
            let last = self.log.last().map_or("", |line| line.trim());
            // A line cut off within a colour would paint the screen.
            self.show_status(&without_colour(last));
        } else if !self.live && self.last_beat.elapsed() >= self.beat {
            // The first sign comes soon, the next ones only remind.
            (self.last_beat, self.beat) = (Instant::now(), BEAT);
            let last = self.log.last().map_or("", |line| line.trim());
            eprintln!(
                "    {} {} {last}",
                self.name,
                seconds(self.started.elapsed())
            );
        }
    }

    fn show_status(&self, last: &str) {
        let line = format!(
            "  … {} {}  {last}",
            self.name,
            seconds(self.started.elapsed())
        );
        let line: String = line.chars().take(STATUS_WIDTH).collect();
        eprint!("\r\x1b[K{line}");
        // A status that does not reach the screen is no reason to stop.
        let _shown = stderr().flush();
    }

    fn finish(&self, good: bool) {
        if stderr().is_terminal() && !self.live {
            eprint!("\r\x1b[K");
        }
        if !good && !self.live {
            for line in &self.log {
                eprintln!("    {line}");
            }
        }
        let mark = if good { '✓' } else { '✗' };
        let time = seconds(self.started.elapsed());
        let remark = self
            .remark
            .as_ref()
            .map(|text| format!(", {text}"))
            .unwrap_or_default();
        eprintln!("  {mark} {} ({time}{remark})", self.name);
    }
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        whole @ 60.. => format!("{} min {:02} s", whole / 60, whole % 60),
        10..60 => format!("{} s", time.as_secs()),
        _ => format!("{:.1} s", time.as_secs_f32()),
    }
}
