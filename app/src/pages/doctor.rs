//! Why somebody did or did not get a conversation: every check, the failing ones first.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use protocol::doctor::{AgentChecks, Check, CheckKind, Diagnosis};

use crate::api::ApiError;
use crate::api::doctor::load_diagnosis;
use crate::api::loading::load;
use crate::pages::settings::Frame;
use crate::parts::empty::Empty;
use crate::parts::face::Face;
use crate::parts::icon::Icon;
use crate::parts::page::to_the_door;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};

/// The doctor's page, of the conversation in the address.
#[component]
pub(crate) fn Doctor() -> impl IntoView {
    let query = use_query_map();
    let conversation =
        move || query.with(|query| query.get("conversation").and_then(|id| id.parse().ok()));
    let diagnosis = load(conversation, |conversation| async move {
        match conversation {
            Some(conversation) => load_diagnosis(conversation).await.map(Some),
            None => Ok(None),
        }
    });
    let page = move || {
        Suspend::new(async move {
            match diagnosis.await {
                Ok(Some(diagnosis)) => view! { <Findings diagnosis/> }.painted(),
                Ok(None) => framed(
                    view! {
                        <Empty
                            title=t::which_conversation()
                            sentence=t::which_conversation_about()
                        />
                    }
                    .painted(),
                ),
                Err(ApiError::SignInNeeded) => to_the_door(),
                Err(error) => framed(view! { <Trouble error/> }.painted()),
            }
        })
    };
    view! { <Suspense>{page}</Suspense> }.painted()
}

/// The page when there is nobody to tell of, with the ways out of it.
fn framed(inside: AnyView) -> AnyView {
    view! {
        <Frame kind="no-findings" title=t::doctor_word() about=t::doctor_word_about()>
            {inside}
        </Frame>
    }
    .painted()
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
        "" => t::who_could_get_this().to_owned(),
        visitor => t::who_could_get(&visitor),
    };
    let lead_in = [
        Some(format!("{chatbot}.")),
        standing.as_ref().map(words::standing),
        routing.map(|routing| words::routing(routing).to_owned()),
    ];
    let lead_in: Vec<String> = lead_in.into_iter().flatten().collect();
    view! {
        <Title text=t::title_doctor()/>
        <div class="doctor">
            <header>
                <a class="btn" data-kind="quiet" href=format!("/inbox/{conversation}") rel="external">
                    <Icon name="left" size="s"/>
                    {t::back_to_conversation()}
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
        </div>
    }
    .painted()
}

/// What it came to, in a line: the first check that failed.
fn summary(agent: &AgentChecks) -> String {
    let name = &agent.face.name;
    match agent.checks.iter().find(|check| !check.passed) {
        Some(check) => t::did_not_get(name, &words::within(&words::found(check.found))),
        None => t::can_get(name),
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
                    <th scope="col">{t::check()}</th>
                    <th scope="col">{t::passed()}</th>
                    <th scope="col">{t::what_was_found()}</th>
                </tr>
            </thead>
            <tbody>
                {agent
                    .checks
                    .into_iter()
                    .chain([agent.listed, agent.sign_ins])
                    .map(check)
                    .collect_view()}
            </tbody>
        </table>
    }
    .painted()
}

fn check(check: Check) -> AnyView {
    let (kind, icon, word) = match check.passed {
        true => ("ok", "check", t::passed()),
        false => ("bad", "x", t::failed()),
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
            <td>{words::found(check.found)}</td>
        </tr>
    }
    .painted()
}

fn name(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Permission => t::check_role(),
        CheckKind::Assigned => t::check_chatbot(),
        CheckKind::Group => t::group(),
        CheckKind::Online => t::online(),
        CheckKind::Hours => t::check_hours(),
        CheckKind::Limit => t::check_limit(),
        CheckKind::Asked => t::check_asked(),
        CheckKind::Declined => t::check_declined(),
        CheckKind::Accepting => t::check_accepting(),
        CheckKind::Listed => t::check_listed(),
        CheckKind::Language => t::check_language(),
        CheckKind::SignIns => t::sign_ins(),
    }
}

#[cfg(test)]
mod tests {
    use protocol::doctor::Found;
    use protocol::person::Face;
    use protocol::{AgentId, Timestamp};

    use super::*;

    fn checked(failed: Option<(CheckKind, Found)>) -> String {
        let check = |kind, passed, found| Check {
            kind,
            passed,
            found,
        };
        let mut checks = vec![check(CheckKind::Permission, true, Found::RoleAllows)];
        checks.extend(failed.map(|(kind, found)| check(kind, false, found)));
        let last = match failed {
            Some(_) => check(CheckKind::Accepting, false, Found::AcceptsNot),
            None => check(CheckKind::Accepting, true, Found::Accepts),
        };
        checks.push(last);
        let listed = check(CheckKind::Listed, false, Found::NotSeen);
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
            sign_ins: check(CheckKind::SignIns, true, Found::FewRefused),
        })
    }

    #[test]
    fn the_first_check_that_failed_is_named() {
        let full = Found::Holds { held: 3, limit: 3 };
        assert_eq!(
            "Ben did not get this chat: holds 3 of 3 chats.",
            checked(Some((CheckKind::Limit, full)))
        );
        assert_eq!(
            "Ben can get this chat: every check is passed.",
            checked(None)
        );
    }
}
