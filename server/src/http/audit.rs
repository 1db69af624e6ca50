//! `GET /audit/export.csv` and `/audit/export.jsonl`: the record of what people changed to take along,
//! filtered as the page is, and sent as it is read.

use std::net::IpAddr;

use axum::Extension;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use domain::Agent;
use domain::days;
use futures::stream;
use protocol::Refusal;
use protocol::audit::AuditRow;

use super::attachments::refuse;
use crate::actions::audit::{reader, wanted};
use crate::actions::begin_visit::user_agent;
use crate::actions::sign_in;
use crate::desk::Desk;
use crate::store::{AuditPlace, Doer};
/// Rows that are read at once.
const PIECE: u64 = 500;
/// The columns of the table.
const COLUMNS: [&str; 11] = [
    "at",
    "who",
    "who_id",
    "kind",
    "subject",
    "subject_id",
    "subject_name",
    "changes",
    "address",
    "browser",
    "times",
];

/// In which form it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// RFC 4180.
    Csv,
    /// One JSON object in each line.
    Lines,
}

/// As a table.
pub(crate) async fn csv(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    export(desk, from, query, &headers, Form::Csv).await
}

/// As objects.
pub(crate) async fn lines(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    export(desk, from, query, &headers, Form::Lines).await
}

async fn export(
    desk: Desk,
    from: IpAddr,
    query: Option<String>,
    headers: &HeaderMap,
    form: Form,
) -> Response {
    let (by, place) = match begin(&desk, from, &query.unwrap_or_default(), headers).await {
        Ok(begun) => begun,
        Err(refusal) => return refuse(&desk, &refusal),
    };
    let (kind, name) = match form {
        Form::Csv => ("text/csv; charset=utf-8", "baton-audit.csv"),
        Form::Lines => ("application/x-ndjson", "baton-audit.jsonl"),
    };
    let mut response = Response::new(rows(desk, by, place, form));
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Everything that is asked before the first row; that somebody takes it along is a row itself.
async fn begin(
    desk: &Desk,
    from: IpAddr,
    query: &str,
    headers: &HeaderMap,
) -> Result<(Agent, AuditPlace), Refusal> {
    // A link on another site is not one of ours (Fetch Metadata); typed by hand it says "none".
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if !matches!(site, None | Some(b"same-origin" | b"none")) {
        return Err(Refusal::NotAllowed);
    }
    let signed_in = sign_in::of_request(desk, headers).await;
    let signed_in = signed_in.ok_or(Refusal::TokenUnknown)?;
    let by = reader(desk, signed_in.agent).await?;
    desk.limits.search(by.id)?;
    let wanted = wanted(desk, &by, query).await?;
    let doer = Doer {
        agent: Some(by.id),
        ip: from,
        user_agent: user_agent(headers),
    };
    let store = desk.store.on_behalf(doer);
    store.record_export(by.workspace, "audit").await?;
    Ok((by, wanted.place))
}

/// Where the export is.
enum At {
    Head(AuditPlace),
    Rows(AuditPlace),
    End,
}

/// The rows, read piece by piece as they are sent.
fn rows(desk: Desk, by: Agent, place: AuditPlace, form: Form) -> Body {
    let pieces = stream::try_unfold(At::Head(place), move |at| {
        let (desk, workspace) = (desk.clone(), by.workspace);
        async move {
            let mut place = match at {
                At::End => return Ok(None),
                At::Head(place) => {
                    let head = match form {
                        Form::Csv => table([COLUMNS.map(str::to_owned)])?,
                        Form::Lines => Vec::new(),
                    };
                    return Ok(Some((head, At::Rows(place))));
                }
                At::Rows(place) => place,
            };
            let rows = desk.store.audit(workspace, &place, PIECE).await;
            let rows = rows.map_err(|error| {
                tracing::error!(%error, "an export broke off");
                std::io::Error::other("the record could not be read")
            })?;
            place.before = rows.last().map(|row| row.id);
            let next = match rows.len() as u64 == PIECE {
                true => At::Rows(place),
                false => At::End,
            };
            let piece = match form {
                Form::Csv => table(rows.iter().map(cells))?,
                Form::Lines => objects(&rows)?,
            };
            Ok::<_, std::io::Error>(Some((piece, next)))
        }
    });
    Body::from_stream(pieces)
}

fn objects(rows: &[AuditRow]) -> Result<Vec<u8>, std::io::Error> {
    let mut text = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut text, row)?;
        text.push(b'\n');
    }
    Ok(text)
}

fn table(
    rows: impl IntoIterator<Item = [String; COLUMNS.len()]>,
) -> Result<Vec<u8>, std::io::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// A cell that no table program takes for a formula (OWASP, CSV injection): what begins like one is
/// led in by an apostrophe.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

fn cells(row: &AuditRow) -> [String; COLUMNS.len()] {
    let changes = row.changes.iter().map(|change| {
        let (field, before, after) = (&change.field, &change.before, &change.after);
        match before.is_empty() && after.is_empty() {
            true => field.clone(),
            false => format!("{field}: {before} -> {after}"),
        }
    });
    [
        days::written(row.at),
        row.name.clone(),
        row.agent.map(|agent| agent.to_string()).unwrap_or_default(),
        row.kind.word().to_owned(),
        row.subject.word().to_owned(),
        row.subject_id.map(|id| id.to_string()).unwrap_or_default(),
        row.subject_name.clone(),
        changes.collect::<Vec<_>>().join("\n"),
        row.address.clone(),
        row.user_agent.clone(),
        row.times.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(format!("'{cell}"), harmless(cell));
        }
        assert_eq!("Olga", harmless("Olga"));
    }
}
