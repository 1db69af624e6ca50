//! Writes the nodes of a text, one Markdown event after the other.

use protocol::text::{Node, RichText, Tag};
use pulldown_cmark::{CodeBlockKind, Event, Tag as Mark};

use super::address::{allowed, find};

/// Elements inside each other; deeper ones become their content.
const DEPTH: usize = 8;
/// Nodes after which no new element begins and everything else is one text.
const NODES: usize = 1_000;
/// Bytes of addresses after which the same holds: one that is written once may be led to often.
const HREFS: usize = 16 * 1024;

/// A text without any Markdown in it.
pub(super) fn literal(text: &str) -> RichText {
    let mut writer = Writer::default();
    for paragraph in text
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
    {
        let opened = writer.open(Tag::Paragraph);
        writer.lines(paragraph.trim_matches('\n'));
        writer.close(opened);
    }
    RichText(writer.finish())
}

/// What is open, and how many closing nodes its end takes.
enum Frame {
    Element(usize),
    Link {
        opened: usize,
        href: String,
        nodes: usize,
    },
    Code {
        opened: usize,
        info: String,
    },
    Html {
        opened: usize,
    },
    Quote,
}

/// Writes nodes in reading order, and closes whatever it opened.
#[derive(Default)]
pub(super) struct Writer {
    nodes: Vec<Node>,
    /// Characters that may still grow before they become a node.
    pending: String,
    frames: Vec<Frame>,
    depth: usize,
    quotes: usize,
    links: usize,
    /// Bytes of all addresses so far.
    hrefs: usize,
    /// The characters of a code block or of raw HTML, which arrive line by line.
    block: Option<String>,
}

