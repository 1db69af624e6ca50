//! One row of the timeline each: bubbles, what happened, the place in line, typing.

use alloc::string::String;

use protocol::entry::{Message, PublicAuthor, PublicEntry, PublicEvent, Source};
use protocol::visitor::Typist;
use protocol::{Key, Timestamp};
use web_sys::Element;

use super::files::attached;
use super::form;
use super::head::person as mark_of;
use super::rich_text::{add_text, link};
use crate::dom::{add, button, element, icon, inside, say, say_line, set};
use crate::host::host;
use crate::ids;
use crate::state::{Mark, What};
use crate::text::{self, Line};

/// The id of the proposal's words.
const PROPOSED: &str = "proposed";

/// Draws a row.
pub(super) fn draw(what: &What<'_>) -> Element {
    match what {
        What::Theirs {
            entry,
            message,
            named,
            open,
            thumbs,
        } => theirs(entry, message, (*named, *open, *thumbs)),
        What::Own { message, mark } => own(*mark, None, &|bubble| {
            add_text(bubble, &message.text);
            attached(bubble, &message.attachments);
        }),
        What::Draft {
            key,
            text: words,
            files,
            mark,
        } => own(*mark, Some(*key), &|bubble| {
            // In a paragraph, which keeps the line breaks.
            if !words.is_empty() {
                say(&inside(bubble, "p", ""), words);
            }
            if *files > 0 {
                let line = inside(bubble, "p", "");
                add(&line, &icon("#i-clip", "i"));
                say(&line, &Line::file_count.count(*files));
            }
        }),
        What::Event { event, at } => happened(event, &clock(*at)),
        What::Asking { offline } => {
            let news = if *offline {
                Line::asking_offline
            } else {
                Line::asking
            };
            line("#i-clock", &news.text())
        }
        What::Proposal(message) => proposal(message),
        What::Form {
            form,
            details,
            trouble,
        } => form::draw(form, details, *trouble),
        What::Sending { offline } => {
            let news = if *offline {
                Line::details_offline
            } else {
                Line::sending_details
            };
            line("#i-mail", &news.text())
        }
        What::Waiting { place, cancelling } => waiting(*place, *cancelling),
        What::Typing { typist, name } => typing(*typist, *name),
    }
}

fn message_row(from: &str) -> Element {
    let row = element("li", "m");
    set(&row, "data-from", from);
    row
}

fn bubble(row: &Element) -> Element {
    let bubble = inside(row, "div", "b");
    set(&bubble, "dir", "auto");
    bubble
}

fn theirs(
    entry: &PublicEntry,
    message: &Message,
    (named, open, thumbs): (bool, bool, bool),
) -> Element {
    let person = match &entry.author {
        PublicAuthor::Person(face) => Some(face),
        PublicAuthor::Ai | PublicAuthor::Visitor | PublicAuthor::System => None,
    };
    let row = message_row(if person.is_some() { "agent" } else { "ai" });
    if named {
        let from = inside(&row, "span", "from");
        if let Some(face) = person {
            add(&from, &mark_of(face));
            say(&from, &face.name);
            say(&from, ", ");
            say(&from, &clock(entry.at));
        } else {
            add(&from, &icon("#i-ai", "i"));
            say_line(&from, Line::assistant);
        }
    }
    let bubble = bubble(&row);
    add_text(&bubble, &message.text);
    attached(&bubble, &message.attachments);
    if !message.sources.is_empty() {
        sources(&bubble, &message.sources);
    }
    if thumbs && person.is_none() {
        let place = inside(&row, "div", "thumbs");
        let thumb = message.thumb.map_or(0, |thumb| thumb as u32 + 1);
        host().thumbs(&place, entry.seq.0 as f64, thumb);
    }
    if open {
        let choices = inside(&row, "div", "choices");
        for choice in &message.choices {
            let choose = button(&choices, "btn", "pick");
            say(&choose, choice);
            add(&choose, &icon("#i-right", "i"));
        }
    }
    row
}

fn sources(bubble: &Element, sources: &[Source]) {
    let list = inside(bubble, "div", "sources");
    for (at, source) in sources.iter().enumerate() {
        let item = match &source.url {
            Some(url) => link(&list, url),
            None => inside(&list, "span", ""),
        };
        say(&inside(&item, "span", "cite"), &text::number(at + 1));
        say(&item, &source.title);
    }
}

