//! Why somebody did or did not get a conversation: every check, the failing ones first.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;
use protocol::doctor::{AgentChecks, Check, CheckKind, Diagnosis};

use crate::api::ApiError;
use crate::api::doctor::load_diagnosis;
use crate::parts::empty::Empty;
use crate::parts::face::Face;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;

/// The doctor's page, of the conversation in the address.
#[component]
pub(crate) fn Doctor() -> impl IntoView {
    let query = use_query_map();
    let conversation =
        move || query.with(|query| query.get("conversation").and_then(|id| id.parse().ok()));
    let diagnosis = Resource::new(conversation, |conversation| async move {
        match conversation {
            Some(conversation) => load_diagnosis(conversation).await.map(Some),
            None => Ok(None),
        }
    });
    let page = move || {
        Suspend::new(async move {
            match diagnosis.await {
                Ok(Some(diagnosis)) => view! { <Findings diagnosis/> }.painted(),
                Ok(None) => view! {
                    <Empty
                        title="Which conversation?"
                        sentence="Open one in the inbox and ask from its menu."
                    />
                    <WayBack/>
                }
                .painted(),
                Err(ApiError::SignInNeeded) => view! { <Redirect path="/sign-in"/> }.painted(),
                Err(error) => view! { <Trouble error/> <WayBack/> }.painted(),
            }
        })
    };
    view! {
        <Title text="Doctor · Baton"/>
        <div class="doctor">
            <Suspense>{page}</Suspense>
        </div>
    }
    .painted()
}

/// Out of a page that has nothing to show.
#[component]
fn WayBack() -> impl IntoView {
    view! { <p class="way-back"><a class="btn" href="/inbox">"Go to the inbox"</a></p> }.painted()
}

#[component]
fn Findings(diagnosis: Diagnosis) -> impl IntoView {
    let Diagnosis {
        conversation,
        visitor,
        chatbot,
        standing,
        routing,
        agents,
    } = diagnosis;
    let title = match visitor.as_str() {
        "" => "Who could get this chat?".to_owned(),
        visitor => format!("Who could get {visitor}?"),
    };
    let lead_in = [format!("{chatbot}."), standing, routing];
    let lead_in = lead_in.map(|part| part.trim().to_owned());
    view! {
        <header>
            <a class="btn" data-kind="quiet" href=format!("/inbox/{conversation}")>
                <Icon name="left" size="s"/>
                "Back to the conversation"
            </a>
        </header>
        <main>
            <h1>{title}</h1>
            <p class="lead-in">{lead_in.join(" ")}</p>
            <ul class="found">
                {agents.iter().map(|agent| view! { <li>{summary(agent)}</li> }).collect_view()}
            </ul>
            {agents.into_iter().map(checks).collect_view()}
        </main>
    }
    .painted()
}

/// What it came to, in a line: the first check that failed.
fn summary(agent: &AgentChecks) -> String {
    let name = &agent.face.name;
    match agent.checks.iter().find(|check| !check.passed) {
        Some(Check { sentence, .. }) => {
            let mut letters = sentence.trim_end_matches('.').chars();
            let first = letters.next().map(|first| first.to_ascii_lowercase());
            let sentence: String = first.into_iter().chain(letters).collect();
            format!("{name} did not get this chat: {sentence}.")
        }
        None => format!("{name} can get this chat: every check is passed."),
    }
}

fn checks(agent: AgentChecks) -> AnyView {
    let name = agent.face.name.clone();
    view! {
        <table>
            <caption>
                <Face person=agent.face size="sm"/>
                {name}
            </caption>
            <thead class="only-read">
                <tr>
                    <th scope="col">"Check"</th>
                    <th scope="col">"Passed"</th>
                    <th scope="col">"What was found"</th>
                </tr>
            </thead>
            <tbody>
                {agent.checks.into_iter().chain([agent.listed]).map(check).collect_view()}
            </tbody>
        </table>
    }
    .painted()
}

fn check(check: Check) -> AnyView {
    let (kind, icon, word) = match check.passed {
        true => ("ok", "check", "Passed"),
        false => ("bad", "x", "Failed"),
    };
    view! {
        <tr>
            <th scope="row">{name(check.kind)}</th>
            <td>
                <span class="chip" data-kind=kind>
                    <Icon name=icon/>
                    {word}
                </span>
            </td>
            <td>{check.sentence}</td>
        </tr>
    }
    .painted()
}

fn name(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Permission => "Role",
        CheckKind::Assigned => "Chatbot",
        CheckKind::Group => "Group",
        CheckKind::Online => "Online",
        CheckKind::Hours => "Working hours",
        CheckKind::Limit => "Chat limit",
        CheckKind::Declined => "Keeps this chat",
        CheckKind::Asked => "Free to be asked",
        CheckKind::Accepting => "Accepts chats",
        CheckKind::Listed => "In the inbox",
    }
}

#[cfg(test)]
mod tests {
    use protocol::person::Face;
    use protocol::{AgentId, Timestamp};

    use super::*;

    fn checked(failed: Option<(CheckKind, &str)>) -> String {
        let check = |kind, passed, sentence: &str| Check {
            kind,
            passed,
            sentence: sentence.to_owned(),
        };
        let mut checks = vec![check(CheckKind::Permission, true, "The role allows it.")];
        checks.extend(failed.map(|(kind, sentence)| check(kind, false, sentence)));
        checks.push(check(CheckKind::Accepting, failed.is_none(), "Last."));
        let listed = check(CheckKind::Listed, false, "In no list.");
        let face = Face {
            name: "Ben".to_owned(),
            initials: "B".to_owned(),
            hue: 1,
        };
        summary(&AgentChecks {
            agent: AgentId::new(Timestamp(0), &[1; 10]),
            face,
            checks,
            listed,
        })
    }

    #[test]
    fn the_first_check_that_failed_is_named() {
        assert_eq!(
            "Ben did not get this chat: holds 3 of 3 chats.",
            checked(Some((CheckKind::Limit, "Holds 3 of 3 chats.")))
        );
        assert_eq!(
            "Ben can get this chat: every check is passed.",
            checked(None)
        );
    }
}
