//! Cuts a document into passages: one per heading, each short enough to be an answer's source.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A passage's characters, as far as its blocks can be kept whole or cut at a sentence.
const LENGTH: usize = 700;
/// Between the headings above a passage.
const UNDER: &str = " › ";

/// A piece of trained content that can answer a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The title of its document.
    pub(crate) title: String,
    /// The headings it stands under, from the widest to the nearest; the title if there is none.
    pub(crate) heading: String,
    /// Its words, in Markdown.
    pub(crate) text: String,
    /// Where it can be read.
    pub(crate) url: Option<String>,
}

impl Passage {
    /// The heading right above it.
    pub(super) fn nearest_heading(&self) -> &str {
        self.heading.rsplit(UNDER).next().unwrap_or(&self.heading)
    }

    /// The heading above that one, or the title.
    pub(super) fn heading_above(&self) -> &str {
        self.heading.rsplit(UNDER).nth(1).unwrap_or(&self.title)
    }
}

/// A document in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) title: String,
    pub(crate) passages: Vec<Passage>,
}

/// Cuts a Markdown document that can be read at `url`.
pub(crate) fn cut(markdown: &str, url: Option<&str>) -> Cut {
    let headings = headings(markdown);
    let title = title(markdown, &headings, url);
    let mut passages = Vec::new();
    let mut above: Vec<&Heading> = Vec::new();
    let mut anchors = HashMap::new();
    let starts = std::iter::once(None).chain(headings.iter().map(Some));
    let ends = headings
        .iter()
        .map(|heading| heading.place.start)
        .chain([markdown.len()]);
    for (heading, end) in starts.zip(ends) {
        let mut address = url.map(str::to_owned);
        if let Some(heading) = heading {
            above.retain(|wider| wider.level < heading.level);
            above.push(heading);
            let anchor = anchor(&heading.text, &mut anchors);
            if let Some(address) = address.as_mut().filter(|address| !address.contains('#')) {
                *address = format!("{address}#{anchor}");
            }
        }
        let below = above.iter().map(|heading| heading.text.as_str());
        let path = below
            .filter(|text| *text != title)
            .collect::<Vec<_>>()
            .join(UNDER);
        let start = heading.map_or(0, |heading| heading.place.end);
        for text in pieces(&markdown[start..end]) {
            passages.push(Passage {
                title: title.clone(),
                heading: if path.is_empty() {
                    title.clone()
                } else {
                    path.clone()
                },
                text,
                url: address.clone(),
            });
        }
    }
    Cut { title, passages }
}

struct Heading {
    level: HeadingLevel,
    text: String,
    place: Range<usize>,
}

/// The headings that divide the document; one inside a list or quotation divides nothing.
fn headings(markdown: &str) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let (mut containers, mut open) = (0_usize, false);
    for (event, place) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => containers += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => containers -= 1,
            Event::Start(Tag::Heading { level, .. }) if containers == 0 => {
                headings.push(Heading {
                    level,
                    text: String::new(),
                    place,
                });
                open = true;
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(text) | Event::Code(text) if open => {
                if let Some(heading) = headings.last_mut() {
                    heading.text.push_str(&text);
                }
            }
            _ => {}
        }
    }
    headings
}

fn options() -> Options {
    Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

/// The first heading; else the last part of the address, or the first words.
fn title(markdown: &str, headings: &[Heading], url: Option<&str>) -> String {
    let heading = headings
        .iter()
        .find(|heading| !heading.text.trim().is_empty());
    let page = url.and_then(|url| url.trim_end_matches('/').rsplit('/').next());
    let words = || {
        markdown
            .split_whitespace()
            .take(6)
            .collect::<Vec<_>>()
            .join(" ")
    };
    heading
        .map(|heading| heading.text.trim().to_owned())
        .or_else(|| page.map(str::to_owned))
        .unwrap_or_else(words)
}

/// The heading's place in its page, as GitHub and most site generators name it.
pub(crate) fn anchor(heading: &str, seen: &mut HashMap<String, usize>) -> String {
    let words = heading.trim().to_lowercase();
    let kept = words
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
    let times = seen.entry(anchor.clone()).or_default();
    *times += 1;
    if *times == 1 {
        anchor
    } else {
        format!("{anchor}-{}", *times - 1)
    }
}

/// The text under one heading in pieces of at most [`LENGTH`], cut between blocks where it can be.
fn pieces(section: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for block in blocks(section) {
        let block = &section[block.place];
        let room = pieces
            .last()
            .map_or(0, |piece| LENGTH.saturating_sub(count(piece) + 2));
        match pieces.last_mut().filter(|_| count(block) <= room) {
            Some(piece) => {
                piece.push_str("\n\n");
                piece.push_str(block);
            }
            None => pieces.extend(split(block)),
        }
    }
    pieces
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// A paragraph, list or block of code.
pub(super) struct Block {
    pub(super) place: Range<usize>,
    /// Whether it is made of sentences.
    pub(super) is_prose: bool,
}

/// The blocks of a text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (event, place) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(_) => {
                if depth == 0 {
                    start = place.start;
                }
                depth += 1;
            }
            Event::End(tag) => {
                depth -= 1;
                let place = start..start + text[start..place.end].trim_end().len();
                if depth == 0 && !matches!(tag, TagEnd::MetadataBlock(_)) && !place.is_empty() {
                    blocks.push(Block {
                        place,
                        is_prose: tag == TagEnd::Paragraph,
                    });
                }
            }
            _ => {}
        }
    }
    blocks
}

/// A block that is too long, cut after lines, sentences or, at the worst, anywhere.
fn split(block: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = block;
    while count(rest) > LENGTH {
        let limit = rest
            .char_indices()
            .nth(LENGTH)
            .map_or(rest.len(), |(place, _)| place);
        let window = &rest[..limit];
        let place = ["\n", ". ", "! ", "? ", " "]
            .iter()
            .find_map(|end| window.rfind(end).map(|place| place + end.len()))
            .unwrap_or(limit);
        pieces.push(rest[..place].trim().to_owned());
        rest = &rest[place..];
    }
    pieces.push(rest.trim().to_owned());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
