//! What people send besides words: a folder in the data folder, or a store that speaks S3.

mod incoming;
mod kind;
mod picture;

use std::path::Path as FilePath;
use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};
use protocol::{AttachmentId, WorkspaceId};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Semaphore;

pub(crate) use incoming::{Arrived, Broken};
pub(crate) use kind::{Kind, kind};
pub(crate) use picture::{Ground, Picture, Small, thumbnail_type};

use self::incoming::Incoming;
use crate::config::{self, Config};
use crate::startup::Opened;

/// Pictures that are read at once: each may take what `picture` allows of memory.
const PICTURES: usize = 2;
/// Read of a file at a time.
const PIECE: usize = 64 * 1024;

/// Why a file could not be kept or given out. Not for clients.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FilesError {
    #[error("the store of files: {0}")]
    Store(#[from] object_store::Error),
    #[error("a file under way: {0}")]
    Io(#[from] std::io::Error),
    #[error("a picture could not be worked on: {0}")]
    Panicked(#[from] tokio::task::JoinError),
}

/// An object that is kept for an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Object {
    File,
    /// A small picture of it.
    Thumbnail,
}

/// Where files are kept. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Files {
    store: Arc<dyn ObjectStore>,
    incoming: Arc<Incoming>,
    pictures: Arc<Semaphore>,
}

impl Files {
    /// Opens the place where files are kept. A server removes what an earlier run left half done;
    /// a command beside it leaves everything alone.
    ///
    /// # Errors
    /// When the folder cannot be made, or the address or its credentials make no sense.
    pub(crate) fn open(config: &Config, opened: Opened) -> anyhow::Result<Self> {
        let data = &config.data.folder;
        let store: Arc<dyn ObjectStore> = if config.files.url.is_empty() {
            folder(&data.join("files"), opened)?
        } else {
            remote(&config.files)?
        };
        let incoming = Incoming::open(&data.join("uploads"), opened)?;
        Ok(Self {
            store,
            incoming: Arc::new(incoming),
            pictures: Arc::new(Semaphore::new(PICTURES)),
        })
    }

    /// Takes in what somebody sends, up to a limit, into a file that is gone unless it is kept.
    ///
    /// # Errors
    /// Why not all of it came.
    pub(crate) async fn take_in<S, E>(&self, pieces: S, limit: u64) -> Result<Arrived, Broken>
    where
        S: futures::Stream<Item = Result<Bytes, E>> + Unpin,
    {
        self.incoming.take_in(pieces, limit).await
    }

    /// Reads a picture and writes it anew; none for what cannot be read as one.
    ///
    /// # Errors
    /// When the work itself failed.
    pub(crate) async fn picture(
        &self,
        arrived: &Arrived,
        format: image::ImageFormat,
    ) -> Result<Option<Picture>, FilesError> {
        self.work_on(arrived, move |path| picture::read(path, format))
            .await
    }

    /// Makes a small square of a picture; none for what cannot be read as one.
    ///
    /// # Errors
    /// When the work itself failed.
    pub(crate) async fn square(
        &self,
        arrived: &Arrived,
        format: image::ImageFormat,
        ground: Ground,
    ) -> Result<Option<Small>, FilesError> {
        self.work_on(arrived, move |path| picture::square(path, format, ground))
            .await
    }

