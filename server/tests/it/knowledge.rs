//! What a chatbot knows, on its page: learned, listed page by page, answered from, and forgotten.

use protocol::knowledge::{KnowledgeView, SourceId, SourceView};
use serde_json::json;

use crate::actors::TestDesk;

async fn known(desk: &TestDesk, before: Option<SourceId>) -> KnowledgeView {
    let asked = json!({ "chatbot": desk.chatbot, "before": before });
    let answer = desk.asks_pages("load_knowledge", &asked).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

async fn teaches(desk: &TestDesk, text: &str) {
    let form = json!({ "form": { "chatbot": desk.chatbot, "text": text } });
    let taught = desk.asks_pages("teach", &form).await;
    assert_eq!(200, taught.status, "{}", taught.text);
}

async fn forgets(desk: &TestDesk, source: &SourceView) -> u16 {
    let (chatbot, SourceView { id, learned_at, .. }) = (desk.chatbot, source);
    let form = json!({ "chatbot": chatbot, "source": id, "learned_at": learned_at });
    let form = json!({ "form": form });
    desk.asks_pages("forget_source", &form).await.status
}

#[tokio::test]
async fn what_was_learned_is_listed_and_answered_from_until_it_is_forgotten() {
    let desk = TestDesk::start().await;
    assert!(known(&desk, None).await.sources.is_empty());
    teaches(
        &desk,
        "# Returns\n\nTents come back to us within sixty days.\n",
    )
    .await;
    let delivery = "# Delivery\n\nOrders leave our warehouse in Bergen within two working days.\n\n\
                    ## Abroad\n\nTo Chile it takes three weeks.\n";
    teaches(&desk, delivery).await;
    let listed = known(&desk, None).await;
    let titles: Vec<_> = listed.sources.iter().map(|one| &*one.title).collect();
    assert_eq!(["Delivery", "Returns"], *titles, "the newest stands first");
    assert_eq!(2, listed.sources[0].passages);
    assert!(!listed.more);

    let question = "When does my order leave the warehouse?";
    let mut visitor = desk.visitor().await;
    let asked = visitor.says(question).await;
    let answer = format!("{:?}", visitor.hears_the_ai(asked.unwrap()).await);
    assert!(answer.contains("two working days"), "{answer}");

    assert_eq!(200, forgets(&desk, &listed.sources[0]).await);
    let again = forgets(&desk, &listed.sources[0]).await;
    assert_ne!(200, again, "once is all");
    // What came in its place since is another.
    teaches(&desk, "# Repairs\n\nPoles are mended in a week.\n").await;
    assert_ne!(200, forgets(&desk, &listed.sources[0]).await);
    let left = known(&desk, None).await.sources;
    assert_eq!(listed.sources[1..], left[1..]);
    let mut other = desk.visitor().await;
    let asked = other.says(question).await;
    let answer = format!("{:?}", other.hears_the_ai(asked.unwrap()).await);
    assert!(!answer.contains("two working days"), "{answer}");
}

#[tokio::test]
async fn a_text_of_any_script_is_learned_whole_and_one_that_says_nothing_is_not() {
    let desk = TestDesk::start().await;
    let nothing = ["# Delivery", "---", "\u{200b}\u{200b}", " \n "];
    for text in nothing {
        let form = json!({ "form": { "chatbot": desk.chatbot, "text": text } });
        let answer = desk.asks_pages("teach", &form).await;
        assert!(answer.text.contains("missing"), "{text:?}: {}", answer.text);
    }
    assert!(known(&desk, None).await.sources.is_empty());
    for letter in ["\u{436}", "\u{4e2d}", "\u{1f3d5}"] {
        teaches(&desk, &letter.repeat(40_000)).await;
    }
    teaches(
        &desk,
        &format!("# {}\n\nHere it is.\n", "Long ".repeat(600)),
    )
    .await;
    let listed = known(&desk, None).await.sources;
    assert_eq!(4, listed.len());
    let longest = listed.iter().map(|one| one.title.chars().count()).max();
    assert_eq!(Some(120), longest);
}

#[tokio::test]
async fn a_long_list_comes_page_by_page() {
    let desk = TestDesk::start().await;
    for n in 0..51 {
        teaches(
            &desk,
            &format!("# Text {n}\n\nThe answer to this is {n}.\n"),
        )
        .await;
    }
    let first = known(&desk, None).await;
    assert_eq!((50, true), (first.sources.len(), first.more));
    assert_eq!("Text 50", first.sources[0].title);
    let last = first.sources.last().map(|one| one.id);
    let second = known(&desk, last).await;
    let titles: Vec<_> = second.sources.iter().map(|one| &*one.title).collect();
    assert_eq!((["Text 0"].as_slice(), false), (&*titles, second.more));
}
