//! A mail before it is sent: its words once, written as plain text and as HTML.

use html_escape::{encode_double_quoted_attribute, encode_text};

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Such as `de`.
    pub(super) language: &'static str,
    pub(super) subject: String,
    pub(super) paragraphs: Vec<String>,
    /// What can be done about it: words and an address.
    pub(super) button: Option<(&'static str, String)>,
    /// Small print below.
    pub(super) below: String,
}

impl Letter {
    /// For programs that show text alone.
    pub(super) fn text(&self) -> String {
        let mut parts = self.paragraphs.clone();
        if let Some((words, link)) = &self.button {
            parts.push(format!("{words}:\n{link}"));
        }
        parts.push(format!("-- \n{}", self.below));
        parts.join("\n\n") + "\n"
    }

    /// For all others. Mail programs know few styles and no style sheets, so each stands where it is
    /// used; colours are those of the light theme, which dark programs turn by themselves.
    pub(super) fn html(&self) -> String {
        let mut body = String::new();
        for paragraph in &self.paragraphs {
            let paragraph = encode_text(paragraph);
            body += &format!("<p style=\"margin:0 0 16px\">{paragraph}</p>\n");
        }
        if let Some((words, link)) = &self.button {
            let (words, shown) = (encode_text(words), encode_text(link));
            let link = encode_double_quoted_attribute(link);
            body += &format!(
                "<p style=\"margin:24px 0\"><a href=\"{link}\" style=\"display:inline-block;\
                 padding:10px 18px;border-radius:6px;background:#0f6b78;color:#ffffff;\
                 text-decoration:none;font-weight:600\">{words}</a></p>\n\
                 <p style=\"margin:0 0 16px;font-size:13px;color:#555f66;word-break:break-all\">\
                 {shown}</p>\n"
            );
        }
        let below = encode_text(&self.below);
        let subject = encode_text(&self.subject);
        let language = self.language;
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{subject}</title>\n</head>\n\
             <body style=\"margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif\">\n\
             <div style=\"max-width:520px;margin:0 auto\">\n{body}\
             <p style=\"margin:32px 0 0;font-size:13px;color:#555f66\">{below}</p>\n\
             </div>\n</body>\n</html>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same_and_names_are_no_markup() {
        let letter = Letter {
            language: "en",
            subject: "Tarn & <Trail>".to_owned(),
            paragraphs: vec!["Hello <b>you</b> & me.".to_owned()],
            button: Some(("Open", "https://chat.example.org/x#\"y".to_owned())),
            below: "Baton".to_owned(),
        };
        let text = letter.text();
        assert!(text.contains("Hello <b>you</b> & me."), "{text}");
        assert!(text.contains("Open:\nhttps://chat.example.org/x#\"y"));
        let html = letter.html();
        assert!(html.contains("Hello &lt;b&gt;you&lt;/b&gt; &amp; me."));
        assert!(html.contains("<title>Tarn &amp; &lt;Trail&gt;</title>"));
        assert!(html.contains("href=\"https://chat.example.org/x#&quot;y\""));
    }
}
