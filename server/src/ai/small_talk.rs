//! Short, honest replies to what is no question about the content.

use super::words::Language;

/// What somebody says without asking anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Talk {
    Greeting,
    Thanks,
    Goodbye,
    Fine,
    WhoAreYou,
    HowAreYou,
    Help,
}

/// Whole messages, as words in lower case without punctuation.
const ENGLISH: [(Talk, &str); 7] = [
    (
        Talk::Greeting,
        "hi|hello|hey|hiya|howdy|yo|hi there|hello there|hey there|good morning|good afternoon|\
         good evening|good day|greetings|hi all|hello everyone|hello hello|hi hi",
    ),
    (
        Talk::Thanks,
        "thanks|thank you|thx|ty|cheers|many thanks|thanks a lot|thank you very much|thank you so much|\
         thanks so much|ok thanks|okay thanks|great thanks|perfect thanks|thanks for your help|\
         thank you for your help|that helped|that helps|very helpful",
    ),
    (
        Talk::Goodbye,
        "bye|goodbye|bye bye|see you|see ya|cya|good night|have a nice day|have a good day|\
         thanks bye|ok bye|thank you bye",
    ),
    (
        Talk::Fine,
        "ok|okay|k|alright|all right|got it|i see|fine|good|great|nice|cool|perfect|super|awesome|\
         understood|never mind|nevermind|no|nope|yes|yep|yeah|sure|no thanks|no thank you",
    ),
    (
        Talk::WhoAreYou,
        "who are you|what are you|who is this|whos this|who am i talking to|who am i chatting with|\
         are you a bot|are you a robot|are you an ai|are you ai|are you a human|are you human|\
         are you real|are you a person|are you a real person|are you a machine|are you chatgpt|\
         is this a bot|is this a robot|is this a real person|is this a human|is this an ai|\
         are you a computer|whats your name|what is your name",
    ),
    (
        Talk::HowAreYou,
        "how are you|how are you doing|how are you today|hows it going|whats up|sup",
    ),
    (
        Talk::Help,
        "help|help me|i need help|can you help me|can you help|could you help me|please help|\
         please help me|i have a question|i have a problem|can i ask a question|can i ask something|\
         can i ask you something|what can you do|what can you help me with|how can you help me|\
         what can i ask you|what can i ask|i need some help|hi i need help|hello i need help|\
         hi i have a question|hello i have a question|hi can you help me|hello can you help me",
    ),
];
const GERMAN: [(Talk, &str); 7] = [
    (
        Talk::Greeting,
        "hallo|hallöchen|guten tag|guten morgen|guten abend|moin|moin moin|servus|grüß gott|\
         grüezi|tag|hallo zusammen",
    ),
    (
        Talk::Thanks,
        "danke|dankeschön|danke schön|vielen dank|besten dank|herzlichen dank|danke sehr|ok danke|\
         super danke|danke für die hilfe|danke für deine hilfe|danke für ihre hilfe",
    ),
    (
        Talk::Goodbye,
        "tschüss|tschüß|ciao|auf wiedersehen|bis bald|schönen tag|gute nacht|servus tschüss",
    ),
    (
        Talk::Fine,
        "alles klar|verstanden|gut|passt|prima|ja|nein|nein danke|ach so|schon gut|egal",
    ),
    (
        Talk::WhoAreYou,
        "wer bist du|wer sind sie|was bist du|bist du ein bot|bist du ein roboter|bist du ein mensch|\
         bist du echt|bist du eine ki|sind sie ein mensch|sind sie ein bot|ist das ein bot|\
         wie heißt du|mit wem spreche ich|mit wem schreibe ich",
    ),
    (
        Talk::HowAreYou,
        "wie geht es dir|wie gehts|wie geht es ihnen|wie gehts dir|na wie gehts",
    ),
    (
        Talk::Help,
        "hilfe|ich brauche hilfe|kannst du mir helfen|können sie mir helfen|ich habe eine frage|\
         darf ich etwas fragen|was kannst du|hallo ich habe eine frage|hallo ich brauche hilfe",
    ),
];

/// A reply to small talk; none for what may be a question.
pub(super) fn reply(words: &[String]) -> Option<&'static str> {
    // A greeting before the rest, and politeness after it, change nothing.
    let said = words.join(" ");
    let bare = said
        .strip_suffix(" please")
        .or_else(|| said.strip_suffix(" bitte"))
        .unwrap_or(&said);
    let find = |table: &[(Talk, &str)]| {
        let mut talks = table.iter();
        talks
            .find(|(_, phrases)| phrases.split('|').any(|phrase| phrase == bare))
            .map(|(talk, _)| *talk)
    };
    let (language, talk) = find(&ENGLISH)
        .map(|talk| (Language::English, talk))
        .or_else(|| find(&GERMAN).map(|talk| (Language::German, talk)))?;
    Some(match language {
        Language::English => match talk {
            Talk::Greeting => {
                "Hello! I am the assistant and answer from the help pages. What would you like to know?"
            }
            Talk::Thanks => "You’re welcome.",
            Talk::Goodbye => "Goodbye!",
            Talk::Fine => "All right. Ask me whenever there is something else.",
            Talk::WhoAreYou => {
                "I am the assistant: a program, not a person. I answer from the help pages. \
                 If you would rather talk to a person, just say so."
            }
            Talk::HowAreYou => "I am a program, so always the same. What would you like to know?",
            Talk::Help => "I answer from the help pages. What would you like to know?",
        },
        Language::German => match talk {
            Talk::Greeting => {
                "Hallo! Ich bin der Assistent und antworte aus den Hilfeseiten. Was möchten Sie wissen?"
            }
            Talk::Thanks => "Gern geschehen.",
            Talk::Goodbye => "Auf Wiedersehen!",
            Talk::Fine => "In Ordnung. Fragen Sie gern, wenn noch etwas ist.",
            Talk::WhoAreYou => {
                "Ich bin der Assistent: ein Programm, kein Mensch. Ich antworte aus den Hilfeseiten. \
                 Wenn Sie lieber mit einem Menschen sprechen möchten, sagen Sie es einfach."
            }
            Talk::HowAreYou => "Ich bin ein Programm, also immer gleich. Was möchten Sie wissen?",
            Talk::Help => "Ich antworte aus den Hilfeseiten. Was möchten Sie wissen?",
        },
    })
}
