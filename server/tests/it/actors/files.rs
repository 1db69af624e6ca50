//! Files, as browsers send and fetch them.

use protocol::agent::AgentCommand;
use protocol::attachment::{Attachment, Upload};
use protocol::visitor::VisitorCommand;
use protocol::{AttachmentId, ConversationId, Key, PublicSeq, Refusal, Seq};

use super::http::{Answer, get, post_bytes};
use super::{AgentActor, VisitorActor, fresh_key};

/// A picture of 40 to 30 in one colour.
pub(crate) fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([20, 120, 90]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// What an upload was answered.
pub(crate) fn answer(answer: &Answer) -> Result<Attachment, Refusal> {
    match serde_json::from_str(&answer.text) {
        Ok(Upload::Kept(file)) => Ok(file),
        Ok(Upload::Refused { refusal, sentence }) => {
            assert!(sentence.ends_with('.'), "{sentence:?} is no sentence");
            Err(refusal)
        }
        Err(error) => panic!("{error}: {} {}", answer.status, answer.text),
    }
}

/// A file that somebody may fetch.
pub(crate) fn at(url: &str, file: AttachmentId) -> String {
    format!("{url}/attachments/{file}")
}

impl VisitorActor {
    /// The header that says who it is.
    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}", self.token.as_deref().unwrap())
    }

    pub(crate) async fn uploads_to(
        &self,
        conversation: ConversationId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Answer {
        let url = format!("{}/attachments/{conversation}", self.url);
        let bearer = self.bearer();
        let headers = [("authorization", bearer.as_str()), ("x-file-name", name)];
        post_bytes(&url, &headers, bytes).await
    }

    pub(crate) async fn uploads(&self, name: &str, bytes: Vec<u8>) -> Result<Attachment, Refusal> {
        answer(&self.uploads_to(self.conversation, name, bytes).await)
    }

    pub(crate) async fn fetches(&self, file: AttachmentId) -> Answer {
        let bearer = self.bearer();
        get(&at(&self.url, file), &[("authorization", &bearer)]).await
    }

    pub(crate) async fn sends(
        &mut self,
        text: &str,
        files: &[AttachmentId],
    ) -> Result<PublicSeq, Refusal> {
        self.sends_with(fresh_key(), text, files).await
    }

    pub(crate) async fn sends_with(
        &mut self,
        key: Key,
        text: &str,
        files: &[AttachmentId],
    ) -> Result<PublicSeq, Refusal> {
        let say = VisitorCommand::Say {
            key,
            text: text.to_owned(),
            attachments: files.to_vec(),
        };
        self.client.send(&say).await;
        let seq = self.is_answered(key).await?;
        Ok(seq.expect("a message has a number"))
    }
}

impl AgentActor {
    pub(crate) async fn uploads_to(
        &self,
        conversation: ConversationId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Answer {
        let url = format!("{}/attachments/{conversation}", self.url);
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("origin", self.url.as_str()),
            ("x-file-name", name),
        ];
        post_bytes(&url, &headers, bytes).await
    }

    pub(crate) async fn uploads(
        &self,
        conversation: ConversationId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Attachment, Refusal> {
        answer(&self.uploads_to(conversation, name, bytes).await)
    }

    pub(crate) async fn fetches(&self, file: AttachmentId) -> Answer {
        get(&at(&self.url, file), &[("cookie", &self.cookie)]).await
    }

    pub(crate) async fn sends(
        &mut self,
        conversation: ConversationId,
        files: &[AttachmentId],
    ) -> Result<Option<Seq>, Refusal> {
        let attachments = files.to_vec();
        self.asks(|key| AgentCommand::Say {
            conversation,
            key,
            text: String::new(),
            attachments,
        })
        .await
    }

    pub(crate) async fn notes_with(
        &mut self,
        conversation: ConversationId,
        files: &[AttachmentId],
    ) -> Result<Option<Seq>, Refusal> {
        let attachments = files.to_vec();
        self.asks(|key| AgentCommand::AddNote {
            conversation,
            key,
            text: "See this.".to_owned(),
            attachments,
        })
        .await
    }
}
