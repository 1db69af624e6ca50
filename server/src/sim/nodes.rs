//! Two nodes over one database: each commits, tells its own clients in order, and hints to the other
//! which number it committed. The bus between them delays hints, turns them round, says them twice or
//! loses them. Every client of either node is told everything, once and in order.

use std::collections::BTreeMap;

use protocol::{Seq, Timestamp};

use super::chance::Chance;
use crate::hub::order::Order;

/// In milliseconds: how long both commit, and how long until all is told.
const DAY: u64 = 2_000;
const EVENING: u64 = 2_000;
/// How often each node looks for holes, and asks the database what it has not heard of at all.
const LOOK: u64 = 20;
const SWEEP: u64 = 500;
const SEEDS: u64 = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Defect {
    /// What comes is told as it comes.
    AsItComes,
    /// What is missing is waited for and never read.
    NoFilling,
    /// What was read is told again when its change comes.
    ToldTwice,
}

enum Happening {
    Commit(usize),
    /// A node tells its own clients what it committed.
    Tell(usize, Seq, Seq),
    Hint(usize, Seq),
    Look(usize),
    /// What was read for a hole comes back from the database.
    Filled(usize, Vec<Seq>),
    /// A node asks for the last number: a hint may have been lost.
    Sweep(usize),
}

struct World {
    chance: Chance,
    defect: Option<Defect>,
    happenings: BTreeMap<(u64, u64), Happening>,
    numbered: u64,
    now: u64,
    /// The last number that the database holds.
    last: Seq,
    orders: [Order<(Seq, Seq)>; 2],
    /// What each node's client was told.
    told: [Vec<Seq>; 2],
    /// When each node's newest change is told: lanes keep the order of what one node commits.
    lane: [u64; 2],
}

impl World {
    fn new(seed: u64, defect: Option<Defect>) -> Self {
        let mut world = Self {
            chance: Chance::seeded(seed),
            defect,
            happenings: BTreeMap::new(),
            numbered: 0,
            now: 0,
            last: Seq(0),
            orders: Default::default(),
            told: Default::default(),
            lane: [0; 2],
        };
        for node in 0..2 {
            world.later(50, Happening::Commit(node));
            world.after(LOOK, Happening::Look(node));
            world.after(SWEEP, Happening::Sweep(node));
            // Both have told the beginning to whoever looks.
            world.orders[node].committed(Seq(0), Seq(0), &(Seq(0), Seq(0)));
        }
        world
    }

    fn after(&mut self, millis: u64, happening: Happening) {
        self.numbered += 1;
        self.happenings
            .insert((self.now + millis, self.numbered), happening);
    }

    fn later(&mut self, most: u64, happening: Happening) {
        let millis = self.chance.below(most);
        self.after(millis, happening);
    }

    fn play(mut self) {
        while let Some(((at, _), happening)) = self.happenings.pop_first() {
            if at > DAY + EVENING {
                break;
            }
            self.now = at;
            self.happens(happening);
        }
        let all: Vec<Seq> = (1..=self.last.0).map(Seq).collect();
        assert!(
            all.len() > 20,
            "a day on which nothing happens shows nothing"
        );
        for told in &self.told {
            assert_eq!(all, *told);
        }
    }

    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Commit(node) => self.commit(node),
            Happening::Tell(node, first, last) => {
                let turn = self.orders[node].committed(first, last, &(first, last));
                if self.defect == Some(Defect::AsItComes) {
                    return self.tell(node, first, last);
                }
                let Some((after, rest)) = turn else { return };
                let after = match self.defect {
                    Some(Defect::ToldTwice) => Seq(0),
                    _ => after,
                };
                self.tell(node, first.max(after.next()), last);
                for turn in rest {
                    let (first, last) = turn.change;
                    self.tell(node, first.max(turn.after.next()), last);
                }
            }
            Happening::Hint(node, seq) => {
                self.orders[node].heard(seq);
            }
            Happening::Sweep(node) => {
                let last = self.last;
                self.orders[node].heard(last);
                self.after(SWEEP, Happening::Sweep(node));
            }
            Happening::Look(node) => {
                let now = i64::try_from(self.now).expect("a day is short");
                let hole = self.orders[node].hole(Timestamp(now));
                if let Some(hole) = hole.filter(|_| self.defect != Some(Defect::NoFilling)) {
                    // What the database holds when it is read, and no more than a page.
                    let page = (hole.after.0 + 1..=self.last.0).take(50).map(Seq);
                    let page = page.collect();
                    self.later(60, Happening::Filled(node, page));
                }
                self.after(LOOK, Happening::Look(node));
            }
            Happening::Filled(node, page) => {
                let page = page.into_iter().map(|seq| (seq, seq)).collect();
                let (filled, rest) = self.orders[node].filled(page);
                self.told[node].extend(filled);
                for turn in rest {
                    let (first, last) = turn.change;
                    self.tell(node, first.max(turn.after.next()), last);
                }
            }
        }
    }

    /// One to three entries, told here in the lane's order and hinted to the other node.
    fn commit(&mut self, node: usize) {
        let (first, count) = (self.last.next(), 1 + self.chance.below(3));
        self.last = Seq(self.last.0 + count);
        let last = self.last;
        let told = self.lane[node].max(self.now + self.chance.below(10));
        self.lane[node] = told;
        self.after(told - self.now, Happening::Tell(node, first, last));
        let other = 1 - node;
        if !self.chance.percent(20) {
            self.later(300, Happening::Hint(other, last));
        }
        if self.chance.percent(20) {
            self.later(300, Happening::Hint(other, last));
        }
        if self.now < DAY {
            self.later(100, Happening::Commit(node));
        }
    }

    fn tell(&mut self, node: usize, first: Seq, last: Seq) {
        self.told[node].extend((first.0..=last.0).map(Seq));
    }
}

#[test]
fn clients_of_two_nodes_are_told_everything_once_and_in_order() {
    for seed in 0..SEEDS {
        let day = std::panic::catch_unwind(|| World::new(seed, None).play());
        assert!(day.is_ok(), "seed {seed}");
    }
}

#[test]
fn each_way_of_telling_wrongly_is_found() {
    for defect in [Defect::AsItComes, Defect::NoFilling, Defect::ToldTwice] {
        let play = |seed| std::panic::catch_unwind(|| World::new(seed, Some(defect)).play());
        let found = (0..100).find(|seed| play(*seed).is_err());
        println!("{defect:?}: found by seed {found:?}");
        assert!(found.is_some(), "{defect:?}");
    }
}
