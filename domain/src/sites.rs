//! The sites that a chatbot may stand on.

/// A site as an owner names it: a host, perhaps with a scheme, with all that lies below it, with a
/// port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// None for both.
    scheme: Option<&'static str>,
    /// In lower case, with `*.` in front where all below it is meant.
    host: String,
    port: Option<u16>,
}

impl Site {
    /// Reads `shop.example`, `https://shop.example`, `*.shop.example` or `localhost:3000`.
    pub fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = match text.split_once("://") {
            Some(("https", rest)) => (Some("https"), rest),
            Some(("http", rest)) => (Some("http"), rest),
            Some(_) => return None,
            None => (None, text),
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => {
                (host, Some(port.parse().ok().filter(|port| *port > 0)?))
            }
            Some(_) => return None,
            None => (rest, None),
        };
        let host = host.to_ascii_lowercase();
        let below = host.strip_prefix("*.");
        // All that lies below `example` or `com` is no site.
        let wide = below.is_some_and(|rest| !rest.contains('.'));
        (!wide && is_host(below.unwrap_or(&host))).then_some(Self { scheme, host, port })
    }

    /// As the directive `frame-ancestors` takes it (CSP 3, section 2.3.1). A site without a scheme is
    /// there by both; by itself CSP would take it for that of the chat's own page.
    pub fn sources(&self) -> String {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let of = |scheme: &str| format!("{scheme}://{}{port}", self.host);
        match self.scheme {
            Some(scheme) => of(scheme),
            None => format!("{} {}", of("https"), of("http")),
        }
    }
}

/// Labels of letters, digits and hyphens (RFC 1123, section 2.1), with dots between them.
fn is_host(host: &str) -> bool {
    host.len() <= 253
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

/// Who may frame the chat: the sites that are named, else every site of the web.
pub fn frame_ancestors(allowed: &[String]) -> String {
    if allowed.is_empty() {
        return "http: https:".to_owned();
    }
    let sources: Vec<_> = allowed
        .iter()
        .filter_map(|site| Some(Site::read(site)?.sources()))
        .collect();
    // What cannot be read is nobody, and never everybody.
    match sources.is_empty() {
        true => "'none'".to_owned(),
        false => sources.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_host_and_nothing_that_reaches_further() {
        for (text, sources) in [
            ("shop.example", "https://shop.example http://shop.example"),
            ("https://Shop.Example", "https://shop.example"),
            (
                "*.shop.example",
                "https://*.shop.example http://*.shop.example",
            ),
            (
                "localhost:3000",
                "https://localhost:3000 http://localhost:3000",
            ),
            ("http://10.0.0.7:8080", "http://10.0.0.7:8080"),
        ] {
            let site = Site::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(sources, site.sources());
        }
        for wrong in [
            "",
            "*",
            "*.com",
            "https:",
            "https://",
            "ftp://shop.example",
            "shop.example/path",
            "a b",
            "shop.example;",
            "shop.example 'self'",
            "'self'",
            "-a.example",
            "shop..example",
            "a:0",
            "a:70000",
            "a:",
            "javascript://x",
            "https://a@b.example",
            "a.*.example",
            "shop.example,",
        ] {
            assert_eq!(None, Site::read(wrong), "{wrong}");
        }
    }

    #[test]
    fn no_site_named_is_every_site_and_none_readable_is_nobody() {
        assert_eq!("http: https:", frame_ancestors(&[]));
        assert_eq!("'none'", frame_ancestors(&["*".to_owned()]));
        let two = [
            "https://a.example".to_owned(),
            "https://b.example".to_owned(),
        ];
        assert_eq!("https://a.example https://b.example", frame_ancestors(&two));
    }
}
