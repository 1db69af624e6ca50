//! WebSocket close codes: each tells the client what to do next.

/// The server restarts: connect again with back-off.
pub const RESTART: u16 = 1012;
/// The connection was too slow to keep up, or something was lost: connect again at once and resume.
pub const RESUME: u16 = 4001;
/// The client speaks a version that is gone: load the page anew.
pub const RELOAD: u16 = 4002;
/// The sign-in or the token was revoked: do not come back without a new one.
pub const REVOKED: u16 = 4003;
/// A frame broke the rules of WebSockets (RFC 6455 section 7.4.1): mend the client.
pub const BROKEN: u16 = 1002;
/// A text was not UTF-8 (RFC 6455 section 7.4.1): mend the client.
pub const NOT_UTF8: u16 = 1007;
/// The client broke the protocol (RFC 6455 section 7.4.1, policy violation): do not come back by itself.
pub const POLICY: u16 = 1008;
/// A frame was over its limit (RFC 6455 section 7.4.1).
pub const TOO_BIG: u16 = 1009;
