//! Where a request comes from, as far as that can be believed.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use crate::config::Network;
use crate::desk::Desk;

/// Puts the client's address into the request, for whoever asks for `Extension<IpAddr>`.
pub(crate) async fn find(
    State(desk): State<Desk>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = client(
        peer.ip(),
        request.headers(),
        &desk.config.server.trusted_proxies,
    );
    request.extensions_mut().insert(address);
    next.run(request).await
}

/// The peer, or what trusted proxies say of theirs: read from the right, because everything to the
/// left of the first untrusted hop was written by whoever sent it.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut address = peer;
    let hops = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|hops| hops.to_str().ok());
    let hops: Vec<&str> = hops
        .flat_map(|hops| hops.split(','))
        .map(str::trim)
        .collect();
    for hop in hops.iter().rev() {
        if !is_trusted(address) {
            break;
        }
        let Ok(before) = hop.parse() else { break };
        address = before;
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<Network> = trusted
            .iter()
            .map(|network| (*network).to_owned().try_into().unwrap())
            .collect();
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        assert_eq!("203.0.113.9", check("203.0.113.9", "198.51.100.1", &[]));
        assert_eq!(
            "198.51.100.1",
            check("10.0.0.2", "198.51.100.1", &["10.0.0.0/8"])
        );
    }

    #[test]
    fn what_the_client_itself_wrote_is_not_believed() {
        let forwarded = "127.0.0.1, 6.6.6.6, 198.51.100.1, 10.0.0.7";
        assert_eq!(
            "198.51.100.1",
            check("10.0.0.2", forwarded, &["10.0.0.0/8"])
        );
        assert_eq!("10.0.0.2", check("10.0.0.2", "rubbish", &["10.0.0.0/8"]));
    }
}
