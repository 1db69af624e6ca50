//! A disk on which the power is cut and which runs full, at the moments that a gate orders.
//!
//! What is written reaches the file at once, so that everybody reads it, and is noted until the
//! file is synced. When the power is cut, everything since is undone and a random part of it done
//! again, cut into sectors; then the process is gone.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use self::splitmix::SplitMix;

#[path = "../../../load/src/splitmix.rs"]
mod splitmix;

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Names the file in which the gate orders: `cut SEED AFTER` or `full SEED AFTER`, where `AFTER` is
/// how many writes and syncs still go well.
const ORDERS: &str = "BATON_DISK";

static DISK: OnceLock<Option<Mutex<Disk>>> = OnceLock::new();

/// The disk, when the gate wants one.
pub(super) fn disk() -> Option<MutexGuard<'static, Disk>> {
    let disk = DISK.get_or_init(|| {
        let orders = std::env::var_os(ORDERS)?;
        Some(Mutex::new(Disk::new(orders.into())))
    });
    let disk = disk.as_ref()?.lock();
    Some(disk.unwrap_or_else(PoisonError::into_inner))
}

/// How a write or sync goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Well,
    /// There is no room; so many bytes still fitted.
    NoRoom {
        fitted: usize,
    },
    Broken,
}

pub(super) struct Disk {
    orders: PathBuf,
    order: Order,
    /// As it was read.
    text: String,
    chance: SplitMix,
    files: HashMap<PathBuf, Unsynced>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    None,
    Cut { after: u64 },
    Full { after: u64, told: bool },
}

/// A file and what was done to it since its last sync.
struct Unsynced {
    file: File,
    synced_length: u64,
    /// What stood there before, newest last.
    before: Vec<(u64, Vec<u8>)>,
    steps: Vec<Step>,
}

enum Step {
    Write(u64, Vec<u8>),
    Truncate(u64),
}

impl Disk {
    fn new(orders: PathBuf) -> Self {
        Self {
            orders,
            order: Order::None,
            text: String::new(),
            chance: SplitMix(0),
            files: HashMap::new(),
        }
    }

    /// A file was opened; what it holds now counts as synced unless it is known.
    pub(super) fn opened(&mut self, path: &Path) {
        if self.files.contains_key(path) {
            return;
        }
        // Kept open: to close it would give up the locks of whoever else has it open.
        let Ok(file) = OpenOptions::new().read(true).write(true).open(path) else {
            return;
        };
        let synced_length = length(&file);
        let unsynced = Unsynced {
            file,
            synced_length,
            before: Vec::new(),
            steps: Vec::new(),
        };
        self.files.insert(path.to_owned(), unsynced);
    }

    /// A file was deleted.
    pub(super) fn deleted(&mut self, path: &Path) {
        self.files.remove(path);
    }

    /// Something is about to be written. When it fits in part only, that part is written here.
    pub(super) fn writes(&mut self, path: &Path, offset: u64, bytes: &[u8]) -> Fate {
        let Some(unsynced) = self.files.get_mut(path) else {
            return Fate::Well;
        };
        unsynced.keep(offset, bytes.len());
        let step = Step::Write(offset, bytes.to_vec());
        unsynced.steps.push(step);
        let fate = self.fate(bytes.len());
        if let (Fate::NoRoom { fitted }, Some(unsynced)) = (fate, self.files.get_mut(path)) {
            unsynced.steps.pop();
            let some = bytes[..fitted].to_vec();
            // What could not be written was refused in any case.
            let _ = unsynced.file.write_all_at(&some, offset);
            unsynced.steps.push(Step::Write(offset, some));
        }
        fate
    }

    /// A file is about to be cut to a length.
    pub(super) fn truncates(&mut self, path: &Path, to: u64) -> Fate {
        let Some(unsynced) = self.files.get_mut(path) else {
            return Fate::Well;
        };
        let length = length(&unsynced.file);
        if let Some(rest) = length.checked_sub(to) {
            unsynced.keep(to, usize::try_from(rest).unwrap_or(0));
        }
        unsynced.steps.push(Step::Truncate(to));
        self.fate(0)
    }

