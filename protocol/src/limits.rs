//! Limits that both sides of the wire know.

/// A message or note, in characters.
pub const TEXT: usize = 4_000;
/// The last line of a card, in characters.
pub const LAST_LINE: usize = 120;
/// Names of people, workspaces and chatbots, in characters.
pub const NAME: usize = 60;
/// An e-mail address, in characters (RFC 5321 section 4.5.3.1.3, less the angle brackets).
pub const EMAIL: usize = 254;
/// A password, in characters. The least is NIST SP 800-63B-4's for a password without a second factor.
pub const PASSWORD_LEAST: usize = 15;
/// The longest password that is hashed.
pub const PASSWORD: usize = 256;
/// Addresses of pages, in characters; longer ones are cut.
pub const PAGE_URL: usize = 1_000;
/// Entries in one page of a thread.
pub const ENTRIES_PAGE: usize = 100;
/// Cards in one page of a tab.
pub const CARDS_PAGE: usize = 50;
/// Open threads that one connection may follow.
pub const THREADS: usize = 20;
/// A visitor's frame, in bytes.
pub const VISITOR_FRAME: usize = 16 * 1024;
/// An agent's frame, in bytes.
pub const AGENT_FRAME: usize = 64 * 1024;
