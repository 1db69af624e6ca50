//! Every address of the router, asked by everybody. One without a row fails before the first is asked.

use domain::permissions::Permission;
use protocol::agent::{AgentCommand, AgentEvent};
use protocol::api_token::Scope;
use protocol::attachment::Upload;
use protocol::profile::ProfileView;
use protocol::visitor::{VisitorCommand, VisitorEvent};
use protocol::{AgentId, AttachmentId};
use serde_json::json;
use server::router::{Address, addresses};

use super::api::{self, Endpoint, Tokens};
use super::functions::Needs;
use super::report::{Came, Report};
use super::secrets::{Ear, Place};
use super::world::World;
use crate::actors::{Answer, Client, Encoding, VisitorActor, get, png, post_bytes, post_json};

/// What is asked of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// Everybody may have it; it says nothing of anybody. With what stands for its parameters.
    Open(&'static str),
    /// Served by `baton demo` alone: to everybody, and here to nobody.
    Demo,
    /// A page, for who is signed in or may do something.
    Page(&'static str, Needs),
    Functions,
    AgentSocket,
    VisitorSocket,
    /// A file of a conversation, or its thumbnail.
    File(&'static str),
    Upload,
    ReplyFile,
    ReplyUpload,
    AttachReplyFile,
    Picture,
    PictureUpload,
    /// A file of settings to be looked at.
    Import,
    ChatbotPicture,
    /// What a program asks.
    Api(Endpoint),
    /// A pane of a playground, which nobody here has; asked and sent to.
    Pane,
    SentToPane,
    /// What a visitor asks with a token, and what it may say.
    OfVisitor(&'static str),
}

/// A pane of nobody's playground.
const PANE: &str = "/playground/00000000000000000000000000000001/first/pages/load_me";

/// The row of an address: none for one that nobody has thought about.
fn row(address: &Address) -> Option<Row> {
    use Needs::{May, Nothing, SignIn};
    use Permission::{EraseData, SaveSettings, SaveTeam, SeeAudit, SeeEmbedding};
    let (method, path) = address;
    let row = match (*method, &**path) {
        ("GET", "/ws/agent") => Row::AgentSocket,
        ("GET", "/ws/visitor") => Row::VisitorSocket,
        ("GET", "/ws/echo") => Row::Open("/ws/echo"),
        ("GET", "/ws/publish") => Row::Open("/ws/publish"),
        ("GET", "/healthz") => Row::Open("/healthz"),
        ("GET", "/readyz") => Row::Open("/readyz"),
        ("GET", "/assets/{*name}") => Row::Open("/assets/main.css"),
        ("GET", "/favicon.ico") => Row::Open("/favicon.ico"),
        ("GET", "/attachments/{id}") => Row::File(""),
        ("GET", "/attachments/{id}/thumbnail") => Row::File("/thumbnail"),
        ("POST", "/attachments/{id}") => Row::Upload,
        ("POST", "/attachments/{id}/reply-files/{file}") => Row::AttachReplyFile,
        ("POST", "/reply-files") => Row::ReplyUpload,
        ("GET", "/reply-files/{id}") => Row::ReplyFile,
        ("POST", "/profile/picture") => Row::PictureUpload,
        ("GET", "/agents/{agent}/{picture}") => Row::Picture,
        ("GET", "/c/{chatbot}") => Row::Open("/c/{own}"),
        ("GET", "/widget/") => Row::Open("/widget/?chatbot={own}"),
        ("GET", "/widget/{*name}") => Row::Open("/widget/{own}.js"),
        ("GET", "/preview") => Row::Page("/preview?look=none", May(SaveSettings)),
        ("GET", "/preview.js") => Row::Page("/preview.js?look=none", May(SaveSettings)),
        ("GET", "/gallery") => Row::Open("/gallery"),
        ("GET", "/inbox") => Row::Page("/inbox", SignIn),
        ("GET", "/inbox/{conversation}") => Row::Page("/inbox/{talk}", SignIn),
        ("GET", "/") => Row::Page("/", Nothing),
        ("GET", "/sign-in") => Row::Page("/sign-in", Nothing),
        ("GET", "/setup") => Row::Page("/setup", Nothing),
        ("GET", "/join") => Row::Page("/join", Nothing),
        ("GET", "/forgot") => Row::Page("/forgot", Nothing),
        ("GET", "/reset") => Row::Page("/reset", Nothing),
        ("GET", "/embed") => Row::Page("/embed", May(SeeEmbedding)),
        ("GET", "/labels") => Row::Page("/labels", May(SaveSettings)),
        ("GET", "/replies") => Row::Page("/replies", SignIn),
        ("GET", "/team") => Row::Page("/team", May(SaveTeam)),
        ("GET", "/modules") => Row::Page("/modules", May(SaveTeam)),
        ("GET", "/deliveries") => Row::Page("/deliveries", May(SaveSettings)),
        ("GET", "/profile") => Row::Page("/profile", SignIn),
        ("GET", "/profile/{section}") => Row::Page("/profile/password", SignIn),
        ("GET", "/begin") => Row::Page("/begin", May(SaveSettings)),
        ("GET", "/settings") => Row::Page("/settings", SignIn),
        ("GET", "/erasures") => Row::Page("/erasures", May(EraseData)),
        ("GET", "/audit") => Row::Page("/audit", May(SeeAudit)),
        ("GET", "/audit/export.csv") => Row::Page("/audit/export.csv", May(SeeAudit)),
        ("GET", "/audit/export.jsonl") => Row::Page("/audit/export.jsonl", May(SeeAudit)),
        ("GET", "/data") => Row::Page("/data", May(SaveSettings)),
        ("GET", "/data/settings.json") => Row::Page("/data/settings.json", May(SaveSettings)),
        ("POST", "/data/import") => Row::Import,
        ("GET", "/targets") => Row::Page("/targets", May(SaveSettings)),
        ("GET", "/doctor") => Row::Page("/doctor?conversation={talk}", SignIn),
        ("GET", "/playground") => Row::Page("/playground", May(SaveSettings)),
        ("GET", "/playground/{id}/{actor}/{*rest}") => Row::Pane,
        ("POST", "/playground/{id}/{actor}/{*rest}") => Row::SentToPane,
        ("GET", "/chatbots") => Row::Page("/chatbots", May(SaveSettings)),
        ("GET", "/chatbots/{id}") => Row::Page("/chatbots/{chatbot}", May(SaveSettings)),
        ("GET", "/chatbots/{id}/{section}") => {
            Row::Page("/chatbots/{chatbot}/live-chat", May(SaveSettings))
        }
        ("GET", "*") => Row::Open("/nothing/is/here"),
        ("POST", "/pages/{*name}") => Row::Functions,
        (_, path) if path.starts_with("/api/") => return endpoint(address),
        ("POST", "/visitors/identity") => Row::OfVisitor("identity"),
        ("GET" | "POST", "/visitors/rating") => Row::OfVisitor("rating"),
        ("GET" | "POST", "/visitors/before") => Row::OfVisitor("before"),
        ("POST", "/visitors/erase") => Row::OfVisitor("erase"),
        ("POST", "/visitors/thumb") => Row::OfVisitor("thumb"),
        ("GET", "/visitors/transcript") => Row::OfVisitor("transcript"),
        ("GET", "/visitors/people") => Row::OfVisitor("people"),
        // Whoever has the id may see the face: it cannot be guessed, and says nothing of anybody.
        ("GET", "/faces/{picture}") => Row::Open("/faces/0192f8c4-7d3a-7000-8000-000000000001"),
        ("GET", "/pictures/{chatbot}/{picture}") => {
            Row::Open("/pictures/{own}/0192f8c4-7d3a-7000-8000-000000000001")
        }
        ("POST", "/pictures/{chatbot}") => Row::ChatbotPicture,
        ("GET", "/demo" | "/demo/" | "/demo/guide/{name}" | "/demo/{*name}") => Row::Demo,
        _ => return None,
    };
    Some(row)
}

/// The row of an endpoint. The handoff that is named is nobody's, so that nothing comes of it.
fn endpoint((method, path): &Address) -> Option<Row> {
    use Permission::{SeeConversations, TakeChats, UseApi, WriteNotes};
    const WORDS: &str = r#"{"text":"From a program"}"#;
    const HANDOFF: &str = r#"{"handoff":"00000000-0000-7000-8000-000000000001"}"#;
    const ENDING: &str = r#"{"handoff":"00000000-0000-7000-8000-000000000001","outcome":"closed"}"#;
    let one = |path, scope, needs, body| {
        Row::Api(Endpoint {
            path,
            scope,
            needs,
            body,
        })
    };
    let (read, reply) = (Some(Scope::Read), Some(Scope::Reply));
    let handoffs = Some(Scope::Handoffs);
    let rest = path.strip_prefix("/api/v1/")?;
    Some(match (*method, rest) {
        ("GET", "openapi.json") => Row::Open("/api/v1/openapi.json"),
        ("GET", "me") => one("/api/v1/me", None, UseApi, ""),
        ("GET", "conversations") => one("/api/v1/conversations", read, SeeConversations, ""),
        ("GET", "conversations/{id}") => {
            let path = "/api/v1/conversations/{talk}";
            one(path, read, SeeConversations, "")
        }
        ("GET", "conversations/{id}/entries") => {
            let path = "/api/v1/conversations/{talk}/entries";
            one(path, read, SeeConversations, "")
        }
        ("GET", "conversations/{id}/contact") => {
            let path = "/api/v1/conversations/{talk}/contact";
            one(path, Some(Scope::Contacts), SeeConversations, "")
        }
        ("POST", "conversations/{id}/messages") => {
            let path = "/api/v1/conversations/{talk}/messages";
            one(path, reply, TakeChats, WORDS)
        }
        ("POST", "conversations/{id}/notes") => {
            let path = "/api/v1/conversations/{talk}/notes";
            one(path, reply, WriteNotes, WORDS)
        }
        ("POST", "conversations/{id}/claim") => {
            let path = "/api/v1/conversations/{talk}/claim";
            one(path, handoffs, TakeChats, HANDOFF)
        }
        ("POST", "conversations/{id}/release") => {
            let path = "/api/v1/conversations/{talk}/release";
            one(path, handoffs, TakeChats, HANDOFF)
        }
        ("POST", "conversations/{id}/resolve") => {
            let path = "/api/v1/conversations/{talk}/resolve";
            one(path, handoffs, TakeChats, ENDING)
        }
        _ => return None,
    })
}

/// Every address has a row.
pub(super) fn are_all_here() {
    let without: Vec<_> = addresses()
        .into_iter()
        .filter(|address| row(address).is_none())
        .collect();
    assert!(without.is_empty(), "addresses without a row: {without:?}");
}

/// What is fetched and sent besides what the places hold.
pub(super) struct Things {
    /// A picture that was sent in each place, by its visitor.
    pictures: Vec<(Place, AttachmentId)>,
    /// Files of replies: everybody's, the owner's own, another workspace's.
    shared: AttachmentId,
    private: AttachmentId,
    foreign: AttachmentId,
    /// The owner's face, and the other workspace's.
    olga: (AgentId, AttachmentId),
    fia: (AgentId, AttachmentId),
    tokens: Tokens,
}

impl Things {
    pub(super) async fn made(world: &mut World) -> Self {
        let mut pictures = Vec::new();
        for spot in [&mut world.own, &mut world.unassigned, &mut world.foreign] {
            let sent = spot.visitor.uploads("tent.png", png()).await.unwrap();
            spot.visitor.sends("", &[sent.id]).await.unwrap();
            pictures.push((spot.place, sent.id));
        }
        let olga = world.desk.owner.clone();
        let fia = world.fia.cookie.clone();
        Self {
            pictures,
            shared: reply_file(world, &olga, "workspace", "prices").await,
            private: reply_file(world, &olga, "own", "dotterel").await,
            foreign: reply_file(world, &fia, "workspace", "quillback").await,
            olga: face(world, &olga).await,
            fia: face(world, &fia).await,
            tokens: Tokens::made(world).await,
        }
    }
}

/// A file that a saved reply has.
async fn reply_file(world: &World, cookie: &str, share: &str, words: &str) -> AttachmentId {
    let headers = own_site(world, cookie);
    let url = format!("{}/reply-files", world.desk.url);
    let sent = post_bytes(&url, &headers, words.into()).await;
    let Ok(Upload::Kept(file)) = serde_json::from_str(&sent.text) else {
        panic!("{}", sent.text);
    };
    let body = json!({ "form": {
        "id": null, "version": 0, "share": share, "shortcut": format!("{words}-file"),
        "title": words, "text": words, "files": [file.id],
    } });
    let saved = world.desk.asks_pages_as(cookie, "save_reply", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    file.id
}

async fn face(world: &World, cookie: &str) -> (AgentId, AttachmentId) {
    let headers = own_site(world, cookie);
    let url = format!("{}/profile/picture", world.desk.url);
    let sent = post_bytes(&url, &headers, png()).await;
    assert_eq!(200, sent.status, "{}", sent.text);
    let profile = world
        .desk
        .asks_pages_as(cookie, "load_profile", &json!({}))
        .await;
    let profile: ProfileView = serde_json::from_str(&profile.text).unwrap();
    (profile.me, profile.picture.unwrap())
}

fn own_site<'a>(world: &'a World, cookie: &'a str) -> [(&'a str, &'a str); 2] {
    [("origin", &world.desk.url), ("cookie", cookie)]
}

/// Who asks.
#[derive(Clone, Copy)]
struct Who<'a> {
    ear: Ear,
    cookie: &'a str,
}

impl Who<'_> {
    /// What somebody comes to who is asked for a sign-in.
    fn or_door(self, came: Came) -> Came {
        match self.ear {
            Ear::Stranger | Ear::Gone(_) => Came::Door,
            _ => came,
        }
    }

    /// What a member comes to, at a playground that is not theirs.
    fn at_a_pane(self) -> Came {
        match self.ear {
            Ear::Member(role) if !role.has(Permission::SaveSettings) => Came::NotAllowed,
            _ => Came::NotFound,
        }
    }

    /// What a member comes to, who sees one of the places.
    fn at(self, place: Place) -> Came {
        self.or_door(match place {
            Place::Own => Came::In,
            Place::Unassigned | Place::Foreign => Came::NotFound,
        })
    }
}

/// Every address, asked by all of them. `active` says whether the members are.
pub(super) async fn matrix(world: &World, things: &Things, report: &mut Report, active: bool) {
    let mut who = vec![Who {
        ear: Ear::Stranger,
        cookie: "",
    }];
    who.extend(world.members.iter().map(|member| Who {
        ear: match active {
            true => Ear::Member(member.role),
            false => Ear::Gone(member.role),
        },
        cookie: &member.agent.cookie,
    }));
    for address in addresses() {
        let row = row(&address).expect("every address has a row");
        let name = format!("{} {}", address.0, address.1);
        let mut asking = Asking {
            world,
            things,
            report,
            name,
        };
        for who in &who {
            asking.asked(row, *who).await;
        }
        if active {
            asking.by_visitors(&address, row).await;
            asking.by_the_unplugged(row).await;
        }
    }
}

/// One address that is asked.
struct Asking<'a> {
    world: &'a World,
    things: &'a Things,
    report: &'a mut Report,
    name: String,
}

