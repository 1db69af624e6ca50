// A mail server that keeps what it is given, as far as RFC 5321 has to go for a client.
import { createServer } from "node:net";
import { once } from "node:events";

export class MailServer {
  /** What arrived: { to, text }, decoded. */
  mails = [];
  /** How many of the next are refused for good. */
  refuses = 0;
  #server = createServer((socket) => this.#serve(socket));

  static async start() {
    const mail = new MailServer();
    mail.#server.listen(0, "127.0.0.1");
    await once(mail.#server, "listening");
    return mail;
  }

  /** The settings of a Baton that hands its mail to this one. */
  settings(url) {
    return {
      BATON__SERVER__PUBLIC_URL: url,
      BATON__MAIL__HOST: "127.0.0.1",
      BATON__MAIL__PORT: String(this.#server.address().port),
      BATON__MAIL__TLS: "none",
      BATON__MAIL__FROM: "Fieldmouse <chat@fieldmouse.example>",
    };
  }

  /** The link to a page in the newest mail to somebody. */
  linkTo(email, page) {
    const newest = this.mails.findLast(({ to }) => to === email);
    return newest?.text.match(new RegExp(`http\\S*/${page}#[0-9a-f]{64}`))?.[0];
  }

  stop() {
    this.#server.close();
  }

  #serve(socket) {
    let waiting = "";
    let to = "";
    let inData = false;
    const say = (line) => socket.write(`${line}\r\n`);
    socket.on("error", () => {});
    say("220 test ready");
    const heard = (line) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === "EHLO") return say("250-test\r\n250 8BITMIME");
      if (word === "RCPT") {
        to = line.match(/<(.*?)>/)[1];
        if (this.refuses > 0) {
          this.refuses -= 1;
          return say("550 5.1.1 no such box here");
        }
      }
      if (word === "DATA") {
        inData = true;
        return say("354 go on");
      }
      if (word === "QUIT") return socket.end("221 bye\r\n");
      return say("250 ok");
    };
    socket.on("data", (bytes) => {
      waiting += bytes.toString("latin1");
      for (;;) {
        const mark = inData ? "\r\n.\r\n" : "\r\n";
        const end = waiting.indexOf(mark);
        if (end < 0) return;
        const piece = waiting.slice(0, end);
        waiting = waiting.slice(end + mark.length);
        if (!inData) {
          heard(piece);
          continue;
        }
        inData = false;
        this.mails.push({ to, text: decoded(piece) });
        say("250 taken");
      }
    });
  }
}

/** Quoted-printable (RFC 2045, 6.7) undone, as far as links go. */
function decoded(data) {
  return data.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}
