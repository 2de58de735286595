/** The package `@conclude/widget`. Importing it does nothing, with or without a page; `init` starts. */
import { defineCard } from "./card.ts";
import { begin, call } from "./core.ts";
import { attempt } from "./page.ts";
import { REFUSED } from "./promises.ts";

export type Placement = "bottom-right" | "bottom-left" | "top-right" | "top-left";

export interface Options {
  /** The publishable key of the workspace: `pk_live_…`, or `pk_test_…`. */
  key: string;
  /** The origin of your Conclude Moments server: `https://moments.example.com`. */
  api: string;
  /** Where the prompt stands; else as the workspace's settings say. */
  placement?: Placement;
  /** Accepted for the sake of your Content-Security-Policy; the widget needs none. */
  nonce?: string;
  /** Says in the console what goes wrong. */
  debug?: boolean;
}

/** Who uses the page. The browser forgets it with the page, so say it on each. */
export interface Person {
  externalId?: string | number;
  email?: string;
  name?: string;
  /** HMAC-SHA256 of `externalId` with the workspace's identity secret, in hex. */
  hash?: string;
  companies?: { id: string; name?: string; monthlySpend?: number; created?: string }[];
  traits?: Record<string, string | number | boolean | null>;
}

/** What became of an event. */
export interface EventResult {
  /** The server has it. */
  accepted: boolean;
  /** It asks this person now. */
  prompt: boolean;
  /** Why it does or does not ask; with a test key only. */
  verdict?: string;
  /** Until when the verdict would be the same, where the rule knows it. */
  until?: string;
  rejected?: { code: string; message: string };
}

export type Reaction = "positive" | "neutral" | "frustrated";

/** What a listener hears of a prompt. */
export interface PromptDetail {
  id: string;
  event: string;
  question: string;
  followUp?: string | null;
}

export interface Details {
  prompt: PromptDetail;
  seen: PromptDetail;
  reaction: PromptDetail & { reaction: Reaction };
  comment: PromptDetail & { text: string };
  dismiss: PromptDetail;
  verdict: { id: string; event: string; verdict: string; until: string | null };
}

/** What `preview` asks. */
export interface PreviewPrompt {
  question: string;
  followUp?: string | null;
  /** The fixed words, as they come with a prompt; English where they are left out. */
  words?: Partial<Words>;
}

export interface Words {
  /** Language tag of the words. */
  lang: string;
  dir: "ltr" | "rtl";
  positive: string;
  neutral: string;
  frustrated: string;
  /** The follow-up where the moment has none. */
  why: string;
  send: string;
  skip: string;
  close: string;
  thanks: string;
}

/** How the prompt looks. */
export interface Theme {
  /** `#rrggbb`. */
  accent?: string;
  /** The colour of text on the accent: black or white, whichever can be read. */
  onAccent?: string;
  mode?: "auto" | "light" | "dark";
  placement?: Placement;
}

export type HookName = keyof Details;

export interface Conclude {
  /** Fires an event. Settles when it was acknowledged or given up (a day old, opted out, refused); never rejects. */
  event(name: string): Promise<EventResult>;
  identify(person: Person): void;
  /** Sign-out: forgets the person and starts a new anonymous id. */
  reset(): void;
  /** Sends nothing at all from this browser, until `optIn`. */
  optOut(): void;
  optIn(): void;
  /** Returns what ends the listening. */
  on<Name extends HookName>(name: Name, listener: (detail: Details[Name]) => void): () => void;
  /** Shows the real prompt; sends and stores nothing. Returns what closes it. */
  preview(prompt: PreviewPrompt, theme?: Theme): () => void;
}

let instance: Conclude | undefined;

/** Calls made before `init`. */
let early: (() => void)[] = [];

const hasPage = (): boolean => typeof document !== "undefined";

const inert: Conclude = {
  event: () => Promise.resolve(REFUSED),
  identify() {},
  reset() {},
  optOut() {},
  optIn() {},
  on: () => () => undefined,
  preview: () => () => undefined,
};

const ENGLISH: Words = {
  lang: "en", dir: "ltr", positive: "Positive", neutral: "Neutral", frustrated: "Frustrated",
  why: "What happened?", send: "Send", skip: "Skip", close: "Close", thanks: "Thank you!",
};

const live: Conclude = {
  event: (name) => Promise.resolve((call(["event", [name]]) as Promise<EventResult> | undefined) ?? REFUSED),
  identify(person) { call(["identify", [person]]); },
  reset() { call(["reset", []]); },
  optOut() { call(["optOut", []]); },
  optIn() { call(["optIn", []]); },
  on(name, listener) {
    let listening = true;
    call(["on", [name, (detail: any) => listening && listener(detail)]]);
    return () => {
      listening = false;
    };
  },
  preview: (prompt, theme) =>
    (call(["preview", [{ ...prompt, words: { ...ENGLISH, ...prompt.words } }, theme]]) as (() => void) | undefined) ?? (() => undefined),
};

/** Starts the widget, once a page: another call returns the same. Where there is no page, on a server, it does nothing. */
export const init = ({ debug, ...options }: Options): Conclude => {
  if (!hasPage()) return inert;
  if (!instance) {
    instance = live;
    begin({ ...options, debug: debug || undefined });
    for (const run of early.splice(0)) run();
  }
  return instance;
};

/** Runs now, or as soon as `init` was called; never on a server. */
const soon = (run: (conclude: Conclude) => void): void => {
  if (instance) run(instance);
  else if (hasPage()) early.push(() => run(live));
};

/** As {@link Conclude.event} of the one instance; waits for `init`. */
export const event = (name: string): Promise<EventResult> =>
  hasPage() ? new Promise((done) => soon((conclude) => void conclude.event(name).then(done))) : inert.event(name);

export const identify = (person: Person): void => soon((conclude) => conclude.identify(person));
export const reset = (): void => soon((conclude) => conclude.reset());
export const optOut = (): void => soon((conclude) => conclude.optOut());
export const optIn = (): void => soon((conclude) => conclude.optIn());

export const on = <Name extends HookName>(name: Name, listener: (detail: Details[Name]) => void): (() => void) => {
  let end: (() => void) | undefined;
  let ended = false;
  soon((conclude) => {
    if (!ended) end = conclude.on(name, listener);
  });
  return () => {
    ended = true;
    end?.();
  };
};

/** Needs no `init`. */
export const preview = (prompt: PreviewPrompt, theme?: Theme): (() => void) => {
  if (!hasPage()) return inert.preview(prompt, theme);
  attempt(defineCard);
  return live.preview(prompt, theme);
};
