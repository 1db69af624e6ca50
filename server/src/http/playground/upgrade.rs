//! A socket of a playground: two connections, the pane's and one within the process, with the playground's
//! network between them.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1 as client;
use hyper::server::conn::http1 as server;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tower::{ServiceExt as _, service_fn};

use crate::playground::{Actor, Sandbox};

/// What may be under way between the two, in bytes.
const BETWEEN: usize = 64 * 1024;

/// Hands a socket over to the playground.
pub(super) async fn upgrade(
    sandbox: Arc<Sandbox>,
    actor: Actor,
    mut request: Request<Body>,
) -> Response {
    let outer = request.extensions_mut().remove::<OnUpgrade>();
    let peer = request.extensions_mut().remove::<ConnectInfo<SocketAddr>>();
    let (Some(outer), Some(peer)) = (outer, peer) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if sandbox.network.is_down(actor) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match asked(&sandbox, peer, request).await {
        Ok(mut answer) if answer.status() == StatusCode::SWITCHING_PROTOCOLS => {
            let inner = hyper::upgrade::on(&mut answer);
            let tasks = sandbox.desk.connections.clone();
            tasks.spawn(async move {
                let (Ok(outer), Ok(inner)) = tokio::join!(outer, inner) else {
                    return;
                };
                let ending = sandbox.ending();
                let carried =
                    sandbox
                        .network
                        .carry(actor, TokioIo::new(outer), TokioIo::new(inner));
                tokio::select! {
                    () = carried => {}
                    () = ending.cancelled() => {}
                }
            });
            answer.map(|_| Body::empty())
        }
        Ok(answer) => answer.map(Body::new),
        Err(error) => {
            tracing::debug!(%error, "a socket of a playground did not come about");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Asks the playground over a connection of its own, which may become a socket.
async fn asked(
    sandbox: &Sandbox,
    peer: ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> hyper::Result<hyper::Response<Incoming>> {
    let (near, far) = tokio::io::duplex(BETWEEN);
    let router = sandbox.router.clone();
    let answering = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let serving = server::Builder::new()
        .serve_connection(TokioIo::new(far), TowerToHyperService::new(answering))
        .with_upgrades();
    tokio::spawn(async move { drop(serving.await) });
    let (mut sender, connection) = client::handshake(TokioIo::new(near)).await?;
    tokio::spawn(async move { drop(connection.with_upgrades().await) });
    sender.send_request(request).await
}
