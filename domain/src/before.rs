//! The form before the chat: what it asks for, and the checks of what comes back.

use protocol::before::BeforeView;
use protocol::lead::{Answer, LeadDetails};
use protocol::settings::{Ask, BeforeSettings, FormSettings};
use protocol::{Refusal, Timestamp};

use crate::chatbot::{Chatbot, fields};
use crate::lead;

/// Under what name it is known that a visitor agreed.
const CONSENT: &str = "Consent";

/// What a visitor is asked for; none where the chat begins at once.
pub fn asked(chatbot: &Chatbot) -> Option<BeforeView> {
    let settings = &chatbot.settings.before;
    let fields = fields(&form(settings));
    let asks = settings.enabled && (!fields.is_empty() || settings.consent.is_some());
    asks.then(|| BeforeView {
        name: chatbot.name.clone(),
        fields,
        consent: settings.consent.clone(),
    })
}

/// What the visitor wrote, as it is kept: without what was not asked for.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for the first field that is not as it has to be, [`Refusal::FormNotAsked`].
pub fn checked(settings: &BeforeSettings, details: &LeadDetails) -> Result<LeadDetails, Refusal> {
    if !settings.enabled {
        return Err(Refusal::FormNotAsked);
    }
    lead::read(&form(settings), details)
}

/// Whether a visitor agrees to something before their first words.
pub fn asks_consent(settings: &BeforeSettings) -> bool {
    settings.enabled && settings.consent.is_some()
}

/// The same with what the visitor agreed to and on which day (UTC), as one more detail of theirs.
///
/// # Errors
/// As [`checked`].
pub fn kept(
    settings: &BeforeSettings,
    details: &LeadDetails,
    now: Timestamp,
) -> Result<LeadDetails, Refusal> {
    let mut kept = checked(settings, details)?;
    if let Some(consent) = &settings.consent {
        let day = jiff::Timestamp::from_millisecond(now.millis());
        let day = day.map_or_else(
            |_| String::new(),
            |day| day.strftime("%Y-%m-%d: ").to_string(),
        );
        kept.custom.push(Answer {
            label: CONSENT.to_owned(),
            text: match &consent.url {
                Some(url) => format!("{day}{} ({url})", consent.text),
                None => day + &consent.text,
            },
        });
    }
    Ok(kept)
}

/// The same as a form for details, which asks for a message as well.
fn form(settings: &BeforeSettings) -> FormSettings {
    FormSettings {
        name: settings.name,
        email: settings.email,
        phone: settings.phone,
        message: Ask::Off,
        custom: settings.custom.clone(),
        consent: settings
            .consent
            .as_ref()
            .map(|consent| consent.text.clone()),
    }
}
