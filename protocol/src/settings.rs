//! Settings that an owner changes while Baton runs. Each part is the chatbot's own, else the
//! workspace's, else the default; `domain` holds the defaults and the limits.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::GroupId;
use crate::look::{LookSettings, PrivacySettings, SiteSettings};

/// Everything that is set for a chatbot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub handoff: HandoffSettings,
    pub triggers: TriggerSettings,
    pub routing: RoutingSettings,
    pub queue: QueueSettings,
    pub hours: HoursSettings,
    pub form: FormSettings,
    pub idle: IdleSettings,
    pub messages: MessageSettings,
    pub files: FileSettings,
    pub targets: TargetSettings,
    pub look: LookSettings,
    pub sites: SiteSettings,
    pub privacy: PrivacySettings,
    pub rating: RatingSettings,
    pub before: BeforeSettings,
}

/// What one layer sets; a part that it leaves out comes from the layer below. Parts are whole: a
/// chatbot has its own routing, or the workspace's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsLayer {
    pub handoff: Option<HandoffSettings>,
    pub triggers: Option<TriggerSettings>,
    pub routing: Option<RoutingSettings>,
    pub queue: Option<QueueSettings>,
    pub hours: Option<HoursSettings>,
    pub form: Option<FormSettings>,
    pub idle: Option<IdleSettings>,
    pub messages: Option<MessageSettings>,
    pub files: Option<FileSettings>,
    pub targets: Option<TargetSettings>,
    pub look: Option<LookSettings>,
    pub sites: Option<SiteSettings>,
    pub privacy: Option<PrivacySettings>,
    pub rating: Option<RatingSettings>,
    pub before: Option<BeforeSettings>,
}

/// What visitors are asked for before the chat begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeSettings {
    /// Off: the chat begins at once.
    pub enabled: bool,
    pub name: Ask,
    pub email: Ask,
    pub phone: Ask,
    pub custom: Vec<CustomField>,
    /// What the visitor agrees to; none asks for nothing.
    pub consent: Option<Consent>,
}

/// What a visitor agrees to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub text: String,
    /// Where it is written out, by `https:` or `http:`; none links to nothing.
    pub url: Option<String>,
}

/// What visitors may say of what they were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingSettings {
    /// Whether they are asked how it was with a person, once it is over.
    pub after_handoff: bool,
    /// Whether each answer of the AI can be said to have helped or not.
    pub thumbs: bool,
}

/// Within how long the team replies, in opening hours; none sets no target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetSettings {
    /// From the moment a person is asked for to the first words of one.
    pub first_reply_minutes: Option<u32>,
    /// From the visitor's earliest message that has no reply.
    pub next_reply_minutes: Option<u32>,
}

/// Files in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSettings {
    /// Whether visitors may send files; the team always may.
    pub from_visitors: bool,
    /// The largest file, in mebibytes.
    pub limit_mebibytes: u32,
}

/// Whether and how people can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffSettings {
    /// Off: nobody can be asked for, by whatever way.
    pub enabled: bool,
    /// Whether "Talk to a human" is shown.
    pub button: bool,
    /// The button appears after so many messages; 0 is at any time.
    pub button_after: u32,
    /// For how long the assistant's proposal stands.
    pub proposal_minutes: u32,
    pub while_waiting: WhileWaiting,
    /// Whether agents see what a visitor is typing; the visitor is told so.
    #[serde(default)]
    pub typing_preview: bool,
}

/// What the assistant does while the visitor waits for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhileWaiting {
    Silent,
    /// Says once that somebody is on the way.
    Holding,
    /// Goes on answering.
    Continue,
}

/// What a trigger leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    Off,
    /// The assistant asks whether to fetch a person.
    Propose,
    /// A person is asked for at once.
    Force,
}

/// What in a conversation asks for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerSettings {
    /// "Can I talk to a person?"
    pub wish: Reaction,
    /// "Do you have human support?"
    pub unclear_wish: Reaction,
    pub keywords: PhraseTrigger,
    pub low_confidence: LowConfidence,
    pub frustration: Reaction,
    pub topics: TopicTrigger,
    pub high_value: HighValueTrigger,
}

/// Words of the owner's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseTrigger {
    pub reaction: Reaction,
    /// Whole words, in any case.
    pub phrases: Vec<String>,
}

/// The assistant could not answer several times in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowConfidence {
    pub reaction: Reaction,
    pub after: u32,
}

