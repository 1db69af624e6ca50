//! What our mails say, in the languages of the pages.

use protocol::person::Role;

use super::letter::Letter;

/// Somebody who waits, as a mail names them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waits<'a> {
    /// What they call themselves, if that can be said.
    pub(crate) name: Option<&'a str>,
    pub(crate) chatbot: &'a str,
    pub(crate) link: &'a str,
}

/// The language that is nearest to a tag.
fn is_german(tag: &str) -> bool {
    tag.split('-')
        .next()
        .unwrap_or_default()
        .eq_ignore_ascii_case("de")
}

/// One line: no text here may hold a break.
fn line(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letter(
    german: bool,
    subject: String,
    paragraphs: &[String],
    button: Option<(&'static str, String)>,
    below: &str,
) -> Letter {
    Letter {
        language: if german { "de" } else { "en" },
        subject: line(&subject),
        paragraphs: paragraphs.iter().map(|text| line(text)).collect(),
        button,
        below: below.to_owned(),
    }
}

/// Somebody is asked to join: by whom, which workspace and as what, by the name that the workspace
/// gave it if any.
pub(crate) fn invite(
    language: &str,
    base: &str,
    token: &str,
    (by, workspace): (&str, &str),
    (role, called): (Role, Option<&str>),
) -> Letter {
    let link = format!("{base}/join#{token}");
    if is_german(language) {
        let role = called.unwrap_or(in_german(role));
        return letter(
            true,
            format!("Einladung ins Team von {workspace}"),
            &[
                format!("{by} lädt dich ein, im Team von {workspace} mitzumachen ({role})."),
                "Der Link gilt 24 Stunden und nur einmal.".to_owned(),
            ],
            Some(("Einladung annehmen", link)),
            "Wenn dir das nichts sagt, ist nichts zu tun.",
        );
    }
    let role = called.unwrap_or(in_english(role));
    letter(
        false,
        format!("Join the team of {workspace}"),
        &[
            format!("{by} invites you to join the team of {workspace} ({role})."),
            "The link works once, for 24 hours.".to_owned(),
        ],
        Some(("Accept the invitation", link)),
        "If this says nothing to you, there is nothing you have to do.",
    )
}

fn in_english(role: Role) -> &'static str {
    match role {
        Role::SupportAgent => "support agent",
        Role::Agent => "agent",
        Role::AccountManager => "account manager",
        Role::Supervisor => "supervisor",
        Role::Admin => "admin",
        Role::Owner => "owner",
    }
}

fn in_german(role: Role) -> &'static str {
    match role {
        Role::SupportAgent => "Support",
        Role::Agent => "Agent",
        Role::AccountManager => "Kundenbetreuung",
        Role::Supervisor => "Leitung",
        Role::Admin => "Admin",
        Role::Owner => "Inhaber",
    }
}

/// Somebody forgot their password.
pub(crate) fn reset(language: &str, base: &str, token: &str, workspace: &str) -> Letter {
    let link = format!("{base}/reset#{token}");
    if is_german(language) {
        return letter(
            true,
            format!("Neues Passwort für {workspace}"),
            &[
                "Jemand, hoffentlich du, möchte ein neues Passwort für dieses Konto wählen."
                    .to_owned(),
                "Der Link gilt eine Stunde und nur einmal.".to_owned(),
            ],
            Some(("Neues Passwort wählen", link)),
            "Warst du es nicht, tu nichts: Das alte Passwort gilt weiter.",
        );
    }
    letter(
        false,
        format!("A new password for {workspace}"),
        &[
            "Somebody, hopefully you, wants to choose a new password for this account.".to_owned(),
            "The link works once, for an hour.".to_owned(),
        ],
        Some(("Choose a new password", link)),
        "If it was not you, do nothing: the old password stays.",
    )
}

