//! How often the answer is right, and that what nobody can know is not answered.
//!
//! Each table holds a question and the headings that answer it, or `-` if nothing does. The
//! weights in `judge.rs` were fitted to all tables but `guide.txt`, which they never saw.

use super::super::judge::Judged;
use super::*;

/// What came of a table of questions.
#[derive(Debug, Default)]
struct Tally {
    known: usize,
    answered: usize,
    right: usize,
    /// Offered as a choice.
    offered: usize,
    /// The best passage is the right one, whatever was made of it.
    first: usize,
    unknowable: usize,
    /// Answered although nothing answers it.
    invented: Vec<String>,
}

impl Tally {
    fn of(index: &Index, table: &str) -> Self {
        let mut tally = Self::default();
        for line in table.lines().filter(|line| !line.is_empty()) {
            let (question, expected) = line.split_once(" | ").unwrap();
            tally.count(index, question, expected);
        }
        tally
    }

    fn count(&mut self, index: &Index, question: &str, expected: &str) {
        let came = answer(index, &asked(question));
        if expected == "-" {
            self.unknowable += 1;
            if matches!(came, Answer::Answered { .. }) {
                self.invented.push(question.to_owned());
            }
            return;
        }
        let headings: Vec<&str> = expected.split(" / ").collect();
        let query = index.query(question);
        let judged = Judged::new(&query, index.search(&query));
        let best = judged.hits.first().map(|hit| hit.passage);
        let is_right = best.is_some_and(|best| headings.contains(&best.nearest_heading()));
        self.known += 1;
        self.first += usize::from(is_right);
        match came {
            Answer::Answered { sources, .. } => {
                self.answered += 1;
                self.right += usize::from(is_right);
                assert_eq!(best.unwrap().url, sources[0].url, "the source is the passage's place");
            }
            Answer::DidYouMean { choices, .. } => {
                let offers = |choice: &String| headings.iter().any(|right| choice.ends_with(right));
                self.offered += usize::from(choices.iter().any(offers));
            }
            Answer::Unknown => {}
        }
    }

    /// Right answers among the answers, in percent.
    fn precision(&self) -> usize {
        100 * self.right / self.answered.max(1)
    }

    /// Questions that were answered rightly, or whose answer was among the choices, in percent.
    fn helped(&self) -> usize {
        100 * (self.right + self.offered) / self.known
    }
}

#[test]
fn print_tallies() {
    for (name, index, table) in [
        ("tune", guide(), include_str!("guide_tune.txt")),
        ("guide", guide(), include_str!("guide.txt")),
        ("shop", Index::new(cut(SHOP, None).passages), include_str!("shop.txt")),
        ("laden", Index::new(cut(LADEN, None).passages), include_str!("laden.txt")),
    ] {
        let tally = Tally::of(&index, table);
        println!("{name} {tally:?} precision {} helped {}", tally.precision(), tally.helped());
    }
}
