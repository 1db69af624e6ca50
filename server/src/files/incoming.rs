//! A file on its way in: written to a place of its own, which is empty after every start.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use bytes::Bytes;
use futures::StreamExt as _;
use tokio::io::AsyncWriteExt as _;

use crate::random;
use crate::startup::Opened;

/// The folder of files on their way in.
pub(super) struct Incoming {
    folder: PathBuf,
}

/// A file that is here as a whole. It is gone when this is dropped.
pub(crate) struct Arrived {
    path: PathBuf,
    pub(crate) bytes: u64,
}

/// Why a file did not come as a whole.
#[derive(Debug)]
pub(crate) enum Broken {
    TooLarge,
    /// Whoever sent it went away, or was too slow.
    Off,
    Io(std::io::Error),
}

impl Incoming {
    /// Empties the folder, for a server: what is in it was on its way when an earlier run ended.
    pub(super) fn open(folder: &Path, opened: Opened) -> anyhow::Result<Self> {
        let making = || format!("emptying the folder of uploads {}", folder.display());
        if opened == Opened::ToServe && folder.exists() {
            std::fs::remove_dir_all(folder).with_context(making)?;
        }
        std::fs::create_dir_all(folder).with_context(making)?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Writes what comes to a file, up to a limit.
    pub(super) async fn take_in<S, E>(&self, mut pieces: S, limit: u64) -> Result<Arrived, Broken>
    where
        S: futures::Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let name = u128::from_be_bytes(random::bytes::<16>());
        let path = self.folder.join(format!("{name:032x}"));
        // Dropped with this future, whenever that is: then the file goes too.
        let mut arrived = Arrived { path, bytes: 0 };
        let mut file = tokio::fs::File::create_new(&arrived.path).await?;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|_| Broken::Off)?;
            arrived.bytes += piece.len() as u64;
            if arrived.bytes > limit {
                return Err(Broken::TooLarge);
            }
            file.write_all(&piece).await?;
        }
        file.flush().await?;
        Ok(arrived)
    }
}

impl Arrived {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Arrived {
    fn drop(&mut self) {
        // What stays after all is gone with the next start.
        let _gone = std::fs::remove_file(&self.path);
    }
}

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Removes what `object_store` was writing when an earlier run ended: it writes `name#1` and then
/// gives it its name.
pub(super) fn remove_staged(folder: &Path) -> std::io::Result<()> {
    for workspace in std::fs::read_dir(folder)? {
        let workspace = workspace?;
        if !workspace.file_type()?.is_dir() {
            continue;
        }
        for object in std::fs::read_dir(workspace.path())? {
            let object = object?;
            if object.file_name().to_string_lossy().contains('#') {
                std::fs::remove_file(object.path())?;
            }
        }
    }
    Ok(())
}
