//! Words that visitors use for the same thing, in the everyday language of help pages.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::Language;

/// How much a word counts that only means about the same.
pub(super) const SAME: f32 = 0.65;

/// One group per line.
const ENGLISH: &str = "
human person people somebody someone operator representative staff employee agent
agent colleague teammate coworker staff employee operator representative
team colleagues teammates staff group
assistant ai bot robot chatbot
visitor customer client guest user
price cost pay fee charge money cheap expensive paid billing
free gratis cost price
subscription plan tariff
buy purchase order
site website webpage homepage page
embed integrate install add insert put include
install setup deploy
delete remove erase clear purge
change edit update modify adjust rename
begin start launch run boot
stop end finish quit shutdown terminate
lose lost missing disappear vanish gone
send submit deliver transmit
answer reply respond response
question ask inquiry query
message text msg
conversation chat discussion thread dialogue
login signin
register signup join
password passphrase passcode
email mail
phone mobile smartphone telephone cellphone iphone android tablet
picture image photo file attachment upload document
language german french spanish english italian translate
secure safe protect security safety
attack hack hacker abuse flood spam
guess bruteforce
privacy gdpr private personal confidential
fast quick speed slow performance
require requirement necessary prerequisite need
error problem issue trouble bug fail broken
wait waiting queue line
duration long time
maximum limit max restriction
role permission right access
license licence opensource mit apache
store keep save retain retention
database sqlite postgres postgresql db
network nats cluster
backup copy
upgrade update version release
browser chrome firefox safari edge
train teach learn knowledge content
wrong incorrect mistake false inaccurate hallucinate
read seen
note comment internal memo
close resolve finish end
https tls ssl certificate
status available availability online away
request ask demand
format style bold markdown
crash kill restart reboot die
connection internet wifi network
own self selfhosted
reload refresh
setting configure configuration config option preference parameter
quiet silent silence mute
twice duplicate double
order sort sequence
claim takeover
interrupt disturb
collect gather store record save
support work compatible run
try attempt
code script
inject execute run
hole vulnerability weakness security
information info data
hidden invisible
private internal confidential
appear show display visible
machine computer server hardware
software program app application
minimum least
place position
initial first
instruction guide manual documentation doc tutorial
allow permit
explain describe
ship shipping delivery deliver send
return refund exchange
cancel revoke withdraw undo
country abroad international overseas
damaged broken defective faulty defect
arrive come receive
refund moneyback
parcel package
job vacancy career hiring
hours opening open
shop store
size fit
";
const GERMAN: &str = "
mensch person mitarbeiter kollege berater
assistent bot ki chatbot roboter
besucher kunde gast nutzer
preis kosten gebühr bezahlen teuer günstig geld
webseite website seite homepage
löschen entfernen
ändern bearbeiten anpassen
starten beginnen
beenden stoppen schließen
verlieren verloren weg verschwunden
nachricht text
unterhaltung gespräch chat
anmelden login einloggen
passwort kennwort
email mail
telefon handy mobil
bild foto datei anhang
sicher schutz sicherheit
datenschutz dsgvo
schnell langsam geschwindigkeit
fehler problem störung kaputt defekt beschädigt
warten warteschlange
lieferung versand lieferzeit liefern versenden zustellung
rückgabe retoure umtausch zurückgeben zurücksenden umtauschen widerruf
bestellen kaufen bestellung
stornieren abbrechen widerrufen
geöffnet öffnungszeiten offen
laden geschäft filiale
zahlung bezahlen zahlen zahlungsart rechnung
ausland international
erstattung geld rückzahlung
";

type Groups = HashMap<(Language, String), Vec<String>>;

static GROUPS: LazyLock<Groups> = LazyLock::new(|| {
    let mut groups = Groups::new();
    for (language, lines) in [(Language::English, ENGLISH), (Language::German, GERMAN)] {
        for line in lines.lines() {
            let line = line
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>();
            let stems = language.stems(&line);
            for stem in &stems {
                let others = stems.iter().filter(|other| *other != stem).cloned();
                groups
                    .entry((language, stem.clone()))
                    .or_default()
                    .extend(others);
            }
        }
    }
    groups
});

/// The stems that mean about the same as this one.
pub(super) fn of(language: Language, stem: &str) -> &'static [String] {
    GROUPS
        .get(&(language, stem.to_owned()))
        .map_or(&[], Vec::as_slice)
}

/// Every stem that has others.
pub(super) fn known(language: Language) -> impl Iterator<Item = &'static str> {
    GROUPS
        .keys()
        .filter(move |(own, _)| *own == language)
        .map(|(_, stem)| stem.as_str())
}
