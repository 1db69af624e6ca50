//! What a chatbot's look, its sites and what is kept of visitors are allowed to be.

use protocol::look::{LookSettings, PrivacySettings, Property, SiteSettings};
use protocol::refusal::Problem;
use protocol::{Refusal, limits};

use super::check::{filled, length, too_many, within, wrong};
use crate::look::{self, Colour};
use crate::sites::{self, Site};

pub(super) fn look(part: &LookSettings) -> Result<(), Refusal> {
    if let Err(problem) = Colour::typed(&part.colour) {
        return wrong("look.colour", problem);
    }
    within("look.radius", part.radius, 0, 32)?;
    within("look.across", part.across, 0, 200)?;
    within("look.up", part.up, 0, 200)?;
    length(
        "look.launcher_text",
        &part.launcher_text,
        limits::LAUNCHER_TEXT,
    )?;
    length("look.initials", &part.initials, limits::INITIALS)?;
    if !part.initials.chars().all(char::is_alphanumeric) {
        return wrong("look.initials", Problem::NotAllowedHere);
    }
    length("look.name", &part.name, limits::NAME)?;
    if part.properties.len() > look::NAMES.len() {
        return wrong("look.properties", too_many(look::NAMES.len()));
    }
    for (place, Property { name, value }) in part.properties.iter().enumerate() {
        let path = format!("look.properties.{place}");
        let Some((_, kind)) = look::kind(name) else {
            return wrong(&path, Problem::NotAllowedHere);
        };
        if part.properties[..place]
            .iter()
            .any(|other| other.name == *name)
        {
            return wrong(&path, Problem::Twice);
        }
        length(&path, value, limits::LAST_LINE)?;
        match kind.check(value) {
            Ok(()) => {}
            Err(look::Wrong::Form) => return wrong(&path, Problem::NotAllowedHere),
            Err(look::Wrong::TooFaint) => return wrong(&path, Problem::TooFaint),
        }
    }
    Ok(())
}

pub(super) fn sites(part: &SiteSettings) -> Result<(), Refusal> {
    if part.allowed.len() > limits::SITES {
        return wrong("sites.allowed", too_many(limits::SITES));
    }
    for (place, site) in part.allowed.iter().enumerate() {
        let path = format!("sites.allowed.{place}");
        length(&path, site, limits::EMAIL)?;
        if Site::read(site).is_none() {
            return wrong(&path, Problem::NotASite);
        }
        if part.allowed[..place].contains(site) {
            return wrong(&path, Problem::Twice);
        }
    }
    // They all stand in one header.
    if sites::frame_ancestors(&part.allowed).len() > limits::SITES_BYTES {
        let limit = u32::try_from(limits::SITES_BYTES).unwrap_or(u32::MAX);
        return wrong("sites.allowed", Problem::TooLong { limit });
    }
    Ok(())
}

pub(super) fn privacy(part: &PrivacySettings) -> Result<(), Refusal> {
    if let Some(days) = part.erase_after_days {
        within("privacy.erase_after_days", days, 1, limits::KEPT_DAYS)?;
    }
    let Some(page) = &part.page else {
        return Ok(());
    };
    filled("privacy.page", page, limits::PAGE_URL)?;
    let rest = page
        .strip_prefix("https://")
        .or_else(|| page.strip_prefix("http://"));
    let link = rest.is_some_and(|rest| {
        !rest.starts_with('/')
            && !page
                .chars()
                .any(|letter| letter.is_whitespace() || letter.is_control())
    });
    match link {
        true if rest != Some("") => Ok(()),
        _ => wrong("privacy.page", Problem::NotALink),
    }
}
