// The types of `window.Baton`, which the script tag of the chat puts on a page.
// Copy this file into your project, or refer to it: /// <reference path="./baton.d.ts" />

/** Who the visitor is, as your site knows them. Whatever is left out stays as it is. */
export interface BatonDetails {
  /** Your own id of the visitor. Whoever proves the same id is the same contact, on every device. */
  id?: string;
  name?: string;
  email?: string;
  phone?: string;
  company?: string;
  /** Details of your own; an empty text forgets one. */
  attributes?: Record<string, string | number | boolean>;
  /**
   * HMAC-SHA256 of id, name, email, phone and company, one a line and the last without an end, under the
   * chatbot's identity secret, as 64 hexadecimal digits. Made on your server.
   */
  hash?: string;
  /** Instead of `hash`: a JWT (HS256) with the details as claims, made on your server. */
  jwt?: string;
}

/** The languages that the chat speaks; another is answered with the nearest, or English. */
export type BatonLocale =
  "ar" | "de" | "en" | "es" | "fr" | "it" | "ja" | "nl" | "pl" | "pt" | "tr" | "zh" | (string & {});

export type BatonTheme = "light" | "dark" | "auto";

/** How it stands with a person. */
export type BatonHandoff =
  | "assistant"
  | "proposed"
  | "waiting"
  | "person"
  | "missed"
  | "by_mail"
  | "closed";

/** What is told of, and with what. What was said is not among it: the conversation stays in its frame. */
export interface BatonEvents {
  /** The chat was loaded and listens. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** Somebody answered. */
  message: { from: "assistant" | "agent" };
  unread: { count: number };
  handoff: { state: BatonHandoff };
  /** The details were taken in; verified when their proof holds. */
  identified: { verified: boolean };
}

export interface BatonApi {
  open(): void;
  close(): void;
  toggle(): void;
  /** Shows the button again after `hide`. */
  show(): void;
  /** Closes the chat and hides its button. */
  hide(): void;
  identify(details: BatonDetails): void;
  setAttributes(attributes: NonNullable<BatonDetails["attributes"]>): void;
  setLocale(locale: BatonLocale): void;
  setTheme(theme: BatonTheme): void;
  /** Says something in the visitor's name, such as "I have a question about order 5". */
  send(text: string): void;
  /** Asks for a person, as the button in the chat does. */
  handoff(): void;
  /** Listens. Once the chat is loaded, it returns a function that ends the listening. */
  on<Name extends keyof BatonEvents>(name: Name, listener: (detail: BatonEvents[Name]) => void): unknown;
  off<Name extends keyof BatonEvents>(name: Name, listener: (detail: BatonEvents[Name]) => void): void;
  /** Forgets the visitor in this browser, for when they sign out of your site. */
  reset(): void;
  /** Takes the chat off the page, and `window.Baton` with it. */
  shutdown(): void;
}

declare global {
  interface Window {
    Baton?: BatonApi | { calls: [keyof BatonApi, ...unknown[]][] };
  }
  const Baton: BatonApi;
}
