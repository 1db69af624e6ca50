//! Limits that both sides of the wire know.

/// A message or note, in characters.
pub const TEXT: usize = 4_000;
/// Files that go along with one message or note.
pub const ATTACHMENTS: usize = 10;
/// The name of a file, in characters; longer ones are cut.
pub const FILE_NAME: usize = 120;
/// The largest file that a workspace may allow, in mebibytes.
pub const FILE_MEBIBYTES: u32 = 100;
/// The last line of a card, in characters.
pub const LAST_LINE: usize = 120;
/// Groups of a team.
pub const GROUPS: usize = 50;
/// Roles that a workspace makes itself.
pub const ROLES: usize = 20;
/// The name of one, in characters.
pub const ROLE_NAME: usize = 40;
/// Names of people, workspaces, chatbots, categories and tags, in characters.
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
pub const CARDS_PAGE: usize = 30;
/// Open threads that one connection may follow.
pub const THREADS: usize = 20;
/// A visitor's frame, in bytes.
pub const VISITOR_FRAME: usize = 16 * 1024;
/// An agent's frame, in bytes.
pub const AGENT_FRAME: usize = 64 * 1024;
/// A text of the settings, in characters.
pub const SETTING_TEXT: usize = 1_000;
/// Tags of one conversation.
pub const TAGS: usize = 20;
/// Categories of one workspace, and tags of one, retired ones included.
pub const LABELS: usize = 500;
/// How far ahead a chat can be put aside, in days.
pub const SNOOZE_DAYS: u32 = 366;
/// Questions offered with the greeting.
pub const STARTERS: usize = 6;
/// Phrases of one trigger.
pub const PHRASES: usize = 200;
/// Languages that messages are written in, besides the default.
pub const LANGUAGES: usize = 40;
/// Opening intervals of one week.
pub const INTERVALS: usize = 42;
/// Holidays of one calendar.
pub const HOLIDAYS: usize = 100;
/// Fields of the owner's own in the form.
pub const CUSTOM_FIELDS: usize = 8;
/// What a visitor writes into one field of the form, in characters.
pub const FORM_TEXT: usize = 1_000;
/// Saved replies that a workspace shares.
pub const SHARED_REPLIES: usize = 500;
/// Invitations to the team that are open.
pub const INVITES: usize = 100;
/// Chats that an agent may be allowed at once.
pub const CHAT_LIMIT: u32 = 50;
/// The highest priority of an agent.
pub const PRIORITY: u32 = 100;
/// Saved replies of one agent's own.
pub const OWN_REPLIES: usize = 200;
/// What a saved reply does after it is sent, in steps.
pub const STEPS: usize = 10;
/// What stands behind the slash of a saved reply, in characters.
pub const SHORTCUT: usize = 30;
/// The title of a saved reply, in characters.
pub const REPLY_TITLE: usize = 80;
/// A draft, in characters: more than a message, so that one that is too long is kept as well.
pub const DRAFT: usize = 12_000;
/// Drafts of one agent.
pub const DRAFTS: usize = 300;
/// Mentions in one note; who is named after these is not told.
pub const MENTIONS: usize = 20;
/// Mentions that a welcome names, the newest first.
pub const MENTIONS_PAGE: usize = 100;
/// What agents are shown of a text that a visitor is typing, in characters: its end.
pub const PREVIEW: usize = 500;
/// Agents who may join the holder of a handoff.
pub const PARTICIPANTS: usize = 8;
/// Attributes of one contact.
pub const ATTRIBUTES: usize = 30;
/// Conversations of contacts that may be the same person, in the panel.
pub const ALIKE: usize = 5;
/// What an attribute is called, in characters.
pub const ATTRIBUTE_NAME: usize = 40;
/// What an attribute says, in characters.
pub const ATTRIBUTE_TEXT: usize = 500;
/// Notes that the panel lists, the newest of a conversation.
pub const NOTES_PAGE: usize = 100;
/// Other conversations of a contact, and handoffs of a conversation, that the panel lists.
pub const ELSEWHERE: usize = 20;
/// What a visitor adds to a rating, in characters.
pub const RATING_COMMENT: usize = 1_000;
/// For how long after its end a handoff can be rated, in days.
pub const RATING_DAYS: u32 = 7;
/// A phone number with its separators, in characters (E.164 allows 15 digits).
pub const PHONE: usize = 30;
/// What is searched for, in characters.
pub const QUERY: usize = 200;
/// Conversations in one page of what was found.
pub const HITS_PAGE: usize = 20;
/// Lines of one conversation in a page of what was found.
pub const FOUND_LINES: usize = 3;
/// The part of a line that is shown of what was found, in characters.
pub const EXCERPT: usize = 160;
/// Views that a workspace shares.
pub const SHARED_VIEWS: usize = 50;
/// Views of one agent's own.
pub const OWN_VIEWS: usize = 50;
/// How far back a view may look, in days.
pub const VIEW_DAYS: u32 = 3_650;
/// A text that is pasted to teach a chatbot, in characters.
pub const TAUGHT_TEXT: usize = 40_000;
/// What a text or document that is learned is called, in characters; the rest of a longer title is left out.
pub const SOURCE_TITLE: usize = 120;
/// Texts and documents that one chatbot learns.
pub const SOURCES: usize = 5_000;
/// For how long conversations can be kept before they are erased, in days.
pub const KEPT_DAYS: u32 = 3_650;
/// Erasures in a page of them.
pub const ERASURES: usize = 50;
/// The words beside the launcher's icon, in characters.
pub const LAUNCHER_TEXT: usize = 24;
/// The letters in the assistant's face.
pub const INITIALS: usize = 2;
/// Sites that one chatbot may stand on.
pub const SITES: usize = 50;
/// Bytes of the header that names them: a site without a scheme stands in it twice. With all other
/// headers it stays within the 4 KiB that some proxies read by default (nginx, `proxy_buffer_size`), and
/// well within the 8 KiB of the others.
pub const SITES_BYTES: usize = 3_000;
/// Chatbots of one workspace, archived ones included.
pub const CHATBOTS: usize = 200;