    /// Works on a picture in a thread of its own, on few at once.
    async fn work_on<T: Send + 'static>(
        &self,
        arrived: &Arrived,
        work: impl FnOnce(&FilePath) -> image::ImageResult<T> + Send + 'static,
    ) -> Result<Option<T>, FilesError> {
        let _turn = self.pictures.acquire().await;
        let path = arrived.path().to_owned();
        let read = tokio::task::spawn_blocking(move || work(&path)).await?;
        Ok(read
            .inspect_err(|error| tracing::debug!(%error, "a picture could not be read"))
            .ok())
    }

    /// Keeps a file as it came. Returns when it is safe.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub(crate) async fn keep(
        &self,
        workspace: WorkspaceId,
        id: AttachmentId,
        arrived: &Arrived,
    ) -> Result<(), FilesError> {
        let to = path(workspace, id, Object::File);
        let mut from = tokio::fs::File::open(arrived.path()).await?;
        let mut writer = BufWriter::new(Arc::clone(&self.store), to);
        let mut piece = vec![0; PIECE];
        loop {
            let read = from.read(&mut piece).await?;
            if read == 0 {
                break;
            }
            if let Err(error) = writer.write_all(&piece[..read]).await {
                writer.abort().await?;
                return Err(error.into());
            }
        }
        writer.shutdown().await?;
        Ok(())
    }

    /// Keeps what was made here. Returns when it is safe.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) async fn keep_bytes(
        &self,
        (workspace, id, object): (WorkspaceId, AttachmentId, Object),
        bytes: Vec<u8>,
    ) -> Result<(), FilesError> {
        let to = path(workspace, id, object);
        self.store.put(&to, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// Copies an object of one attachment for another. Returns when it is safe.
    ///
    /// # Errors
    /// When it is not there, or cannot be read or written.
    pub(crate) async fn copy(
        &self,
        workspace: WorkspaceId,
        (from, to): (AttachmentId, AttachmentId),
        object: Object,
    ) -> Result<(), FilesError> {
        let (_, mut pieces) = self.read((workspace, from, object)).await?;
        let to = path(workspace, to, object);
        let mut writer = BufWriter::new(Arc::clone(&self.store), to);
        while let Some(piece) = pieces.next().await {
            let put = match piece {
                Ok(piece) => writer.put(piece).await,
                Err(error) => Err(error),
            };
            if let Err(error) = put {
                writer.abort().await?;
                return Err(error.into());
            }
        }
        writer.shutdown().await?;
        Ok(())
    }

    /// Its length and its bytes.
    ///
    /// # Errors
    /// When it is not there, or cannot be read.
    pub(crate) async fn read(
        &self,
        (workspace, id, object): (WorkspaceId, AttachmentId, Object),
    ) -> Result<(u64, BoxStream<'static, Result<Bytes, object_store::Error>>), FilesError> {
        let found = self.store.get(&path(workspace, id, object)).await?;
        Ok((found.meta.size, found.into_stream()))
    }

    /// Removes whatever is kept for an attachment; what is not there is removed already.
    ///
    /// # Errors
    /// When something of it stays.
    pub(crate) async fn remove(
        &self,
        workspace: WorkspaceId,
        id: AttachmentId,
    ) -> Result<(), FilesError> {
        for object in [Object::File, Object::Thumbnail] {
            match self.store.delete(&path(workspace, id, object)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// How many objects there are.
    #[cfg(test)]
    async fn count(&self) -> usize {
        self.store.list(None).count().await
    }
}

/// Where an object lies. Nothing of it comes from whoever sent it.
fn path(workspace: WorkspaceId, id: AttachmentId, object: Object) -> Path {
    Path::from(match object {
        Object::File => format!("{workspace}/{id}"),
        Object::Thumbnail => format!("{workspace}/{id}.thumbnail"),
    })
}

/// A folder on this machine: files and folders are flushed before a write counts as done.
fn folder(folder: &FilePath, opened: Opened) -> anyhow::Result<Arc<dyn ObjectStore>> {
    let making = || format!("making the folder of files {}", folder.display());
    std::fs::create_dir_all(folder).with_context(making)?;
    if opened == Opened::ToServe {
        incoming::remove_staged(folder).with_context(making)?;
    }
    let store = LocalFileSystem::new_with_prefix(folder)
        .with_context(making)?
        .with_fsync(true);
    Ok(Arc::new(store))
}

/// A store that speaks S3.
fn remote(files: &config::Files) -> anyhow::Result<Arc<dyn ObjectStore>> {
    // The client's TLS uses what the database's uses.
    let _first = rustls::crypto::ring::default_provider().install_default();
    let place = files.url.strip_prefix("s3://");
    let place = place.context("files.url has to look like s3://bucket/prefix")?;
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_allow_http(files.endpoint.starts_with("http://"))
        // One by one, which every such store understands.
        .with_disable_bulk_delete(true);
    for (value, with) in [
        (
            &files.endpoint,
            AmazonS3Builder::with_endpoint as fn(AmazonS3Builder, String) -> AmazonS3Builder,
        ),
        (&files.region, AmazonS3Builder::with_region),
        (&files.access_key, AmazonS3Builder::with_access_key_id),
        (&files.secret_key, AmazonS3Builder::with_secret_access_key),
    ] {
        if !value.is_empty() {
            builder = with(builder, value.clone());
        }
    }
    let store = builder.build().context("opening files.url")?;
    Ok(if prefix.is_empty() {
        Arc::new(store)
    } else {
        Arc::new(PrefixStore::new(store, prefix))
    })
}

#[cfg(test)]
mod tests;
