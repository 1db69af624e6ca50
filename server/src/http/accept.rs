//! Takes connections from the network: so many at once, and each has to get on with its request.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, sleep_until};
use tokio_util::task::TaskTracker;
use tower::{ServiceExt as _, service_fn};

use crate::desk::Desk;
use crate::places::Places;

/// The system refuses another connection: some may end within this time.
const OUT_OF_FILES: Duration = Duration::from_secs(1);
/// A connection that is no WebSocket takes no more requests after this time …
const LIFE: Duration = Duration::from_secs(300);
/// … and ends with the answer under way, or without it after this time.
const LAST_ANSWER: Duration = Duration::from_secs(60);

/// Serves until the desk closes, and then the requests that are under way. A connection that
/// becomes a WebSocket is no longer counted here.
pub(crate) async fn serve(listener: TcpListener, router: Router, desk: Desk) {
    let limits = &desk.config.limits;
    let seconds = Duration::from_secs(limits.request_seconds);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(seconds);
    let room = Arc::new(Semaphore::new(limits.requests));
    let by_address = Places::new(limits.requests, limits.requests_per_address);
    let tasks = TaskTracker::new();
    loop {
        // Who comes when all places are taken waits in the system's own queue.
        let taking = async {
            let room = room.clone().acquire_owned().await;
            (room, accepted(&listener).await)
        };
        let (room, (stream, peer)) = tokio::select! {
            taken = taking => taken,
            () = desk.closing.cancelled() => break,
        };
        let place = if is_trusted(&desk, peer.ip()) {
            None
        } else {
            match by_address.take(peer.ip()) {
                Ok(place) => Some(place),
                Err(_) => {
                    tracing::debug!(%peer, "an address holds too many connections");
                    continue;
                }
            }
        };
        let (http, router, desk) = (http.clone(), router.clone(), desk.clone());
        tasks.spawn(async move {
            connection(&http, stream, peer, router, &desk).await;
            drop((room, place));
        });
    }
    drop(listener);
    tasks.close();
    tasks.wait().await;
}

/// A proxy brings everybody's requests.
fn is_trusted(desk: &Desk, peer: IpAddr) -> bool {
    let proxies = &desk.config.server.trusted_proxies;
    proxies.iter().any(|network| network.contains(peer))
}

async fn accepted(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    use std::io::ErrorKind;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "a connection keeps its delay");
                }
                return (stream, peer);
            }
            Err(error) => match error.kind() {
                ErrorKind::ConnectionRefused
                | ErrorKind::ConnectionAborted
                | ErrorKind::ConnectionReset => {}
                _ => {
                    tracing::error!(%error, "a connection could not be taken");
                    sleep(OUT_OF_FILES).await;
                }
            },
        }
    }
}

/// Serves one connection until it ends, is handed over as a WebSocket or has lasted too long.
async fn connection(
    http: &http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    desk: &Desk,
) {
    let answer = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let serving = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(answer));
    let mut serving = pin!(serving.with_upgrades());
    let born = tokio::time::Instant::now();
    let ended = tokio::select! {
        ended = serving.as_mut() => Some(ended),
        () = desk.closing.cancelled() => None,
        () = sleep_until(born + LIFE) => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            serving.as_mut().graceful_shutdown();
            tokio::select! {
                ended = serving => ended,
                () = sleep(LAST_ANSWER) => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a connection broke off");
    }
}
