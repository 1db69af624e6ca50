//! How an agent wants the inbox to be in this browser: sound, notifications, keys and lists.

/// What a request sounds like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sound {
    /// Two rising tones.
    Rising,
    /// One tone like a small bell.
    Bell,
    /// Two low, soft tones.
    Soft,
}

impl Sound {
    /// Every sound, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Rising, Self::Bell, Self::Soft];

    fn name(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Bell => "bell",
            Self::Soft => "soft",
        }
    }
}

/// Which key sends what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendKey {
    /// Enter sends, and Shift Enter begins a line.
    Enter,
    /// Ctrl or Command Enter sends, and Enter begins a line.
    WithCtrl,
}

/// Everything that is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Preferences {
    pub(crate) sound: Sound,
    /// From 0, which is silent, to 100.
    pub(crate) volume: u8,
    /// After how many minutes a request rings again.
    pub(crate) again_minutes: u8,
    pub(crate) notifies: bool,
    /// After how many minutes without a sign of me I am away; 0 for never.
    pub(crate) away_minutes: u8,
    /// Whether single letters are shortcuts.
    pub(crate) letters: bool,
    pub(crate) sends: SendKey,
    /// Whether the second tab is called "Claimed".
    pub(crate) says_claimed: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            sound: Sound::Rising,
            volume: 70,
            again_minutes: 2,
            notifies: true,
            away_minutes: 15,
            letters: true,
            sends: SendKey::Enter,
            says_claimed: false,
        }
    }
}

impl Preferences {
    /// The lines under which they are kept.
    pub(crate) fn kept(&self) -> String {
        let yes = |is: bool| if is { "yes" } else { "no" };
        format!(
            "sound={}\nvolume={}\nagain={}\nnotifies={}\naway={}\nletters={}\nctrl={}\n\
             claimed={}",
            self.sound.name(),
            self.volume,
            self.again_minutes,
            yes(self.notifies),
            self.away_minutes,
            yes(self.letters),
            yes(self.sends == SendKey::WithCtrl),
            yes(self.says_claimed),
        )
    }

    /// What such lines say; what they leave out is as it is by default.
    pub(crate) fn of_kept(kept: &str) -> Self {
        let mut found = Self::default();
        for (name, value) in kept.lines().filter_map(|line| line.split_once('=')) {
            let yes = value == "yes";
            match name {
                "sound" => {
                    let known = Sound::ALL.into_iter().find(|sound| sound.name() == value);
                    found.sound = known.unwrap_or(found.sound);
                }
                "volume" => found.volume = value.parse().unwrap_or(found.volume).min(100),
                "again" => {
                    found.again_minutes = value.parse().unwrap_or(found.again_minutes).max(1);
                }
                "notifies" => found.notifies = yes,
                "away" => found.away_minutes = value.parse().unwrap_or(found.away_minutes),
                "letters" => found.letters = yes,
                "ctrl" if yes => found.sends = SendKey::WithCtrl,
                "claimed" => found.says_claimed = yes,
                _ => {}
            }
        }
        found
    }
}

/// What to do about somebody who gave no sign for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idle {
    /// They are away from now on, by themselves.
    Leaves,
    /// They were away by themselves and are back.
    Returns,
}

/// Whether somebody leaves or returns: `quiet_ms` is how long they gave no sign, `by_itself` whether
/// they were made away by this.
pub(crate) fn idle(quiet_ms: u64, minutes: u8, online: bool, by_itself: bool) -> Option<Idle> {
    let limit = u64::from(minutes) * 60_000;
    match (by_itself, quiet_ms >= limit) {
        (false, true) if online && minutes > 0 => Some(Idle::Leaves),
        (true, false) if !online => Some(Idle::Returns),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_kept_and_what_is_unknown_is_as_by_default() {
        let chosen = Preferences {
            sound: Sound::Soft,
            volume: 0,
            again_minutes: 5,
            notifies: false,
            away_minutes: 0,
            letters: false,
            sends: SendKey::WithCtrl,
            says_claimed: true,
        };
        assert_eq!(chosen, Preferences::of_kept(&chosen.kept()));
        let by_default = Preferences::default();
        assert_eq!(by_default, Preferences::of_kept(&by_default.kept()));
        assert_eq!(
            by_default,
            Preferences::of_kept("sound=drum\nvolume=x\n\nnonsense")
        );
        assert_eq!(1, Preferences::of_kept("again=0").again_minutes);
    }

    #[test]
    fn who_gives_no_sign_is_away_until_they_do() {
        const LONG: u64 = 15 * 60_000;
        assert_eq!(Some(Idle::Leaves), idle(LONG, 15, true, false));
        assert_eq!(None, idle(LONG - 1, 15, true, false));
        assert_eq!(None, idle(LONG, 0, true, false), "never");
        assert_eq!(None, idle(LONG, 15, false, false), "chose to be away");
        assert_eq!(None, idle(LONG, 15, false, true), "is still gone");
        assert_eq!(Some(Idle::Returns), idle(0, 15, false, true));
        assert_eq!(None, idle(0, 15, true, true), "came back by hand");
    }
}
