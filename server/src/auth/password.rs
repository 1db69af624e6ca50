//! Passwords: argon2id with the parameters of the OWASP Password Storage Cheat Sheet (19 MiB, 2, 1).

use std::sync::{Arc, OnceLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::forms::check_password;
use protocol::Refusal;
use protocol::refusal::{Field, Problem};
use tokio::sync::Semaphore;

/// Hashes at most this many passwords at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords without holding up the rest of the server.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    permits: Arc<Semaphore>,
    /// Checked when there is no such agent, so that both answers take the same time.
    dummy: Arc<OnceLock<String>>,
}

impl Passwords {
    /// Ready to hash. What takes long of it is begun beside the start, and waited for by who needs it.
    pub(crate) fn new() -> Self {
        let dummy = Arc::new(OnceLock::new());
        let making = dummy.clone();
        tokio::task::spawn_blocking(move || {
            making.get_or_init(make_dummy);
        });
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            dummy,
        }
    }

    /// The hash of a password that somebody chooses for themselves. `about` is what is near them,
    /// such as their name.
    ///
    /// # Errors
    /// [`Refusal::FieldInvalid`] when it is too short, too long or soon guessed;
    /// [`Refusal::Unavailable`].
    pub(crate) async fn choose(
        &self,
        password: String,
        about: Vec<String>,
    ) -> Result<String, Refusal> {
        check_password(&password)?;
        let unavailable = |error: anyhow::Error| {
            tracing::error!(%error, "a password could not be hashed");
            Refusal::Unavailable
        };
        let judged = password.clone();
        let guessed = self.run(move || is_soon_guessed(&judged, &about));
        if guessed.await.map_err(unavailable)? {
            return Err(Refusal::FieldInvalid {
                field: Field::Password,
                problem: Problem::TooCommon,
            });
        }
        self.hash(password).await.map_err(unavailable)
    }

    /// The hash to store.
    pub(crate) async fn hash(&self, password: String) -> anyhow::Result<String> {
        self.run(move || hash_now(&password)).await?
    }

    /// Whether the password is the one; `stored` is none when there is no such agent.
    pub(crate) async fn check(
        &self,
        password: String,
        stored: Option<String>,
    ) -> anyhow::Result<bool> {
        let known = stored.is_some();
        let dummy = self.dummy.clone();
        let right = self
            .run(move || {
                let stored = stored.as_deref();
                let stored = stored.unwrap_or_else(|| dummy.get_or_init(make_dummy));
                PasswordHash::new(stored).is_ok_and(|hash| {
                    Argon2::default()
                        .verify_password(password.as_bytes(), &hash)
                        .is_ok()
                })
            })
            .await?;
        Ok(known && right)
    }

    /// Runs a hash on a thread of its own. The permit moves along: a caller who hangs up does not
    /// make room for one more hash while this one still runs.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let permit = self.permits.clone().acquire_owned().await?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        Ok(done.await?)
    }
}

/// Whether a password is among the first that are tried: on lists of leaked ones, made of one word or
/// of what is near its owner, repeated, counted up or along the keyboard (NIST SP 800-63B-4, 3.1.1.2,
/// asks for such a list). The lists come with the program.
fn is_soon_guessed(password: &str, about: &[String]) -> bool {
    let words = about.iter().flat_map(|text| text.split([' ', '@', '.']));
    let mut words: Vec<&str> = words.filter(|word| word.chars().count() > 2).collect();
    words.extend(about.iter().map(String::as_str));
    words.push("baton");
    // Below 3 are those that fewer than 10^8 guesses find.
    zxcvbn::zxcvbn(password, &words).score() < zxcvbn::Score::Three
}

/// The hash of a password that nobody has.
fn make_dummy() -> String {
    hash_now(&super::token::fresh()).unwrap_or_else(|error| {
        tracing::error!(%error, "no password can be hashed");
        String::new()
    })
}

fn hash_now(password: &str) -> anyhow::Result<String> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| anyhow::anyhow!("{error}"))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon2
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let passwords = Passwords::new();
        let stored = passwords
            .hash("a small boat in the fog".to_owned())
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        let check = |password: &str, stored: Option<String>| {
            let passwords = passwords.clone();
            let password = password.to_owned();
            async move { passwords.check(password, stored).await.unwrap() }
        };
        assert!(check("a small boat in the fog", Some(stored.clone())).await);
        assert!(!check("a small boat in the frog", Some(stored)).await);
        assert!(!check("a small boat in the fog", None).await);
    }

    #[test]
    fn what_is_tried_first_is_soon_guessed_and_words_in_a_row_are_not() {
        let about = [
            "Olga Owner".to_owned(),
            "olga@tarn-trail.example".to_owned(),
        ];
        for password in [
            "passwordpassword",
            "123456789012345",
            "aaaaaaaaaaaaaaaaaaaa",
            "qwertyuiopasdfgh",
            "olga@tarn-trail.example",
            "OlgaOwnerOlgaOwner",
            "batonbatonbaton",
            "correcthorsebatterystaple",
        ] {
            let soon = is_soon_guessed(password, &about)
                || domain::forms::check_password(password).is_err();
            assert!(soon, "{password}");
        }
        for password in [
            "a small boat in the fog",
            "a quiet walk in the rain",
            "kein Tag ohne Tee am Fenster",
            "Rv8!kq02-Lmz7_xP",
            "風が吹けば桶屋が儲かるという話を聞いた",
        ] {
            assert!(!is_soon_guessed(password, &about), "{password}");
        }
    }
}