fn own(mark: Mark<'_>, key: Option<Key>, words: &dyn Fn(&Element)) -> Element {
    let row = message_row("me");
    // One's own words are not read out.
    set(&row, "aria-live", "off");
    words(&bubble(&row));
    let (name, words) = match mark {
        Mark::None => return row,
        Mark::Sending => ("#i-clock", Ok(Line::sending)),
        Mark::Queued => ("#i-clock", Ok(Line::queued)),
        Mark::Sent => ("#i-check", Ok(Line::sent)),
        Mark::Read => ("#i-read", Ok(Line::read)),
        Mark::Failed(sentence) => ("#i-alert", Err(sentence)),
    };
    let is = inside(&row, "span", "is");
    add(&is, &icon(name, "i"));
    match words {
        Ok(line) => say_line(&is, line),
        Err(sentence) => say(&is, sentence),
    }
    match (mark, key) {
        (Mark::Queued, _) => set(&row, "data-pending", ""),
        (Mark::Failed(_), Some(key)) => {
            set(&row, "data-failed", "");
            set(&is, "role", "alert");
            for (does, says) in [("again", Line::again), ("discard", Line::discard)] {
                let button = button(&is, "btn sm", does);
                set(&button, "data-key", &ids::written(key.0));
                say_line(&button, says);
            }
        }
        _ => {}
    }
    row
}

fn line(name: &str, words: &str) -> Element {
    let row = element("li", "sys-line");
    add(&row, &icon(name, "i"));
    let line = inside(&row, "span", "");
    // The chatbot may say it in another language.
    set(&line, "dir", "auto");
    say(&line, words);
    row
}

fn happened(event: &PublicEvent, at: &str) -> Element {
    match event {
        PublicEvent::Proposed { message } => line("#i-ai", message),
        PublicEvent::Waiting { message }
        | PublicEvent::Overdue { message }
        | PublicEvent::IdleWarned { message } => line("#i-clock", message),
        PublicEvent::Joined { message, .. } => line("#i-baton", message),
        PublicEvent::Left { person } => line("#i-clock", &Line::left.both(&person.name, at)),
        PublicEvent::Cancelled { message } if !message.is_empty() => line("#i-ai", message),
        PublicEvent::Cancelled { .. } | PublicEvent::ProposalEnded => {
            line("#i-ai", &Line::cancelled.text())
        }
        PublicEvent::Missed { message, .. } => line("#i-mail", message),
        PublicEvent::FormSent => line("#i-done", &Line::thanks.text()),
        PublicEvent::Restored { person, message } | PublicEvent::Closed { person, message } => {
            let mut words = Line::finished.both(&person.name, at);
            words.push(' ');
            words.push_str(message);
            line("#i-done", &words)
        }
    }
}

fn proposal(message: &str) -> Element {
    let row = element("li", "");
    let card = inside(&row, "div", "ask");
    set(&card, "role", "group");
    set(&card, "aria-labelledby", PROPOSED);
    let words = inside(&card, "p", "words");
    set(&words, "id", PROPOSED);
    set(&words, "dir", "auto");
    say(&words, message);
    let acts = inside(&card, "div", "acts two");
    let yes = button(&acts, "btn lg", "yes");
    set(&yes, "data-kind", "primary");
    say_line(&yes, Line::talk);
    say_line(&button(&acts, "btn lg", "no"), Line::no_thanks);
    row
}

fn waiting(place: u32, cancelling: bool) -> Element {
    let row = element("li", "");
    // The state line says it.
    set(&row, "aria-live", "off");
    let card = inside(&row, "div", "ask");
    let places = inside(&card, "ol", "place");
    set(&places, "aria-hidden", "true");
    mark_place(
        &places,
        "you",
        &text::number(place as usize),
        &Line::you.text(),
    );
    if place > 1 {
        inside(&places, "li", "gap");
        mark_place(&places, "", "1", &Line::next_mark.text());
    }
    inside(&places, "li", "gap");
    let team = mark_place(&places, "", "", &Line::team.text());
    add(&team, &icon("#i-person", "i"));
    say_line(&inside(&card, "p", ""), Line::place_kept);
    if !cancelling {
        let acts = inside(&card, "div", "acts");
        let go_on = button(&acts, "btn lg", "go-on");
        set(&go_on, "data-kind", "quiet");
        add(&go_on, &icon("#i-ai", "i s"));
        say_line(&go_on, Line::go_on);
    }
    row
}

/// One mark of the line; returns its circle.
fn mark_place(places: &Element, class: &str, number: &str, words: &str) -> Element {
    let place = inside(places, "li", class);
    let circle = inside(&place, "span", "");
    say(&circle, number);
    say(&place, words);
    circle
}

fn typing(typist: Typist, name: Option<&str>) -> Element {
    let (from, words) = match (typist, name) {
        (Typist::Ai, _) => ("ai", Line::ai_typing.text()),
        (Typist::Person, Some(name)) => ("agent", Line::typing.with(name)),
        (Typist::Person, None) => ("agent", Line::person_typing.text()),
    };
    let row = message_row(from);
    set(&row, "aria-live", "off");
    let bubble = inside(&row, "div", "b typing-b");
    let dots = inside(&bubble, "span", "typing");
    set(&dots, "aria-hidden", "true");
    for _ in 0..3 {
        inside(&dots, "i", "");
    }
    say(&inside(&bubble, "span", "only-read"), &words);
    row
}

fn clock(at: Timestamp) -> String {
    host().clock(at.millis() as f64)
}