    /// A file is about to be synced.
    pub(super) fn syncs(&mut self, path: &Path) -> Fate {
        if self.files.contains_key(path) {
            self.fate(0)
        } else {
            Fate::Well
        }
    }

    /// A file was synced: nothing of it is lost any more.
    pub(super) fn synced(&mut self, path: &Path) {
        if let Some(unsynced) = self.files.get_mut(path) {
            unsynced.before.clear();
            unsynced.steps.clear();
            unsynced.synced_length = length(&unsynced.file);
        }
    }

    fn fate(&mut self, bytes: usize) -> Fate {
        self.read_orders();
        match &mut self.order {
            Order::None => Fate::Well,
            Order::Cut { after: 0 } => self.cut(),
            Order::Full { after: 0, told } => {
                if !std::mem::replace(told, true) {
                    say("disk full");
                }
                match self.below(4) {
                    0 => Fate::Broken,
                    _ => Fate::NoRoom {
                        fitted: self.below(bytes + 1),
                    },
                }
            }
            Order::Cut { after } | Order::Full { after, .. } => {
                *after -= 1;
                Fate::Well
            }
        }
    }

    fn read_orders(&mut self) {
        let text = std::fs::read_to_string(&self.orders).unwrap_or_default();
        if text == self.text {
            return;
        }
        let mut words = text.split_whitespace();
        let verb = words.next().unwrap_or_default();
        let mut numbers = words.filter_map(|word| word.parse::<u64>().ok());
        self.chance = SplitMix(numbers.next().unwrap_or(0));
        let after = numbers.next();
        self.order = match (verb, after) {
            ("cut", Some(after)) => Order::Cut { after },
            ("full", Some(after)) => Order::Full { after, told: false },
            _ => Order::None,
        };
        self.text = text;
    }

    /// The power is gone, and with it this process.
    fn cut(&mut self) -> ! {
        let mut files = std::mem::take(&mut self.files);
        // Half of the time nothing stays of what was not synced, as when it never left memory.
        let all = self.below(2) == 0;
        for unsynced in files.values_mut() {
            unsynced.undo();
            for step in std::mem::take(&mut unsynced.steps) {
                if !all {
                    self.half_do(&unsynced.file, &step);
                }
            }
        }
        say("power cut");
        let me = rustix::process::getpid();
        let _ = rustix::process::kill_process(me, rustix::process::Signal::KILL);
        std::process::abort();
    }

    /// Does a step wholly, not at all, or some sectors of it.
    fn half_do(&mut self, file: &File, step: &Step) {
        let how = self.below(3);
        match step {
            _ if how == 0 => {}
            Step::Truncate(to) => {
                let _ = file.set_len(*to);
            }
            Step::Write(offset, bytes) => {
                for (number, sector) in bytes.chunks(SECTOR).enumerate() {
                    if how == 1 || self.below(2) == 0 {
                        let at = offset + (number * SECTOR) as u64;
                        let _ = file.write_all_at(sector, at);
                    }
                }
            }
        }
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.chance.below(end as u64)).unwrap_or(0)
    }
}

impl Unsynced {
    /// Notes what stands in a place before something else is written there.
    fn keep(&mut self, offset: u64, bytes: usize) {
        let there = length(&self.file).saturating_sub(offset);
        let mut old = vec![0; bytes.min(usize::try_from(there).unwrap_or(bytes))];
        if self.file.read_exact_at(&mut old, offset).is_ok() {
            self.before.push((offset, old));
        }
    }

    /// Everything is as it was synced.
    fn undo(&mut self) {
        for (offset, old) in self.before.drain(..).rev() {
            let _ = self.file.write_all_at(&old, offset);
        }
        let _ = self.file.set_len(self.synced_length);
    }
}

fn length(file: &File) -> u64 {
    file.metadata().map_or(0, |metadata| metadata.len())
}

/// Tells the gate.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