/// A password was changed by a link.
pub(crate) fn changed(language: &str, base: &str, workspace: &str) -> Letter {
    let link = format!("{base}/forgot");
    if is_german(language) {
        return letter(
            true,
            format!("Dein Passwort für {workspace} wurde geändert"),
            &[
                "Mit einem Link wurde soeben ein neues Passwort gewählt. Überall sonst bist du \
                 abgemeldet, und deine API-Tokens gelten nicht mehr."
                    .to_owned(),
                "Warst du es nicht, wähl gleich ein anderes und sag es einem Admin.".to_owned(),
            ],
            Some(("Anderes Passwort wählen", link)),
            "Warst du es selbst, ist nichts zu tun.",
        );
    }
    letter(
        false,
        format!("Your password for {workspace} was changed"),
        &[
            "A new password was chosen by a link just now. You were signed out everywhere else, and \
             your API tokens have ended."
                .to_owned(),
            "If it was not you, choose another one at once, and tell an admin.".to_owned(),
        ],
        Some(("Choose another password", link)),
        "If it was you, there is nothing to do.",
    )
}

/// Somebody waits for a person. Nothing of what they wrote is in it: mail lies readable on machines
/// that are not ours and in boxes that others look into, and what was erased here would stay there.
pub(crate) fn handoff(language: &str, waits: Waits<'_>) -> Letter {
    let Waits {
        name,
        chatbot,
        link,
    } = waits;
    let link = link.to_owned();
    if is_german(language) {
        let who = name.unwrap_or("Jemand");
        return letter(
            true,
            format!("{who} wartet bei {chatbot}"),
            &[
                format!("{who} möchte bei {chatbot} mit einem Menschen sprechen."),
                "Noch hat niemand übernommen.".to_owned(),
            ],
            Some(("Gespräch öffnen", link)),
            "Du bekommst dies, weil du gerade nicht in Baton bist. In deinem Profil kannst du es unter \
             „Benachrichtigungen“ abstellen.",
        );
    }
    let who = name.unwrap_or("Somebody");
    letter(
        false,
        format!("{who} is waiting at {chatbot}"),
        &[
            format!("{who} would like to talk to a person at {chatbot}."),
            "Nobody has taken it yet.".to_owned(),
        ],
        Some(("Open the conversation", link)),
        "You get this because you are not in Baton right now. Your profile has a switch for it, under \
         “Notifications”.",
    )
}

/// Whether mail leaves at all.
pub(crate) fn test(language: &str, base: &str, workspace: &str) -> Letter {
    let link = format!("{base}/deliveries");
    if is_german(language) {
        return letter(
            true,
            format!("Testmail von {workspace}"),
            &["Wenn du das liest, geht Post von deinem Baton aus hinaus.".to_owned()],
            Some(("Was verschickt wurde", link)),
            "Du hast selbst darum gebeten.",
        );
    }
    letter(
        false,
        format!("Test mail from {workspace}"),
        &["If you read this, mail leaves your Baton.".to_owned()],
        Some(("What was sent", link)),
        "You asked for it yourself.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mail_is_written_in_both_languages_on_single_lines() {
        let base = "https://chat.example.org";
        let waits = Waits {
            name: Some("Mira\nBerg"),
            chatbot: "Shop",
            link: "https://chat.example.org/inbox/1",
        };
        for language in ["en", "de", "de-CH", "fr", ""] {
            let german = language.starts_with("de");
            let letters = [
                invite(language, base, "t", ("Olga", "Tarn"), (Role::Agent, None)),
                reset(language, base, "t", "Tarn"),
                changed(language, base, "Tarn"),
                handoff(language, waits),
                test(language, base, "Tarn"),
            ];
            for letter in letters {
                assert_eq!(if german { "de" } else { "en" }, letter.language);
                let lines = letter.paragraphs.iter().chain([&letter.subject]);
                assert!(lines.clone().all(|line| !line.contains('\n')));
                assert!(lines.clone().all(|line| !line.contains("  ")));
            }
        }
    }
}
