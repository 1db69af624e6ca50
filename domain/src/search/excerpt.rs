//! The part of a text that shows what was found in it.

use protocol::limits::EXCERPT;
use protocol::search::Mark;

use super::Query;

/// So many letters stand before the first mark, to tell what it is about.
const BEFORE: usize = 30;

/// A part of a text around the first place of what was asked for, in one line, and the places within
/// it. What is left out is an ellipsis.
pub fn excerpt(text: &str, query: &Query) -> (String, Vec<Mark>) {
    let line: Vec<char> = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .collect();
    let whole: String = line.iter().collect();
    let marks = query.marks(&whole);
    if line.len() <= EXCERPT {
        return (whole, marks);
    }
    let first = marks.first().map_or(0, |mark| mark.from as usize);
    let from = if first <= BEFORE * 2 {
        0
    } else {
        // At the beginning of a word, where there is one near.
        let near = first - BEFORE..first;
        let space = near.clone().find(|at| line[*at] == ' ');
        space.map_or(near.start, |at| at + 1)
    };
    let from = from.min(line.len() - (EXCERPT - 2).min(line.len()));
    let to = (from + EXCERPT - 2).min(line.len());
    let mut part = String::new();
    if from > 0 {
        part.push('…');
    }
    part.extend(&line[from..to]);
    if to < line.len() {
        part.push('…');
    }
    // Anew, because a word that was cut is no longer found by what is gone.
    let marks = query.marks(&part);
    (part, marks)
}
