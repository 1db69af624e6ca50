//! The sections of a chatbot's settings, each with an address of its own.

use leptos::prelude::*;
use protocol::module::{Module, SwitchedOff};

use super::editing::{Editing, sets};
use super::sections::{
    before, files, form, hours, knowledge, live_chat, look, messages, privacy, queue, rating,
    routing, sites, triggers,
};
use crate::words::t;

/// A section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Look,
    Knowledge,
    LiveChat,
    Triggers,
    Routing,
    Queue,
    Hours,
    Messages,
    Before,
    Form,
    Rating,
    Files,
    Sites,
    Privacy,
}

pub(super) const SECTIONS: [Section; 14] = [
    Section::Look,
    Section::Knowledge,
    Section::LiveChat,
    Section::Triggers,
    Section::Routing,
    Section::Queue,
    Section::Hours,
    Section::Messages,
    Section::Before,
    Section::Form,
    Section::Rating,
    Section::Files,
    Section::Sites,
    Section::Privacy,
];

/// The part of the address of every section, its name and its icon.
pub(crate) fn sections() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    SECTIONS.into_iter().map(|section| {
        let (name, icon) = section.name();
        (section.slug(), name, icon)
    })
}

impl Section {
    /// The section at an address.
    pub(super) fn of(slug: &str) -> Option<Self> {
        SECTIONS.into_iter().find(|section| section.slug() == slug)
    }

    /// Its part of the address.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Look => "look",
            Self::Knowledge => "knowledge",
            Self::LiveChat => "live-chat",
            Self::Triggers => "triggers",
            Self::Routing => "routing",
            Self::Queue => "queue",
            Self::Hours => "hours",
            Self::Messages => "messages",
            Self::Before => "before",
            Self::Form => "form",
            Self::Rating => "rating",
            Self::Files => "files",
            Self::Sites => "sites",
            Self::Privacy => "privacy",
        }
    }

    /// What it is called, and its icon.
    pub(super) fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Look => (t::look(), "palette"),
            Self::Knowledge => (t::knowledge(), "book"),
            Self::LiveChat => (t::live_chat(), "person"),
            Self::Triggers => (t::triggers(), "bell"),
            Self::Routing => (t::routing(), "transfer"),
            Self::Queue => (t::waiting_line(), "list"),
            Self::Hours => (t::business_hours(), "clock"),
            Self::Messages => (t::texts(), "chat"),
            Self::Before => (t::before_the_chat(), "at"),
            Self::Form => (t::contact_form(), "form"),
            Self::Rating => (t::ratings(), "star"),
            Self::Files => (t::files_word(), "clip"),
            Self::Sites => (t::allowed_sites(), "web"),
            Self::Privacy => (t::privacy(), "eye"),
        }
    }

    /// The parts of the settings that it holds.
    fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Look => &["look"],
            // It is no setting: nothing of it is inherited.
            Self::Knowledge => &[],
            Self::LiveChat => &["handoff"],
            Self::Triggers => &["triggers"],
            Self::Routing => &["routing"],
            Self::Queue => &["queue", "idle"],
            Self::Hours => &["hours"],
            Self::Messages => &["messages"],
            Self::Before => &["before"],
            Self::Form => &["form"],
            Self::Rating => &["rating"],
            Self::Files => &["files"],
            Self::Sites => &["sites"],
            Self::Privacy => &["privacy"],
        }
    }

    /// The modules without which nothing of it happens.
    fn modules(self) -> &'static [Module] {
        match self {
            Self::Triggers => &[Module::LiveChat, Module::Assistant],
            Self::Knowledge => &[Module::Assistant],
            Self::LiveChat
            | Self::Routing
            | Self::Queue
            | Self::Hours
            | Self::Form
            | Self::Rating => &[Module::LiveChat],
            Self::Look
            | Self::Messages
            | Self::Before
            | Self::Files
            | Self::Sites
            | Self::Privacy => &[],
        }
    }

    /// The module that is missing, if one is.
    pub(super) fn lacks(self, off: &[SwitchedOff]) -> Option<&SwitchedOff> {
        off.iter().find(|one| self.modules().contains(&one.module))
    }

    /// Whether anything in it is set here.
    pub(super) fn is_own(self, at: Editing) -> bool {
        at.draft
            .with(|draft| self.parts().iter().any(|part| sets(draft, part)))
    }

    /// Where the setting of a path is changed.
    pub(super) fn href_of_path(base: &str, path: &str) -> String {
        let part = path.split('.').next().unwrap_or_default();
        let mut sections = SECTIONS.into_iter();
        let section = sections.find(|section| section.parts().contains(&part));
        let slug = section.unwrap_or(Self::Look).slug();
        // Fields of lists are one field on the page.
        let field = path
            .split('.')
            .take_while(|word| word.parse::<u32>().is_err());
        let field = field.collect::<Vec<_>>().join(".");
        format!("{base}/{slug}#{field}")
    }

    /// Its controls.
    pub(super) fn view(self, at: Editing) -> AnyView {
        match self {
            Self::Look => look::view(at),
            Self::Knowledge => knowledge::view(at),
            Self::LiveChat => live_chat::view(at),
            Self::Triggers => triggers::view(at),
            Self::Routing => routing::view(at),
            Self::Queue => queue::view(at),
            Self::Hours => hours::view(at),
            Self::Messages => messages::view(at),
            Self::Before => before::view(at),
            Self::Form => form::view(at),
            Self::Rating => rating::view(at),
            Self::Files => files::view(at),
            Self::Sites => sites::view(at),
            Self::Privacy => privacy::view(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_an_address_and_every_setting_a_section() {
        for section in SECTIONS {
            assert_eq!(Some(section), Section::of(section.slug()));
        }
        assert_eq!(None, Section::of("nowhere"));
        let href = Section::href_of_path("/chatbots/1", "sites.allowed.3");
        assert_eq!("/chatbots/1/sites#sites.allowed", href);
        let href = Section::href_of_path("/chatbots/1", "idle.warn_minutes");
        assert_eq!("/chatbots/1/queue#idle.warn_minutes", href);
    }

    #[test]
    fn a_section_names_the_module_that_it_waits_for() {
        let off = |module| SwitchedOff {
            module,
            everywhere: true,
            by: Vec::new(),
        };
        let both = [off(Module::Assistant), off(Module::LiveChat)];
        let lacks = |section: Section| section.lacks(&both).map(|off| off.module);
        assert_eq!(Some(Module::LiveChat), lacks(Section::LiveChat));
        assert_eq!(Some(Module::Assistant), lacks(Section::Triggers));
        assert_eq!(None, lacks(Section::Look));
        assert!(Section::LiveChat.lacks(&both[..1]).is_none());
    }
}
