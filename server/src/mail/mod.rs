//! Mail that leaves: handed to the operator's mail server by SMTP.

mod letter;
mod words;

use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context as _, ensure};
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use protocol::delivery::Outcome;
use protocol::{DeliveryId, Timestamp};

pub(crate) use self::letter::Letter;
pub(crate) use self::words::{Waits, changed, handoff, invite, reset, test};
use crate::config::{Config, Encryption};

/// Mails that are handed over at once.
pub(crate) const AT_ONCE: u32 = 4;
/// How long the mail server may take for one answer.
const ANSWER: Duration = Duration::from_secs(20);
/// How long handing over may take as a whole.
pub(crate) const LONGEST: Duration = Duration::from_secs(60);
/// A connection that nothing is sent over for so long is closed; servers close theirs after minutes.
const IDLE: Duration = Duration::from_secs(30);

/// Hands mail to the mail server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Scheme and host for links. Never what a browser asked for: whoever asks for somebody else's
    /// new password could name a host of their own, and the link would lead there.
    base: String,
    /// Behind the `@` of a Message-ID.
    host: String,
    /// Of mails that nobody asked for in a language.
    language: String,
}

impl Mailer {
    /// Ready to send; none where the operator names no mail server. Nothing is connected yet.
    ///
    /// # Errors
    /// A sentence that names the setting that is wrong.
    pub(crate) fn open(config: &Config) -> anyhow::Result<Option<Self>> {
        let mail = &config.mail;
        if mail.host.is_empty() {
            return Ok(None);
        }
        let public = &config.server.public_url;
        let base = public
            .base()
            .context("mail holds links: set server.public_url as well")?;
        let authority = public.authority().unwrap_or_default();
        let host = authority.split(':').next().unwrap_or_default().to_owned();
        let from: Mailbox = mail.from.parse().with_context(|| {
            let from = &mail.from;
            format!("mail.from is {from:?}, but has to look like Baton <chat@example.org>")
        })?;
        let parameters = || TlsParameters::new(mail.host.clone()).context("mail.host");
        let (tls, port) = match mail.tls {
            Encryption::Starttls => (Tls::Required(parameters()?), 587),
            Encryption::Wrapped => (Tls::Wrapper(parameters()?), 465),
            Encryption::None => (Tls::None, 25),
        };
        let plain = mail.tls == Encryption::None;
        ensure!(
            mail.user.is_empty() || !plain,
            "mail.user needs mail.tls: without it everybody on the way reads the password"
        );
        let pool = PoolConfig::new().max_size(AT_ONCE).idle_timeout(IDLE);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
            .port(if mail.port == 0 { port } else { mail.port })
            .tls(tls)
            .timeout(Some(ANSWER))
            .hello_name(ClientId::Domain(host.clone()))
            .pool_config(pool);
        if !mail.user.is_empty() {
            let credentials = Credentials::new(mail.user.clone(), mail.password.clone());
            builder = builder.credentials(credentials);
        }
        Ok(Some(Self {
            transport: builder.build(),
            from,
            base,
            host,
            language: mail.language.clone(),
        }))
    }

    /// Scheme and host for links.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The address that mail comes from.
    pub(crate) fn from(&self) -> String {
        self.from.to_string()
    }

    /// Of mails that nobody asked for in a language.
    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    /// Hands one mail over. The same delivery always has the same Message-ID.
    pub(crate) async fn send(
        &self,
        delivery: DeliveryId,
        to: &str,
        letter: &Letter,
        now: Timestamp,
    ) -> Outcome {
        let message = match self.message(delivery, to, letter, now) {
            Ok(message) => message,
            Err(error) => {
                return Outcome::Refused {
                    why: format!("{error:#}"),
                };
            }
        };
        match tokio::time::timeout(LONGEST, self.transport.send(message)).await {
            Ok(Ok(_)) => Outcome::Accepted,
            Ok(Err(error)) => outcome_of(&error),
            Err(_) => Outcome::Later {
                why: "the mail server took too long".to_owned(),
            },
        }
    }

