//! What is kept of a visitor whom nobody could answer, and the checks of the form.

use protocol::entry::MissedReason;
use protocol::lead::{Answer, LeadDetails};
use protocol::refusal::{Field, Problem};
use protocol::settings::{Ask, FormSettings};
use protocol::{
    ChatbotId, ConversationId, HandoffId, LeadId, Refusal, Seq, Timestamp, WorkspaceId, limits,
};

use crate::{forms, text};

/// A visitor to get back to. The conversation up to `seq` is its transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    pub id: LeadId,
    pub workspace: WorkspaceId,
    pub chatbot: ChatbotId,
    pub conversation: ConversationId,
    pub handoff: HandoffId,
    /// Why nobody answered; none while the visitor still waits.
    pub reason: Option<MissedReason>,
    pub seq: Seq,
    pub at: Timestamp,
    /// What the visitor left; none until they do.
    pub details: Option<LeadDetails>,
}

/// What the visitor wrote, as it is kept: without what was not asked for.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for the first field that is not as it has to be.
pub fn checked(form: &FormSettings, details: &LeadDetails) -> Result<LeadDetails, Refusal> {
    let read = read(form, details)?;
    if read.email.is_empty() && read.phone.is_empty() {
        return invalid(Field::Contact, Problem::Missing);
    }
    Ok(read)
}

/// The same, whether or not the visitor can be answered by what they wrote.
pub(crate) fn read(form: &FormSettings, details: &LeadDetails) -> Result<LeadDetails, Refusal> {
    let name = field(form.name, Field::Name, &details.name, limits::NAME)?;
    let email = field(form.email, Field::Email, &details.email, limits::EMAIL)?;
    if !email.is_empty() {
        forms::check_email(&email)?;
    }
    let phone = field(form.phone, Field::Phone, &details.phone, limits::PHONE)?;
    if !phone.is_empty() && !is_phone(&phone) {
        return invalid(Field::Phone, Problem::NotAPhoneNumber);
    }
    let message = field(
        form.message,
        Field::Message,
        &details.message,
        limits::FORM_TEXT,
    )?;
    let mut custom = Vec::new();
    for (place, asked) in form.custom.iter().enumerate() {
        let answer = details
            .custom
            .iter()
            .find(|answer| answer.label == asked.label);
        let ask = if asked.required {
            Ask::Required
        } else {
            Ask::Optional
        };
        let place = Field::Custom(u32::try_from(place).unwrap_or(u32::MAX));
        let text = answer.map_or("", |answer| answer.text.as_str());
        let text = field(ask, place, text, limits::FORM_TEXT)?;
        if !text.is_empty() {
            let label = asked.label.clone();
            custom.push(Answer { label, text });
        }
    }
    if form.consent.is_some() && !details.consent {
        return invalid(Field::Consent, Problem::Missing);
    }
    Ok(LeadDetails {
        name,
        email,
        phone,
        message,
        custom,
        consent: form.consent.is_some(),
    })
}

fn field(ask: Ask, field: Field, text: &str, limit: usize) -> Result<String, Refusal> {
    let text = text::lines(text);
    match ask {
        Ask::Off => Ok(String::new()),
        Ask::Required if text.is_empty() => invalid(field, Problem::Missing),
        Ask::Optional | Ask::Required if text.chars().count() > limit => {
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            invalid(field, Problem::TooLong { limit })
        }
        Ask::Optional | Ask::Required => Ok(text),
    }
}

/// Five to fifteen digits (E.164 has fifteen at most), an optional `+` first, and what people put
/// between digits.
pub(crate) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits)
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || " -./()".contains(c))
}

fn invalid<T>(field: Field, problem: Problem) -> Result<T, Refusal> {
    Err(Refusal::FieldInvalid { field, problem })
}
