//! What visitors write, and whether they ask for a person with it.

use super::{Wish, wish};

fn check(expected: Wish, texts: &[&str]) {
    let wrong: Vec<_> = texts.iter().filter(|text| wish(text) != expected).collect();
    assert!(wrong.is_empty(), "not {expected:?}: {wrong:#?}");
}

#[test]
fn a_clear_wish_in_english_is_understood() {
    check(
        Wish::Clear,
        &[
            "Can I talk to a person?",
            "Connect me to support",
            "I need a human",
            "agent please",
            "speak to an operator",
            "talk to a human",
            "I want to speak with a real person",
            "Could I chat with someone from your team?",
            "I'd like to talk to somebody, please.",
            "let me talk to a human being",
            "please transfer me to an agent",
            "put me through to customer service",
            "Get me a human!",
            "give me a real person",
            "Human!!!",
            "representative",
            "HUMAN PLEASE",
            "humannn",
            "I want a humant",
            "can i speak to a reprsentative",
            "Hello, I would like to speak to the manager.",
            "How can I talk to a real person?",
            "how do I reach a human being",
            "I don't want to talk to a bot",
            "I do not want to talk to this machine any more",
            "stop talking to bots",
            "I don't understand you, I want a person",
            "I don't understand this give me a human",
            "No, I want a real human",
            "This is useless. Let me speak with somebody else.",
            "is it possible to talk to an employee?",
            "Why can't I talk to a human?",
            "I need someone to help me",
            "Could an agent help me?",
            "Is there somebody I can talk to?",
            "I'd rather talk to a person",
            "I want to be connected to a human agent",
            "can you escalate this to a human",
            "We need human support",
            "I would like to contact support",
            "customer service",
            "I have a question about my invoice, but I would like to discuss it with a person",
            "When can I talk to somebody?",
            "I'm asking for a human",
            "can I get a human",
            "could you put me in touch with your team",
            "I need help from a real person",
            "please have someone contact me",
            "can I have a word with a human?",
            "what do I need to do to speak with a human",
        ],
    );
}

#[test]
fn a_clear_wish_in_german_is_understood() {
    check(
        Wish::Clear,
        &[
            "Ich möchte mit einem Menschen sprechen",
            "Kann ich mit jemandem reden?",
            "Verbinden Sie mich bitte mit einem Mitarbeiter",
            "Ich brauche einen echten Menschen!",
            "mit Mensch sprechen",
            "Mitarbeiter bitte",
            "Gib mir einen Menschen",
            "Ich will nicht mit einem Bot reden",
            "Kann ich nicht mit einem Menschen sprechen?",
            "Bitte leiten Sie mich an einen Berater weiter",
            "Könnte ich mit dem Kundenservice sprechen?",
            "Kann mir ein Mitarbeiter helfen?",
            "ich moechte mit einem mitarbeiter chatten",
            "Das hilft mir nicht, ich will mit einer Person sprechen.",
            "Ich hätte gern einen Ansprechpartner",
        ],
    );
}

#[test]
fn a_question_for_people_is_not_yet_a_wish_to_talk_to_one() {
    check(
        Wish::Unclear,
        &[
            "do you have human support?",
            "And do you have human support?",
            "Is anyone there?",
            "are there real people?",
            "Do you offer phone support?",
            "Are agents available?",
            "support",
            "Can someone help me?",
            "How do I contact support?",
            "anybody here?",
            "can you transfer me?",
            "Gibt es bei Ihnen auch Menschen?",
            "Und ist da jemand?",
            "Ist da jemand?",
            "Kann mir jemand helfen?",
            "Haben Sie einen Kundenservice?",
            "Wie erreiche ich den Support?",
        ],
    );
}

#[test]
fn what_only_sounds_like_a_wish_is_none() {
    check(
        Wish::None,
        &[
            "",
            "👍",
            "I don't want to talk to a human",
            "no human please",
            "No human, please.",
            "I do not need an agent",
            "no need to transfer me to an agent",
            "please don't connect me to a person yet",
            "I would rather not speak to anybody",
            "human resources policy",
            "I need the human resources department's address",
            "how do I contact support hours?",
            "your agent was rude",
            "I talked to an agent yesterday",
            "I was talking to a person and got cut off",
            "I spoke with your representative last week",
            "the agent told me to wait",
            "are you a human?",
            "Am I talking to a person?",
            "is this a bot",
            "What happens when I talk to a human?",
            "what happens after I ask for a person",
            "How long does it take to talk to a human?",
            "How does the handoff to a human work?",
            "Can visitors talk to a human at any time?",
            "My customers want to talk to a person",
            "How do I add an agent?",
            "What does the button \"Talk to a human\" do?",
            "Sentences such as \"I need a human\" are understood",
            "which user agent do you support",
            "Do you support PostgreSQL?",
            "I need support for Markdown",
            "find an insurance agent near me",
            "what is an agent",
            "how do agents sign in",
            "Can I talk to you?",
            "When two agents claim at once, who wins?",
            "do I have to explain everything again when I talk to a person?",
            "it was a human error",
            "What may each role do?",
            "how do I transfer a chat to an agent",
            "I need someone's address",
            "the bot said talk to a human",
            "I want to talk about the API",
            "I need a chatbot for my website",
            "Wie viele Mitarbeiter kann ich hinzufügen?",
            "Ich möchte nicht mit einem Menschen sprechen",
            "Ich habe gestern mit einem Mitarbeiter gesprochen",
            "Ihr Mitarbeiter war unfreundlich",
            "Was passiert, wenn ich mit einem Menschen spreche?",
            "Bist du ein Mensch?",
            "Können Besucher mit einem Menschen sprechen?",
            "Wie füge ich einen Mitarbeiter hinzu?",
            "Ich brauche keinen Menschen",
            "Hallo",
        ],
    );
}

#[test]
fn one_clear_clause_is_enough() {
    check(
        Wish::Clear,
        &[
            "I tried everything in the guide.\nNothing works.\nCan I talk to a person?",
            "I do not want to wait; connect me to an agent",
            "not helpful, human please",
            "I give up. A human.",
        ],
    );
}

#[test]
fn a_text_of_any_length_is_read_at_once() {
    let long = "I want to talk to a ".repeat(20_000);
    assert_eq!(Wish::None, wish(&long));
    for odd in ["\"", "“„\"", "a“", "'", "\u{0}", "İİİ talk to a human"] {
        wish(odd);
    }
}
