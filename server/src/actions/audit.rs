//! Who may looks through what everybody changed.

use axum::extract::Query;
use axum::http::Uri;
use domain::permissions::Permission;
use domain::settings::cascade;
use domain::{Agent, days};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use protocol::audit::{AuditFilter, AuditKind, AuditView};
use protocol::settings::SettingsLayer;
use protocol::{AgentId, Refusal};
use serde::Deserialize;

use crate::desk::Desk;
use crate::store::{AuditPlace, StoreError};

/// Rows on a page.
const PAGE: usize = 50;
/// Bytes of an address that asks for a page.
const QUERY: usize = 2048;

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    who: String,
    kind: String,
    from: String,
    until: String,
    text: String,
    before: String,
}

/// What is looked for.
pub(crate) struct Wanted {
    pub(crate) filter: AuditFilter,
    pub(crate) place: AuditPlace,
}

/// A page of the record, of what stands in the page's address.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn load_audit(
    desk: &Desk,
    agent: AgentId,
    query: &str,
) -> Result<AuditView, Refusal> {
    let by = reader(desk, agent).await?;
    let zone = zone(desk, &by).await?;
    let wanted = read(query, &zone);
    let is_unknown = wanted.is_none();
    let limit = PAGE as u64 + 1;
    let mut rows = match &wanted {
        Some(wanted) => {
            let rows = desk.store.audit(by.workspace, &wanted.place, limit).await;
            rows.map_err(|error| unreadable(&error))?
        }
        None => Vec::new(),
    };
    let wanted = wanted.map(|wanted| (wanted.place.before.is_some(), wanted.filter));
    let (is_further, filter) = wanted.unwrap_or_default();
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let people = desk.store.members(by.workspace).await;
    let people = people.map_err(|error| unreadable(&error))?.into_iter();
    Ok(AuditView {
        query: written(&filter),
        older: rows.last().filter(|_| more).map(|row| row.id),
        rows,
        people: people.map(|member| (member.id, member.name)).collect(),
        is_further,
        is_unknown,
        filter,
        zone,
    })
}

/// An agent who may read the record.
///
/// # Errors
/// [`Refusal::NotAllowed`], [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn reader(desk: &Desk, agent: AgentId) -> Result<Agent, Refusal> {
    let found = desk.store.agent(agent).await;
    let found = found.map_err(|error| unreadable(&error))?;
    let found = found.ok_or(Refusal::NotFound)?;
    found.may(Permission::SeeAudit)?;
    Ok(found)
}

/// Reads what an address asks for. What no page asks for is refused: less would be filtered than was
/// meant.
///
/// # Errors
/// [`Refusal::NotFound`] or [`Refusal::Unavailable`].
pub(crate) async fn wanted(desk: &Desk, by: &Agent, query: &str) -> Result<Wanted, Refusal> {
    read(query, &zone(desk, by).await?).ok_or(Refusal::NotFound)
}

/// On whose clock days begin.
async fn zone(desk: &Desk, by: &Agent) -> Result<String, Refusal> {
    let settings = desk.store.settings(by.workspace, None).await;
    let settings = settings.map_err(|error| unreadable(&error))?;
    let layer = settings.ok_or(Refusal::NotFound)?.layer;
    Ok(cascade(&layer, &SettingsLayer::default()).hours.times.zone)
}

fn read(query: &str, zone: &str) -> Option<Wanted> {
    let query = query.trim_start_matches('?');
    if query.len() > QUERY {
        return None;
    }
    let address: Uri = format!("/audit?{query}").parse().ok()?;
    let Query(asked) = Query::<Asked>::try_from_uri(&address).ok()?;
    let who = given(&asked.who, |who| who.parse().ok())?;
    let kind = given(&asked.kind, AuditKind::read)?;
    let place = AuditPlace {
        who,
        kind,
        from: given(&asked.from, |day| days::begins(zone, day))?,
        until: given(&asked.until, |day| days::ends(zone, day))?,
        text: asked.text.trim().to_owned(),
        before: given(&asked.before, |before| before.parse().ok())?,
    };
    let filter = AuditFilter {
        who,
        kind,
        from: asked.from,
        until: asked.until,
        text: place.text.clone(),
    };
    Some(Wanted { filter, place })
}

/// What a field means; an empty one asks for nothing, and one that means nothing is none.
fn given<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text.trim() {
        "" => Some(None),
        text => read(text).map(Some),
    }
}

/// The filter as an address holds it.
fn written(filter: &AuditFilter) -> String {
    let AuditFilter {
        who,
        kind,
        from,
        until,
        text,
    } = filter;
    let fields = [
        ("who", who.map(|who| who.to_string()).unwrap_or_default()),
        ("kind", kind.map_or("", AuditKind::word).to_owned()),
        ("from", from.clone()),
        ("until", until.clone()),
        ("text", text.clone()),
    ];
    let fields = fields.iter().filter(|(_, value)| !value.is_empty());
    let fields = fields.map(|(name, value)| {
        let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
        format!("{name}={value}")
    });
    fields.collect::<Vec<_>>().join("&")
}

pub(crate) fn unreadable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "the record of changes could not be read");
    Refusal::Unavailable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_looked_for_and_is_written_the_same_again() {
        let zone = "Europe/Berlin";
        let asked = "?kind=settings&from=2026%2D12%2D01&text=a%20%26%20b&before=12&until=&who=";
        let found = read(asked, zone).expect("a page asks for that");
        assert_eq!(Some(AuditKind::Settings), found.place.kind);
        assert_eq!("a & b", found.place.text);
        assert_eq!(Some(12), found.place.before);
        assert!(found.place.from.is_some() && found.place.until.is_none());
        let again = written(&found.filter);
        assert_eq!("kind=settings&from=2026%2D12%2D01&text=a%20%26%20b", again);
        assert_eq!(Some(found.filter), read(&again, zone).map(|one| one.filter));
    }

    #[test]
    fn what_no_page_asks_for_is_refused_and_not_left_out() {
        let beyond = format!("before={}", "9".repeat(30));
        for asked in [
            "kind=everything",
            "from=yesterday",
            "who=olga",
            "before=-1",
            &beyond,
        ] {
            assert!(read(asked, "UTC").is_none(), "{asked}");
        }
    }
}
