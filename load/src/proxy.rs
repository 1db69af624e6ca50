//! A way to the database that takes a while, as one to another machine does.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// The address of a PostgreSQL server behind a way that takes so long in each direction.
pub(crate) async fn far_away(url: &str, delay: Duration) -> Result<String> {
    let (before, host, after) = split(url).context("the address of a PostgreSQL server")?;
    let server: SocketAddr = host.parse().context("its address and port")?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let here = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let Ok(far) = TcpStream::connect(server).await else {
                continue;
            };
            let (near_in, near_out) = near.into_split();
            let (far_in, far_out) = far.into_split();
            tokio::spawn(carry(near_in, far_out, delay));
            tokio::spawn(carry(far_in, near_out, delay));
        }
    });
    Ok(format!("{before}{here}{after}"))
}

/// `postgres://user@`, `host:port`, `/name`.
fn split(url: &str) -> Option<(&str, &str, &str)> {
    let host = url
        .find('@')
        .map(|at| at + 1)
        .or(url.find("://").map(|at| at + 3))?;
    let end = host + url.get(host..)?.find('/')?;
    Some((url.get(..host)?, url.get(host..end)?, url.get(end..)?))
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: Duration) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        tokio::time::sleep(delay).await;
        if to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}