/// Topics that a person should answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicTrigger {
    pub reaction: Reaction,
    pub legal: bool,
    pub medical: bool,
    pub financial: bool,
    /// Phrases of the owner's own topics.
    pub own: Vec<String>,
}

/// Visitors who are about to spend much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HighValueTrigger {
    pub reaction: Reaction,
    /// A sum of money of at least this many whole units; none looks at no sums.
    pub amount: Option<u32>,
    /// Names of plans and the like.
    pub phrases: Vec<String>,
}

/// How a request finds its agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingSettings {
    pub mode: RoutingMode,
    pub order: RoutingOrder,
    /// How long an agent has to accept an offer.
    pub offer_seconds: u32,
    /// After how long without its agent an unanswered chat goes back; none never.
    pub requeue_minutes: Option<u32>,
    /// Requests go to this group; none to everybody who is assigned.
    pub group: Option<GroupId>,
}

/// How a request finds its agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutingMode {
    /// Everybody sees it, the first takes it.
    Pool,
    /// One agent at a time is asked.
    Offer,
    /// It is assigned at once.
    Auto,
}

/// Who of several is chosen; the higher priority always goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutingOrder {
    LongestIdle,
    LeastBusy,
}

/// How long a visitor waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueSettings {
    pub deadline_minutes: u32,
    pub on_deadline: OnDeadline,
    /// What happens when nobody could take a request.
    pub nobody: WhenNobody,
}

/// What happens when nobody took a request in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDeadline {
    /// It is missed, a lead is made, and the visitor may leave details.
    Miss,
    /// The visitor may leave details and waits on.
    KeepWaiting,
}

/// What happens to a request when nobody is there for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenNobody {
    Form,
    Message,
    /// It waits for its deadline all the same.
    Wait,
}

/// When people are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursSettings {
    /// Off: always open.
    pub enabled: bool,
    pub times: WeekTimes,
    pub holidays: Vec<Holiday>,
    pub outside: Outside,
}

/// Hours of a week in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekTimes {
    /// Its name in the IANA time zone database, such as `Europe/Zurich`.
    pub zone: String,
    /// Several a day are fine.
    pub open: Vec<Interval>,
}

/// From one time of day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    pub day: Day,
    /// Minutes after midnight, 0–1439.
    pub from: u16,
    /// Minutes after midnight, 1–1440; not later than `from` means on the next day.
    pub to: u16,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A day on which nobody is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// `2026-12-25`
    pub date: String,
    pub name: String,
}

/// What a request outside the hours leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// The visitor is told, and the assistant goes on.
    AiContinue,
    /// The visitor is told, and the request is kept as missed.
    Message,
    /// As `Message`, and the visitor may leave details.
    Form,
}

/// What visitors are asked for when nobody can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSettings {
    pub name: Ask,
    pub email: Ask,
    pub phone: Ask,
    pub message: Ask,
    pub custom: Vec<CustomField>,
    /// What the visitor agrees to; none asks for nothing.
    pub consent: Option<String>,
}

/// Whether something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Off,
    Optional,
    Required,
}

/// A field of the owner's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    pub label: String,
    pub required: bool,
}

/// When a chat that nobody goes on with is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdleSettings {
    pub enabled: bool,
    /// The visitor is warned after so long without a word.
    pub warn_minutes: u32,
    /// And the chat is closed so long after that.
    pub close_minutes: u32,
}

/// What visitors are told, in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSettings {
    /// For every language that has none of its own.
    pub texts: Texts,
    pub translations: Vec<Translation>,
}

/// The messages in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// A language tag, such as `de` or `pt-BR` (BCP 47).
    pub language: String,
    pub texts: Texts,
}

/// What visitors are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// The first words in an empty conversation.
    pub greeting: String,
    /// Questions offered with the greeting.
    pub starters: Vec<String>,
    /// The assistant has no answer.
    pub unknown: String,
    /// The assistant asks whether to fetch a person.
    pub proposal: String,
    /// A person was asked for.
    pub handover: String,
    /// The visitor writes while waiting.
    pub waiting: String,
    /// A person took over; `{agent}` is their name.
    pub joined: String,
    pub out_of_hours: String,
    /// Nobody is there.
    pub no_agents: String,
    /// Nobody came in time.
    pub missed: String,
    /// The chat will be closed if the visitor says nothing.
    pub idle_warning: String,
    /// The assistant is back.
    pub restored: String,
    /// A person closed the conversation.
    pub closing: String,
}