impl Asking<'_> {
    /// Programs of whom the API is taken away.
    async fn by_the_unplugged(&mut self, row: Row) {
        let Row::Api(endpoint) = row else { return };
        let of = (self.world, &self.things.tokens);
        api::unplugged(of, self.report, &self.name, endpoint).await;
    }

    async fn asked(&mut self, row: Row, who: Who<'_>) {
        let url = self.world.desk.url.clone();
        match row {
            Row::Open(path) => {
                let path = path.replace("{own}", &self.world.own.chatbot.to_string());
                let answer = get(&format!("{url}{path}"), &[("cookie", who.cookie)]).await;
                self.open(who, &path, &answer);
            }
            Row::Demo => {
                let answer = get(&format!("{url}/demo/"), &[("cookie", who.cookie)]).await;
                self.open(who, "/demo/", &answer);
            }
            Row::Functions => {
                let headers = own_site(self.world, who.cookie);
                let answer = post_json(&format!("{url}/pages/nothing"), &headers, &json!({})).await;
                self.open(who, "/pages/nothing", &answer);
            }
            Row::Page(path, needs) => self.page(path, needs, who).await,
            Row::AgentSocket => self.agent_socket(who).await,
            Row::VisitorSocket => self.visitor_socket(who).await,
            Row::File(of) => self.files(of, who).await,
            Row::Upload => self.uploads(who).await,
            Row::ReplyFile => {
                let Things {
                    shared,
                    private,
                    foreign,
                    ..
                } = *self.things;
                for (file, came) in [
                    (shared, Came::In),
                    (private, Came::NotFound),
                    (foreign, Came::NotFound),
                ] {
                    let path = format!("{url}/reply-files/{file}");
                    self.gets(&path, who, who.or_door(came)).await;
                }
            }
            Row::ReplyUpload => {
                self.posts("/reply-files", b"Hi".to_vec(), who, Came::In)
                    .await
            }
            Row::AttachReplyFile => {
                for place in [Place::Own, Place::Unassigned, Place::Foreign] {
                    let talk = self.world.spot(place).conversation;
                    let path = format!("/attachments/{talk}/reply-files/{}", self.things.shared);
                    self.posts(&path, Vec::new(), who, who.at(place)).await;
                }
                let talk = self.world.own.conversation;
                for file in [self.things.private, self.things.foreign] {
                    let path = format!("/attachments/{talk}/reply-files/{file}");
                    self.posts(&path, Vec::new(), who, Came::NotFound).await;
                }
            }
            Row::Picture => {
                let Things { olga, fia, .. } = *self.things;
                for ((agent, picture), came) in [(olga, Came::In), (fia, Came::NotFound)] {
                    let path = format!("{url}/agents/{agent}/{picture}");
                    self.gets(&path, who, who.or_door(came)).await;
                }
            }
            Row::PictureUpload => self.posts("/profile/picture", png(), who, Came::In).await,
            Row::Import => self.imports(who).await,
            Row::ChatbotPicture => {
                for place in [Place::Own, Place::Unassigned, Place::Foreign] {
                    let path = format!("/pictures/{}", self.world.spot(place).chatbot);
                    let expected = match (who.ear, place) {
                        (Ear::Member(role), _) if !role.has(Permission::SaveSettings) => {
                            Came::NotAllowed
                        }
                        (_, Place::Foreign) => Came::NotFound,
                        _ => Came::In,
                    };
                    self.posts(&path, png(), who, expected).await;
                }
            }
            Row::Pane => {
                let path = format!("{url}{PANE}");
                self.gets(&path, who, who.or_door(who.at_a_pane())).await;
            }
            Row::SentToPane => self.posts(PANE, Vec::new(), who, who.at_a_pane()).await,
            // A cookie says nothing there.
            Row::OfVisitor(_) => {}
            Row::Api(endpoint) => {
                let of = (self.world, &self.things.tokens);
                let who = (who.ear, who.cookie);
                api::asked(of, self.report, &self.name, endpoint, who).await;
            }
        }
    }

    /// Everybody has it, and it holds nothing.
    fn open(&mut self, who: Who<'_>, path: &str, answer: &Answer) {
        self.report.ears.listen(who.ear, &self.name, &answer.text);
        let came = match came(answer) {
            Came::NotFound => Came::In,
            other => other,
        };
        let case = format!("{:?} {path}", who.ear);
        self.report.cell(&self.name, &case, Came::In, came);
    }

    async fn gets(&mut self, url: &str, who: Who<'_>, expected: Came) {
        let answer = get(url, &[("cookie", who.cookie)]).await;
        self.report.ears.listen(who.ear, &self.name, &answer.text);
        let case = format!("{:?} {url}", who.ear);
        self.report.cell(&self.name, &case, expected, came(&answer));
    }

    /// Sends something from our own pages, and from others.
    async fn posts(&mut self, path: &str, bytes: Vec<u8>, who: Who<'_>, expected: Came) {
        let url = format!("{}{path}", self.world.desk.url);
        let file = ("x-file-name", "a.txt");
        let [origin, cookie] = own_site(self.world, who.cookie);
        let answer = post_bytes(&url, &[origin, cookie, file], bytes.clone()).await;
        self.report.ears.listen(who.ear, &self.name, &answer.text);
        let case = format!("{:?} {path}", who.ear);
        let expected = who.or_door(expected);
        self.report.cell(&self.name, &case, expected, came(&answer));
        for origin in [Some("https://evil.example"), Some("null"), None] {
            let mut headers = vec![cookie, file];
            headers.extend(origin.map(|origin| ("origin", origin)));
            let answer = post_bytes(&url, &headers, bytes.clone()).await;
            let case = format!("{:?} {path} from {origin:?}", who.ear);
            let expected = who.or_door(Came::NotAllowed);
            self.report.cell(&self.name, &case, expected, came(&answer));
        }
    }

    /// Sends a file of settings that nobody can read, from our own page and from others.
    async fn imports(&mut self, who: Who<'_>) {
        let url = format!("{}/data/import", self.world.desk.url);
        let form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n{}\r\n--x--\r\n";
        let own = self.world.desk.url.clone();
        for origin in [
            Some(&*own),
            Some("https://evil.example"),
            Some("null"),
            None,
        ] {
            let kind = ("content-type", "multipart/form-data; boundary=x");
            let mut headers = vec![("cookie", who.cookie), kind];
            headers.extend(origin.map(|origin| ("origin", origin)));
            let answer = post_bytes(&url, &headers, form.into()).await;
            self.report.ears.listen(who.ear, &self.name, &answer.text);
            let expected = match who.ear {
                _ if origin != Some(&*own) => Came::NotAllowed,
                Ear::Member(role) if role.has(Permission::SaveSettings) => Came::In,
                Ear::Member(_) => Came::NotAllowed,
                _ => Came::Door,
            };
            let case = format!("{:?} from {origin:?}", who.ear);
            self.report.cell(&self.name, &case, expected, came(&answer));
        }
    }

    async fn page(&mut self, path: &str, needs: Needs, who: Who<'_>) {
        for place in [Place::Own, Place::Unassigned, Place::Foreign] {
            let spot = self.world.spot(place);
            let path = path
                .replace("{talk}", &spot.conversation.to_string())
                .replace("{chatbot}", &spot.chatbot.to_string());
            let url = format!("{}{path}", self.world.desk.url);
            let answer = get(&url, &[("cookie", who.cookie)]).await;
            // The address that was asked for stands in the page again.
            let told = answer.text.replace(&spot.conversation.to_string(), "");
            let told = told.replace(&spot.chatbot.to_string(), "");
            self.report.ears.listen(who.ear, &self.name, &told);
            let expected = match (who.ear, needs) {
                (_, Needs::Nothing) => Came::In,
                (Ear::Member(role), needs) if needs.are_met_by(role) => Came::In,
                (Ear::Member(_), _) => Came::NotAllowed,
                _ => Came::Door,
            };
            let case = format!("{:?} {path}", who.ear);
            let came = match (painted(&answer), needs) {
                // Where there is nothing to do, it leads to the door; nobody needs a sign-in for that.
                (Came::Door, Needs::Nothing) => Came::In,
                (came, _) => came,
            };
            self.report.cell(&self.name, &case, expected, came);
        }
    }

    async fn agent_socket(&mut self, who: Who<'_>) {
        let url = format!("{}/ws/agent", self.world.desk.url);
        for (origin, came) in [
            (Some(&*self.world.desk.url), Came::In),
            (Some("https://evil.example"), Came::NotAllowed),
            (Some("null"), Came::NotAllowed),
            (None, Came::NotAllowed),
        ] {
            let mut headers = vec![("cookie", who.cookie.to_owned())];
            headers.extend(origin.map(|origin| ("origin", origin.to_owned())));
            let expected = match came {
                Came::In => who.or_door(came),
                _ => came,
            };
            let opened =
                Client::<AgentCommand, AgentEvent>::connect(&url, Encoding::Json, &headers);
            let came = match opened.await {
                Ok(mut client) => self.is_welcome(who, &mut client).await,
                Err(status) => of_status(status),
            };
            let case = format!("{:?} from {origin:?}", who.ear);
            self.report.cell(&self.name, &case, expected, came);
        }
    }

    /// The door may open to a sign-in that was known a moment ago; behind it, it is asked for.
    async fn is_welcome(
        &mut self,
        who: Who<'_>,
        client: &mut Client<AgentCommand, AgentEvent>,
    ) -> Came {
        let threads = [Place::Own, Place::Unassigned, Place::Foreign];
        let threads = threads.map(|place| protocol::agent::ThreadPosition {
            conversation: self.world.spot(place).conversation,
            after: protocol::Seq(0),
        });
        let start = AgentCommand::Start {
            tab: protocol::card::Tab::Pending,
            threads: threads.to_vec(),
        };
        client.send(&start).await;
        client.send(&AgentCommand::Ping).await;
        for _ in 0..2_000 {
            let heard = client.heard();
            if heard.iter().any(|event| matches!(event, AgentEvent::Pong)) {
                let told = heard
                    .iter()
                    .filter(|event| !matches!(event, AgentEvent::CardGone { .. }));
                let told: Vec<_> = told.collect();
                let told = serde_json::to_string(&told).unwrap();
                self.report.ears.listen(who.ear, &self.name, &told);
                return Came::In;
            }
            if client.is_over() {
                return Came::Door;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        Came::Broken(0)
    }

    async fn visitor_socket(&mut self, who: Who<'_>) {
        let url = format!("{}/ws/visitor", self.world.desk.url);
        for (origin, expected) in [
            (Some(&*self.world.desk.url), Came::In),
            (None, Came::In),
            (Some("https://evil.example"), Came::NotAllowed),
            (Some("null"), Came::NotAllowed),
        ] {
            let mut headers = vec![("cookie", who.cookie.to_owned())];
            headers.extend(origin.map(|origin| ("origin", origin.to_owned())));
            let opened =
                Client::<VisitorCommand, VisitorEvent>::connect(&url, Encoding::Json, &headers)
                    .await;
            let came = opened.map_or_else(of_status, |_| Came::In);
            let case = format!("{:?} from {origin:?}", who.ear);
            self.report.cell(&self.name, &case, expected, came);
        }
    }

    async fn files(&mut self, of: &str, who: Who<'_>) {
        for (place, file) in self.files_of(of) {
            let url = format!("{}/attachments/{file}{of}", self.world.desk.url);
            self.gets(&url, who, who.at(place)).await;
        }
    }

    /// The files of all places; of a thumbnail, the pictures.
    fn files_of(&self, of: &str) -> Vec<(Place, AttachmentId)> {
        let mut files = self.things.pictures.clone();
        if of.is_empty() {
            for place in [Place::Own, Place::Unassigned, Place::Foreign] {
                let spot = self.world.spot(place);
                files.extend([(place, spot.file), (place, spot.note_file)]);
            }
        }
        files
    }

    async fn uploads(&mut self, who: Who<'_>) {
        for place in [Place::Own, Place::Unassigned, Place::Foreign] {
            let path = format!("/attachments/{}", self.world.spot(place).conversation);
            self.posts(&path, b"Hi".to_vec(), who, who.at(place)).await;
        }
    }

    /// The same by visitors, who have a token.
    async fn by_visitors(&mut self, address: &Address, row: Row) {
        let world = self.world;
        let visitors = [
            (Ear::Visitor(Place::Own), &world.own.visitor),
            (Ear::Visitor(Place::Unassigned), &world.unassigned.visitor),
            (Ear::Visitor(Place::Foreign), &world.foreign.visitor),
            (Ear::OtherVisitor, &world.other),
        ];
        for (ear, visitor) in visitors {
            match row {
                Row::File(of) => self.visitors_files(of, ear, visitor).await,
                Row::Upload => {
                    for place in [Place::Own, Place::Unassigned, Place::Foreign] {
                        let talk = world.spot(place).conversation;
                        let answer = visitor.uploads_to(talk, "a.txt", b"Hi".to_vec()).await;
                        let expected = match ear == Ear::Visitor(place) {
                            true => Came::In,
                            false => Came::NotFound,
                        };
                        let case = format!("{ear:?} to {place:?}");
                        self.report.ears.listen(ear, &self.name, &answer.text);
                        self.report.cell(&self.name, &case, expected, came(&answer));
                    }
                }
                // Nothing would be left of them to ask with; stories show what it does.
                Row::OfVisitor("erase") => {}
                Row::OfVisitor(what) => self.of_visitor(address.0, what, ear, visitor).await,
                _ => {}
            }
        }
        if let Row::OfVisitor(what) = row {
            let expected = match what {
                // Nobody is known yet.
                "before" => Came::In,
                _ => Came::Door,
            };
            for token in ["", "Bearer nothing"] {
                let headers: Vec<_> = (!token.is_empty())
                    .then_some(("authorization", token))
                    .into_iter()
                    .collect();
                let answer = self.says(address.0, what, &headers).await;
                // Who has no token is nobody there; who has a wrong one is not let in.
                let expected = match token.is_empty() || address.0 == "GET" {
                    true => expected,
                    false => Came::Door,
                };
                self.report
                    .ears
                    .listen(Ear::Stranger, &self.name, &answer.text);
                let case = format!("a stranger with {token:?}");
                self.report.cell(&self.name, &case, expected, came(&answer));
            }
        }
    }

    async fn visitors_files(&mut self, of: &str, ear: Ear, visitor: &VisitorActor) {
        let bearer = visitor.bearer();
        for (place, file) in self.files_of(of) {
            let url = format!("{}/attachments/{file}{of}", self.world.desk.url);
            let answer = get(&url, &[("authorization", &bearer)]).await;
            self.report.ears.listen(ear, &self.name, &answer.text);
            let note = self.world.spot(place).note_file == file;
            let expected = match ear == Ear::Visitor(place) && !note {
                true => Came::In,
                false => Came::NotFound,
            };
            let case = format!("{ear:?} of {place:?}, of a note: {note}");
            self.report.cell(&self.name, &case, expected, came(&answer));
        }
    }

    /// What is asked with a token is about its own conversation, whatever it names.
    async fn of_visitor(&mut self, method: &str, what: &str, ear: Ear, visitor: &VisitorActor) {
        let bearer = visitor.bearer();
        let answer = self.says(method, what, &[("authorization", &bearer)]).await;
        self.report.ears.listen(ear, &self.name, &answer.text);
        let came = match came(&answer) {
            // A handoff or an answer of another conversation is none of theirs.
            Came::NotFound => Came::In,
            other => other,
        };
        self.report
            .cell(&self.name, &format!("{ear:?}"), Came::In, came);
    }

    async fn says(&self, method: &str, what: &str, headers: &[(&str, &str)]) -> Answer {
        let url = format!("{}/visitors/{what}", self.world.desk.url);
        let url = match what {
            "before" => format!("{url}?chatbot={}", self.world.own.chatbot),
            _ => url,
        };
        let body = match what {
            "rating" => json!({ "handoff": self.world.unassigned.handoff, "stars": 1 }),
            "thumb" => json!({ "seq": 9, "thumb": "down" }),
            "before" => json!({
                "name": "", "email": "", "phone": "", "message": "", "custom": [], "consent": false,
            }),
            _ => json!({}),
        };
        match method {
            "GET" => get(&url, headers).await,
            _ => post_json(&url, headers, &body).await,
        }
    }
}

pub(super) fn came(answer: &Answer) -> Came {
    of_status(answer.status)
}

fn of_status(status: u16) -> Came {
    match status {
        401 => Came::Door,
        403 => Came::NotAllowed,
        404 => Came::NotFound,
        400 | 405 | 409 | 413 | 415 | 422 | 426 | 429 => Came::In,
        200..400 => Came::In,
        other => Came::Broken(other),
    }
}

/// What a page shows.
fn painted(answer: &Answer) -> Came {
    let to = answer.headers.get("location");
    let to = to.and_then(|to| to.to_str().ok());
    match to {
        // With what was asked for, once one is in.
        Some(to) if to.split('?').next() == Some("/sign-in") => Came::Door,
        _ if shown(&answer.text).contains("Your role does not allow this") => Came::NotAllowed,
        _ => match came(answer) {
            Came::NotFound => Came::In,
            other => other,
        },
    }
}

/// A page without its scripts, which hold every text there is.
fn shown(page: &str) -> String {
    let parts = page.split("<script");
    let rest = |part: &str| {
        part.split_once("</script>")
            .map(|(_, rest)| rest.to_owned())
    };
    let mut parts = parts.map(str::to_owned);
    let first = parts.next().unwrap_or_default();
    first + &parts.filter_map(|part| rest(&part)).collect::<String>()
}