    fn message(
        &self,
        delivery: DeliveryId,
        to: &str,
        letter: &Letter,
        now: Timestamp,
    ) -> anyhow::Result<Message> {
        // Each header is a value of its own type, which writes itself: no text can begin another one.
        let to: Address = to
            .parse()
            .context("this is no address that mail can go to")?;
        let date = UNIX_EPOCH + Duration::from_millis(now.millis().unsigned_abs());
        Ok(Message::builder()
            .message_id(Some(format!("<{delivery}@{}>", self.host)))
            .date(date)
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(
                letter.text(),
                letter.html(),
            ))?)
    }
}

/// What is to be done about an answer of the mail server. A 4xx is for now and a 5xx for good (RFC
/// 5321, 4.2.1), except that what is said about our own sign-in (RFC 4954, 6) is the operator's to mend
/// and no fault of the mail.
fn outcome_of(error: &lettre::transport::smtp::Error) -> Outcome {
    let why = error.to_string();
    let status = error.status().map(u16::from);
    let of_sign_in = matches!(status, Some(530 | 534 | 535 | 538));
    if error.is_permanent() && !of_sign_in {
        return Outcome::Refused { why };
    }
    Outcome::Later { why }
}

/// Says that nobody wrote this, so that nobody's holiday answers (RFC 3834, 5).
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use protocol::person::Role;

    use super::*;
    use crate::config::PublicUrl;

    fn config() -> Config {
        let mut config = Config::load(None).unwrap();
        config.mail.host = "mail.example.org".to_owned();
        config.mail.from = "Tarn & Trail <chat@example.org>".to_owned();
        config.server.public_url = PublicUrl::parse("https://chat.example.org").unwrap();
        config
    }

    #[tokio::test]
    async fn settings_that_cannot_work_are_named_at_the_start() {
        assert!(
            Mailer::open(&Config::load(None).unwrap())
                .unwrap()
                .is_none()
        );
        assert!(Mailer::open(&config()).unwrap().is_some());
        let wrong = |change: fn(&mut Config)| {
            let mut config = config();
            change(&mut config);
            let error = Mailer::open(&config).map(drop).unwrap_err();
            format!("{error:#}")
        };
        let no_url = wrong(|config| config.server.public_url = PublicUrl::default());
        assert!(no_url.contains("server.public_url"), "{no_url}");
        let no_from = wrong(|config| config.mail.from.clear());
        assert!(no_from.contains("mail.from"), "{no_from}");
        let bare = wrong(|config| {
            config.mail.tls = Encryption::None;
            config.mail.user = "baton".to_owned();
        });
        assert!(bare.contains("mail.tls"), "{bare}");
    }

    #[tokio::test]
    async fn no_name_begins_a_header_of_its_own() {
        let mailer = Mailer::open(&config()).unwrap().unwrap();
        let evil = "Mallory\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>";
        let letter = invite(
            "en",
            mailer.base(),
            "token",
            (evil, evil),
            (Role::Agent, Some(evil)),
        );
        let delivery = DeliveryId(uuid::Uuid::from_u128(7));
        let message = mailer
            .message(delivery, "ben@example.org", &letter, Timestamp(0))
            .unwrap();
        let written = String::from_utf8(message.formatted()).unwrap();
        let head = written.split("\r\n\r\n").next().unwrap();
        assert!(!head.contains("\r\nBcc"), "{head}");
        assert!(
            head.contains("\r\nAuto-Submitted: auto-generated"),
            "{head}"
        );
        assert!(head.contains("000007@chat.example.org>"), "{head}");
        assert!(!letter.html().contains("<script>"), "{}", letter.html());
        let nowhere = "ben@example.org\r\nBcc: everybody@example.org";
        let refused = mailer.message(delivery, nowhere, &letter, Timestamp(0));
        assert!(refused.is_err());
    }
}
