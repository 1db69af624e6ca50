//! The network of a playground: as bad as somebody wants it, with connections that can be cut.

use std::io;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use protocol::playground::ACTORS;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::watch;

use crate::random;

/// What is carried at a time.
const PIECE: usize = 8 * 1024;
/// The longest that a piece takes on the worst network.
const SLOWEST_MILLIS: u64 = 2500;
/// How often the network decides whether a connection breaks.
const MOMENT: Duration = Duration::from_secs(1);

/// Who a request of a playground comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Actor {
    Visitor,
    /// The first or second agent.
    Agent(usize),
}

impl Actor {
    /// By the word in the address.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "visitor" => Some(Self::Visitor),
            name => {
                let at = ACTORS.iter().position(|actor| *actor == name)?;
                Some(Self::Agent(at))
            }
        }
    }

    /// Which agent it is.
    pub(crate) fn agent(self) -> Option<usize> {
        match self {
            Self::Visitor => None,
            Self::Agent(at) => Some(at),
        }
    }
}

/// How it is between the panes and the playground's server.
pub(crate) struct Network {
    /// From 0 to 100.
    bad: AtomicU8,
    /// A bit for each agent who has no connection.
    cut: watch::Sender<u8>,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            bad: AtomicU8::new(0),
            cut: watch::Sender::new(0),
        }
    }
}

impl Network {
    /// How bad it is, from 0 to 100.
    pub(crate) fn badness(&self) -> u8 {
        self.bad.load(Ordering::Relaxed)
    }

    /// Makes it so bad, from 0 to 100.
    pub(super) fn worsen(&self, bad: u8) {
        self.bad.store(bad.min(100), Ordering::Relaxed);
    }

    /// Cuts an agent's connections, or lets them connect again.
    pub(super) fn cut(&self, agent: usize, is_cut: bool) {
        self.cut.send_modify(|bits| match is_cut {
            true => *bits |= 1 << agent,
            false => *bits &= !(1 << agent),
        });
    }

    /// Whether an agent's connections are cut.
    pub(crate) fn is_cut(&self, agent: usize) -> bool {
        *self.cut.borrow() & (1 << agent) != 0
    }

    /// Whether somebody's connections are cut.
    pub(crate) fn is_down(&self, actor: Actor) -> bool {
        actor.agent().is_some_and(|agent| self.is_cut(agent))
    }

    /// Something is on its way: up to 2.5 s, half of it at least on a network that is as bad as can be.
    pub(crate) async fn takes_its_time(&self) {
        let longest = SLOWEST_MILLIS * u64::from(self.badness()) / 100;
        if longest > 0 {
            let more = u64::from(random::bytes::<1>()[0]) * longest / 2 / 255;
            tokio::time::sleep(Duration::from_millis(longest / 2 + more)).await;
        }
    }

    /// Whether a request is lost: half of all on the worst network, few on one that is half as bad.
    pub(crate) fn loses(&self) -> bool {
        let bad = u32::from(self.badness());
        chance(bad * bad / 200)
    }

    /// Carries what both sides say until one of them ends, or the network does: on the worst one a
    /// connection lasts about five seconds, on one that is half as bad twenty.
    pub(crate) async fn carry<A, B>(&self, actor: Actor, one: A, other: B)
    where
        A: AsyncRead + AsyncWrite + Unpin,
        B: AsyncRead + AsyncWrite + Unpin,
    {
        let (one_in, one_out) = tokio::io::split(one);
        let (other_in, other_out) = tokio::io::split(other);
        tokio::select! {
            // What was said before the end arrives; what follows has nobody to hear it.
            _ended = self.one_way(one_in, other_out) => {}
            _ended = self.one_way(other_in, one_out) => {}
            () = self.breaks(actor) => {}
        }
    }

    async fn one_way(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            let read = from.read(&mut piece).await?;
            if read == 0 {
                return to.shutdown().await;
            }
            self.takes_its_time().await;
            to.write_all(&piece[..read]).await?;
            to.flush().await?;
        }
    }

    /// Waits until a connection breaks.
    async fn breaks(&self, actor: Actor) {
        let mut cut = self.cut.subscribe();
        loop {
            if self.is_down(actor) {
                return;
            }
            tokio::select! {
                changed = cut.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(MOMENT) => {
                    let bad = u32::from(self.badness());
                    if chance(bad * bad / 500) {
                        return;
                    }
                }
            }
        }
    }
}

/// So many times in a hundred.
fn chance(percent: u32) -> bool {
    let [high, low] = random::bytes::<2>();
    (u32::from(high) * 256 + u32::from(low)) % 100 < percent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_network_loses_nothing_and_the_worst_loses_half() {
        let network = Network::default();
        assert!((0..1000).all(|_| !network.loses()));
        network.worsen(255);
        assert_eq!(100, network.badness());
        let lost = (0..1000).filter(|_| network.loses()).count();
        assert!((350..650).contains(&lost), "{lost}");
    }

    #[tokio::test]
    async fn who_is_cut_hears_no_more_and_others_do() {
        let network = Network::default();
        let (mut here, near) = tokio::io::duplex(64);
        let (far, mut there) = tokio::io::duplex(64);
        let talk = async {
            here.write_all(b"hello").await.unwrap();
            let mut heard = [0; 5];
            there.read_exact(&mut heard).await.unwrap();
            assert_eq!(b"hello", &heard);
            network.cut(1, true);
            tokio::time::sleep(Duration::from_millis(50)).await;
            assert!(!network.is_down(Actor::Agent(0)));
            assert!(network.is_down(Actor::Agent(1)));
            let mut rest = Vec::new();
            here.read_to_end(&mut rest).await.unwrap();
        };
        tokio::join!(network.carry(Actor::Agent(1), near, far), talk);
    }
}
