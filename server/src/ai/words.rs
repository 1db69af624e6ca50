//! Words of a text, as the index compares them: lower case, joined where they are one, stemmed.

use std::collections::HashSet;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

/// A language whose words the index can stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Language {
    English,
    German,
}

/// Words that say nothing about what a text is about.
const ENGLISH_STOPS: &str = "a about actually ah all also am an and another any anyone anything \
    are as ask at be because been before being but by can cannot cant come could couldnt \
    did didnt do does doesnt doing done dont else etc ever for from get gets getting give go \
    going got had has have having he hello her here hers hey hi him his how i id if ill im in \
    into is isnt it its ive just kind let lets like may maybe me mean might mine much must my \
    myself no not now of off ok okay on one only or other our ours out over please possible \
    quite really s shall she should so some something sort such tell than thank thanks that \
    thats the their theirs them then there theres these they thing things this those through \
    to too try under up us very via want wanna wants was wasnt we well were what whats when \
    where whether which while who whom whose why will with within without wont would you \
    youre your yours";
const GERMAN_STOPS: &str = "aber alle allem allen aller alles als also am an andere auch auf aus \
    bei beim bin bist bitte da dabei damit danke dann das dass dein deine deinem deinen deiner \
    dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch \
    ein eine einem einen einer eines er es etwas euch euer eure für gegen geht gibt gut hab \
    habe haben habt hallo hast hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren \
    ihrer im in ins ist ja jede jedem jeden jeder jedes kann kannst kein keine keinem keinen \
    keiner können könnt könnte könnten lässt machen macht mal man mein meine meinem meinen \
    meiner mich mir mit muss müssen möchte möchten nach nein nicht noch nun nur ob oder ohne \
    schon sehr sei sein seine seinem seinen seiner sich sie sind so soll sollte sollten über um \
    und uns unser unsere unserem unseren unserer unter vom von vor wann war waren warum was \
    weil welche welchem welchen welcher welches wenn wer werde werden weshalb wie wieso wieder \
    will wir wird wo wollen wollte worden wurde wurden würde würden zu zum zur";
/// Stems of words that nearly every question could hold, whatever it is about.
const ENGLISH_WEAK: &str = "actual best call chang check choos differ enabl explain find first \
    good happen help keep know learn long look make manag mani mean new next number old \
    option put question quick read right run see set show start still stop take tell time turn \
    understand use user way work write need";
const GERMAN_WEAK: &str = "best brauch erklar find frag funktioni geb geh hilf kenn komm lang \
    mach mehr neu nutz oft passi seh sein verwend wiss zeig tu";
/// Stop words that both languages know do not tell one from the other.
const SHARED: [&str; 13] = [
    "am", "an", "also", "das", "in", "ins", "man", "mine", "so", "war", "was", "will", "die",
];

/// Two words that are one: the stem of the first, the second, and what they are together.
const PAIRS: [(&str, &str, &str); 24] = [
    ("sign", "in", "login"),
    ("log", "in", "login"),
    ("log", "on", "login"),
    ("sign", "out", "logout"),
    ("log", "out", "logout"),
    ("log", "off", "logout"),
    ("sign", "up", "register"),
    ("set", "up", "setup"),
    ("hand", "over", "handoff"),
    ("hand", "off", "handoff"),
    ("take", "over", "takeover"),
    ("took", "over", "takeover"),
    ("taken", "over", "takeover"),
    ("back", "up", "backup"),
    ("e", "mail", "email"),
    ("web", "site", "website"),
    ("chat", "bot", "chatbot"),
    ("how", "much", "cost"),
    ("how", "many", "limit"),
    ("open", "source", "opensource"),
    ("brute", "force", "bruteforce"),
    ("money", "back", "refund"),
    ("geld", "zurück", "erstattung"),
    ("co", "worker", "coworker"),
];

static ENGLISH: LazyLock<HashSet<&str>> =
    LazyLock::new(|| ENGLISH_STOPS.split_whitespace().collect());
static WEAK: LazyLock<HashSet<(Language, &str)>> = LazyLock::new(|| {
    let english = ENGLISH_WEAK
        .split_whitespace()
        .map(|stem| (Language::English, stem));
    english
        .chain(
            GERMAN_WEAK
                .split_whitespace()
                .map(|stem| (Language::German, stem)),
        )
        .collect()
});
static GERMAN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| GERMAN_STOPS.split_whitespace().collect());

/// The words of a text in lower case, without any punctuation.
pub(super) fn words(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c)) {
        let word: String = word
            .chars()
            .filter(|c| !is_apostrophe(*c))
            .flat_map(char::to_lowercase)
            .collect();
        if word.is_empty() {
            continue;
        }
        let joined = words.last().and_then(|before| {
            let before = stemmer.stem(before);
            PAIRS
                .iter()
                .find(|(first, second, _)| *first == before && *second == word)
        });
        match joined {
            Some((_, _, whole)) => {
                words.pop();
                words.push((*whole).to_owned());
            }
            None => words.push(word),
        }
    }
    words
}

/// In which language a text is written, as far as its small words tell.
pub(super) fn language(words: &[String]) -> Option<Language> {
    let telling = || words.iter().filter(|word| !SHARED.contains(&word.as_str()));
    let english = telling()
        .filter(|word| ENGLISH.contains(word.as_str()))
        .count();
    let german = telling()
        .filter(|word| GERMAN.contains(word.as_str()))
        .count();
    match english.cmp(&german) {
        std::cmp::Ordering::Greater => Some(Language::English),
        std::cmp::Ordering::Less => Some(Language::German),
        std::cmp::Ordering::Equal => None,
    }
}

impl Language {
    /// The word's stem; none for a word that says nothing.
    pub(super) fn stem(self, word: &str) -> Option<String> {
        let (stops, algorithm) = match self {
            Self::English => (&ENGLISH, Algorithm::English),
            Self::German => (&GERMAN, Algorithm::German),
        };
        let telling = !stops.contains(word);
        telling.then(|| {
            let stem = Stemmer::create(algorithm).stem(word);
            match self {
                Self::English => stem.into_owned(),
                // The stemmer takes the dots off; who has no such keys writes two letters.
                Self::German => stem
                    .replace("ae", "a")
                    .replace("oe", "o")
                    .replace("ue", "u"),
            }
        })
    }

    /// Whether a stem tells little, because nearly every question could hold it.
    pub(super) fn is_weak(self, stem: &str) -> bool {
        WEAK.contains(&(self, stem))
    }

    /// The stems of the words that say something.
    pub(super) fn stems(self, words: &[String]) -> Vec<String> {
        words.iter().filter_map(|word| self.stem(word)).collect()
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}
