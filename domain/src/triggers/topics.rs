//! Topics that a person should answer: legal, medical, financial, and the owner's own.

use protocol::settings::TopicTrigger;

use super::phrases;

/// English and German. Words that are only ever said about the topic itself.
const LEGAL: &str = "lawyer|attorney|lawsuit|sue you|legal action|legal advice|court order|liability claim|gdpr request|data subject request|anwalt|rechtsanwalt|klage einreichen|verklagen|rechtliche schritte|rechtsberatung|dsgvo auskunft";
const MEDICAL: &str = "diagnosis|side effects|my symptoms|overdose|prescription|medication|emergency room|suicide|suicidal|self harm|pregnant|diagnose|nebenwirkungen|symptome|überdosis|rezeptpflichtig|medikament|notaufnahme|suizid|schwanger";
const FINANCIAL: &str = "investment advice|tax advice|mortgage|bankruptcy|insolvency|fraud|unauthorized charge|unauthorised charge|chargeback|stolen card|anlageberatung|steuerberatung|hypothek|insolvenz|betrug|unberechtigte abbuchung|karte gestohlen";

/// The first topic that a text touches, with the words that say so.
pub(super) fn first_in(text: &str, settings: &TopicTrigger) -> Option<String> {
    let words = phrases::words(text);
    let lists = [
        (settings.legal, "legal", LEGAL),
        (settings.medical, "medical", MEDICAL),
        (settings.financial, "financial", FINANCIAL),
    ];
    let built_in = lists.into_iter().filter(|(on, _, _)| *on);
    let built_in =
        built_in.flat_map(|(_, topic, list)| list.split('|').map(move |phrase| (topic, phrase)));
    let found = built_in
        .into_iter()
        .find(|(_, phrase)| phrases::holds_plain(&words, phrase));
    match found {
        Some((topic, phrase)) => Some(format!("{topic}: {phrase}")),
        None => phrases::first_in(text, &settings.own),
    }
}
