// A connection on which what the hub tells arrives late, as on a bad network. It makes "at the same
// moment" certain: both sides act before either can have heard of the other.

export class SlowNews {
  #held;

  /** Stands between a page and its agent's connection. Before the page connects. */
  static async on(page) {
    const news = new SlowNews();
    await page.routeWebSocket(/\/ws\/agent$/, (socket) => {
      const hub = socket.connectToServer();
      hub.onMessage((message) => {
        const pass = () => socket.send(message);
        if (news.#held) news.#held.push(pass);
        else pass();
      });
    });
    return news;
  }

  /** From now on nothing that the hub tells arrives. */
  hold() {
    this.#held ??= [];
  }

  /** Everything held arrives, in order, and from now on all else at once. */
  release() {
    const held = this.#held ?? [];
    this.#held = undefined;
    held.forEach((pass) => pass());
  }
}