impl Writer {
    pub(super) fn event(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(mark) => self.start(mark),
            Event::End(_) => self.end(),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => {
                match &mut self.block {
                    Some(block) => block.push_str(&text),
                    None => self.pending.push_str(&text),
                }
            }
            Event::Code(code) => self.code(&code),
            Event::SoftBreak | Event::HardBreak => {
                self.line_break();
                self.quote_mark();
            }
            Event::Rule => {
                let opened = self.open(Tag::Paragraph);
                self.pending.push_str(source.trim());
                self.close(opened);
            }
            // None of these is switched on; should one appear, its source is its text.
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => self.pending.push_str(source),
        }
    }

    /// The nodes, when everything was read.
    pub(super) fn finish(mut self) -> Vec<Node> {
        self.flush();
        self.nodes
    }

    fn start(&mut self, mark: Mark<'_>) {
        let frame = match mark {
            Mark::Paragraph => {
                let opened = self.open(Tag::Paragraph);
                self.quote_mark();
                Frame::Element(opened)
            }
            Mark::Heading { .. } => {
                let opened = self.open(Tag::Paragraph);
                self.quote_mark();
                Frame::Element(opened + self.open(Tag::Strong))
            }
            Mark::BlockQuote(_) => {
                self.quotes += 1;
                Frame::Quote
            }
            Mark::CodeBlock(kind) => {
                self.block = Some(String::new());
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                Frame::Code {
                    opened: self.open(Tag::CodeBlock),
                    info,
                }
            }
            Mark::HtmlBlock => {
                self.block = Some(String::new());
                Frame::Html {
                    opened: self.open(Tag::Paragraph),
                }
            }
            Mark::List(first) => Frame::Element(self.open(Tag::List {
                ordered: first.is_some(),
            })),
            Mark::Item => Frame::Element(self.open(Tag::Item)),
            Mark::Emphasis => Frame::Element(self.open(Tag::Emphasis)),
            Mark::Strong => Frame::Element(self.open(Tag::Strong)),
            Mark::Link {
                link_type,
                dest_url,
                ..
            } => match allowed(link_type, &dest_url).filter(|_| !self.is_full()) {
                Some(href) => {
                    self.hrefs += href.len();
                    let opened = self.open(Tag::Link { href: href.clone() });
                    self.links += 1;
                    Frame::Link {
                        opened,
                        href,
                        nodes: self.nodes.len(),
                    }
                }
                None => Frame::Element(0),
            },
            // A picture is its description; the rest is not switched on.
            _ => Frame::Element(0),
        };
        self.frames.push(frame);
    }

    fn end(&mut self) {
        match self.frames.pop() {
            Some(Frame::Element(opened)) => self.close(opened),
            Some(Frame::Link {
                opened,
                href,
                nodes,
            }) => {
                // A link without a text would lead somewhere unseen.
                if self.pending.is_empty() && self.nodes.len() == nodes {
                    self.pending.push_str(&href);
                }
                self.flush();
                self.links -= 1;
                self.close(opened);
            }
            Some(Frame::Code { opened, info }) => {
                let code = self.block.take().unwrap_or_default();
                let code = code.strip_suffix('\n').unwrap_or(&code);
                let text = match (code.is_empty(), is_language(&info)) {
                    (false, true) => code.to_owned(),
                    (false, false) => format!("{info}\n{code}"),
                    (true, _) => info,
                };
                if !text.is_empty() {
                    self.flush();
                    self.nodes.push(Node::Text(text));
                }
                self.close(opened);
            }
            Some(Frame::Html { opened }) => {
                let html = self.block.take().unwrap_or_default();
                self.quote_mark();
                self.lines(html.trim_end());
                self.close(opened);
            }
            Some(Frame::Quote) => self.quotes -= 1,
            None => {}
        }
    }

    /// Begins an element, unless there are too many; says how many closing nodes it takes.
    fn open(&mut self, tag: Tag) -> usize {
        if self.depth >= DEPTH || self.is_full() {
            if matches!(tag, Tag::Paragraph | Tag::CodeBlock | Tag::Item) {
                self.gap();
            }
            return 0;
        }
        self.flush();
        self.nodes.push(Node::Open(tag));
        self.depth += 1;
        1
    }

    fn close(&mut self, opened: usize) {
        for _ in 0..opened {
            self.flush();
            self.depth -= 1;
            // An element with nothing in it would only be an odd gap on the screen.
            match self.nodes.last() {
                Some(Node::Open(tag)) if *tag != Tag::Item => {
                    self.nodes.pop();
                }
                _ => self.nodes.push(Node::Close),
            }
        }
    }

    fn code(&mut self, code: &str) {
        if self.is_full() {
            self.pending.push_str(code);
        } else {
            self.flush();
            self.nodes.push(Node::Code(code.to_owned()));
        }
    }

    fn line_break(&mut self) {
        if self.is_full() {
            self.pending.push(' ');
        } else {
            self.flush();
            self.nodes.push(Node::Break);
        }
    }

    fn lines(&mut self, text: &str) {
        for (count, line) in text.lines().enumerate() {
            if count > 0 {
                self.line_break();
                self.quote_mark();
            }
            self.pending.push_str(line);
        }
    }

    /// Keeps apart what stood in blocks of its own.
    fn gap(&mut self) {
        let after_text = matches!(self.nodes.last(), Some(Node::Text(_) | Node::Code(_)));
        if !self.pending.is_empty() || after_text {
            self.line_break();
        }
    }

    /// Quoted lines keep their mark: there is no element for them.
    fn quote_mark(&mut self) {
        if self.quotes > 0 {
            self.pending.push_str("> ");
        }
    }

    fn is_full(&self) -> bool {
        self.nodes.len() >= NODES || self.hrefs >= HREFS
    }

    /// Turns the characters so far into nodes; addresses among them become links.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.pending);
        let mut rest = text.as_str();
        while self.links == 0 && !self.is_full() && self.depth < DEPTH {
            let Some((start, end)) = find(rest) else {
                break;
            };
            self.text(&rest[..start]);
            let href = rest[start..end].to_owned();
            self.hrefs += href.len();
            self.nodes
                .push(Node::Open(Tag::Link { href: href.clone() }));
            self.nodes.push(Node::Text(href));
            self.nodes.push(Node::Close);
            rest = &rest[end..];
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            match self.nodes.last_mut() {
                Some(Node::Text(before)) => before.push_str(text),
                _ => self.nodes.push(Node::Text(text.to_owned())),
            }
        }
    }
}

/// Whether the words after a fence only name a language; others were meant to be read.
fn is_language(info: &str) -> bool {
    info.chars()
        .all(|c| c.is_ascii_alphanumeric() || "+-#._".contains(c))
}
