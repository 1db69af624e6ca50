//! What agents want to be told of, and when not.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::profile::NoticesForm;
use protocol::settings::WeekTimes;
use protocol::{AgentId, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::audit::{By, Deed, Differ, record, week};
use super::members::text;
use super::profiles::own;
use super::tables::agents::{Column, Entity};
use super::tables::row_number;
use super::writer::{Stop, Unit};
use super::{Failed, Store};

impl Store {
    /// Saves what an agent wants to be told of, which was checked, on the version that was looked at.
    /// `mails` says whether mail leaves from here, so that it reaches them.
    ///
    /// # Errors
    /// [`Refusal::MemberChanged`], [`Failed::Unavailable`].
    pub async fn save_notices(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        form: NoticesForm,
        mails: bool,
    ) -> Result<(), Failed> {
        self.write(SaveNotices {
            workspace,
            agent,
            form,
            mails,
            by: self.by(),
        })
        .await
    }
}

struct SaveNotices {
    workspace: WorkspaceId,
    agent: AgentId,
    form: NoticesForm,
    mails: bool,
    by: By,
}

impl Unit for SaveNotices {
    type Done = ();
    const NAME: &'static str = "save_notices";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let (now, version) = (&self.form.notices, row_number(self.form.version));
        let before = Entity::find_by_id(self.agent.0).one(tx).await?;
        let before = before.ok_or(Stop::Refused(Refusal::NotFound))?;
        let was = written(before.notices()?.quiet.as_ref());
        // Whoever keeps the team switches under this version too: it is what was read above.
        let reached = self.mails && before.handoff_mail && now.mail;
        let quiet = text(now.quiet.as_ref());
        let done = own(self.workspace, self.agent)
            .filter(Column::Version.eq(version))
            .col_expr(Column::WantsMail, Expr::value(now.mail))
            .col_expr(Column::HasOutlet, Expr::value(reached))
            .col_expr(Column::RingsRequests, Expr::value(now.requests))
            .col_expr(Column::RingsReplies, Expr::value(now.replies))
            .col_expr(Column::Quiet, Expr::value(quiet))
            .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 || before.version != version {
            return Err(Stop::Refused(Refusal::MemberChanged));
        }
        let changes = Differ::default()
            .field(AuditField::HandoffMail, before.wants_mail, now.mail)
            .field(
                AuditField::SoundOfRequests,
                before.rings_requests,
                now.requests,
            )
            .field(
                AuditField::SoundOfReplies,
                before.rings_replies,
                now.replies,
            )
            .field(AuditField::QuietHours, was, written(now.quiet.as_ref()))
            .done();
        if !changes.is_empty() {
            let subject = (AuditSubject::Agent, before.id, before.name.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Profile, subject);
            record(tx, &self.by, deed.with(changes)).await?;
        }
        Ok(())
    }
}

/// Quiet hours for who reads what was changed; nothing for none.
fn written(quiet: Option<&WeekTimes>) -> String {
    let Some(quiet) = quiet else {
        return String::new();
    };
    format!("{} ({})", week(&quiet.open), quiet.zone)
}
