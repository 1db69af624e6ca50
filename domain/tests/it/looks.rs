//! The look, the sites and what is kept of visitors: what is refused, and at which field.

use domain::settings::{check, defaults, texts};
use domain::{Chatbot, Refusal};
use protocol::look::Property;
use protocol::refusal::Problem;
use protocol::settings::{Settings, SettingsLayer};

use crate::desk::{Desk, chatbot};

fn verdict(change: impl FnOnce(&mut Settings)) -> Option<(String, Problem)> {
    let mut settings = defaults();
    change(&mut settings);
    let layer = SettingsLayer {
        look: Some(settings.look),
        sites: Some(settings.sites),
        privacy: Some(settings.privacy),
        ..SettingsLayer::default()
    };
    match check(&layer, &[]) {
        Ok(()) => None,
        Err(Refusal::SettingInvalid { setting, problem }) => Some((setting, problem)),
        Err(other) => panic!("{other:?}"),
    }
}

fn wrong(change: impl FnOnce(&mut Settings), setting: &str, problem: Problem) {
    assert_eq!(Some((setting.to_owned(), problem)), verdict(change));
}

fn property(name: &str, value: &str) -> Property {
    Property {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn a_look_is_refused_at_the_field_that_cannot_be() {
    assert_eq!(None, verdict(|_| {}));
    wrong(
        |s| s.look.colour = "teal".to_owned(),
        "look.colour",
        Problem::NotAColour,
    );
    let range = |most| Problem::OutOfRange { least: 0, most };
    wrong(|s| s.look.radius = 33, "look.radius", range(32));
    wrong(|s| s.look.across = 201, "look.across", range(200));
    wrong(|s| s.look.up = u32::MAX, "look.up", range(200));
    let long = |limit| Problem::TooLong { limit };
    wrong(
        |s| s.look.launcher_text = "x".repeat(25),
        "look.launcher_text",
        long(24),
    );
    wrong(
        |s| s.look.initials = "ABC".to_owned(),
        "look.initials",
        long(2),
    );
    wrong(
        |s| s.look.initials = "\"}".to_owned(),
        "look.initials",
        Problem::NotAllowedHere,
    );
    wrong(|s| s.look.name = "x".repeat(61), "look.name", long(60));
}

#[test]
fn own_values_are_few_known_and_readable() {
    let set = |list: Vec<Property>| move |s: &mut Settings| s.look.properties = list;
    assert_eq!(
        None,
        verdict(set(vec![property("--baton-surface", "#fffff0")]))
    );
    let at = "look.properties.0";
    wrong(
        set(vec![property("--accent", "#000000")]),
        at,
        Problem::NotAllowedHere,
    );
    wrong(
        set(vec![property("--baton-font", "x;}*{}")]),
        at,
        Problem::NotAllowedHere,
    );
    wrong(
        set(vec![property("--baton-surface", "#888888")]),
        at,
        Problem::TooFaint,
    );
    let twice = vec![property("--baton-font", "Inter"); 2];
    wrong(set(twice), "look.properties.1", Problem::Twice);
    let many = vec![property("--baton-font", "Inter"); 6];
    wrong(set(many), "look.properties", Problem::TooMany { limit: 5 });
}

#[test]
fn a_site_and_a_link_are_what_they_say() {
    let sites = |list: &[&str]| {
        let list: Vec<_> = list.iter().map(|site| (*site).to_owned()).collect();
        move |s: &mut Settings| s.sites.allowed = list
    };
    assert_eq!(
        None,
        verdict(sites(&["shop.example", "https://*.shop.example"]))
    );
    let second = "sites.allowed.1";
    wrong(sites(&["a.example", "a b"]), second, Problem::NotASite);
    wrong(sites(&["a.example", "a.example"]), second, Problem::Twice);
    // They all stand in one header, those without a scheme twice.
    let long = |scheme: &str| -> Vec<String> {
        let name = "a-long-name-of-a-shop-somewhere";
        (0..50)
            .map(|at| format!("{scheme}{at}.{name}.example"))
            .collect()
    };
    let set = |list: Vec<String>| move |s: &mut Settings| s.sites.allowed = list;
    assert_eq!(None, verdict(set(long("https://"))));
    let too_long = Problem::TooLong { limit: 3_000 };
    wrong(set(long("")), "sites.allowed", too_long);
    wrong(
        sites(&["a.example"; 51]),
        "sites.allowed",
        Problem::TooMany { limit: 50 },
    );
    let page = |text: &str| {
        let page = Some(text.to_owned());
        move |s: &mut Settings| s.privacy.page = page
    };
    assert_eq!(None, verdict(page("https://shop.example/privacy?x=1")));
    for text in [
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://a b",
        "shop.example",
    ] {
        wrong(page(text), "privacy.page", Problem::NotALink);
    }
    wrong(page(" "), "privacy.page", Problem::Missing);
}

#[test]
fn a_visitor_is_greeted_in_one_of_twelve_languages() {
    let messages = defaults().messages;
    for (locale, greeting) in [
        ("en-GB", "Hello. What can we help with?"),
        ("de-CH", "Hallo. Womit können wir helfen?"),
        ("pt-BR", "Olá. Em que podemos ajudar?"),
        ("zh-Hant-TW", "您好。请问有什么可以帮您？"),
        ("sv", "Hello. What can we help with?"),
    ] {
        assert_eq!(greeting, texts(&messages, locale).greeting, "{locale}");
    }
}

#[test]
fn visitors_see_the_name_that_is_shown() {
    let desk = Desk::open();
    let mut shown: Chatbot = (*desk.facts.chatbots[&chatbot(1)]).clone();
    assert_eq!(shown.name, shown.widget_view("en").name);
    shown.settings.look.name = "Skarn".to_owned();
    assert_eq!("Skarn", shown.widget_view("en").name);
}
