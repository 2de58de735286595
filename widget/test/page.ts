/** A page with the script on it and a server that answers as told. Time stands still unless a test moves it. */
import { vi } from "vitest";

export const KEY = "pk_live_test";
const API = "https://moments.test/api/v1/widget/";

export interface Call {
  path: string;
  url: string;
  input: unknown;
  body: any;
  init: RequestInit;
  at: number;
}

type Answer = () => Response | Promise<Response>;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => (): Response =>
  new Response(JSON.stringify(body), { status, headers });
export const status = (code: number, headers: Record<string, string> = {}) => (): Response =>
  new Response(null, { status: code, headers });
export const networkError: Answer = () => Promise.reject(new TypeError("Failed to fetch"));
export const never: Answer = () => new Promise(() => undefined);

export const WORDS = {
  lang: "en", dir: "ltr", positive: "Positive", neutral: "Neutral", frustrated: "Frustrated",
  why: "What happened?", send: "Send", skip: "Skip", close: "Close", thanks: "Thank you!",
};

export const PROMPT = {
  id: "prompt1", event: "report_exported", question: "How was exporting?", followUp: "What got in the way?", leaseSeconds: 120,
  words: WORDS, theme: { accent: "#4f46e5", onAccent: "#ffffff", mode: "auto", placement: "bottom-right" },
};

export class Server {
  readonly calls: Call[] = [];
  config: Answer = json({ version: 1, events: ["report_exported"], theme: { accent: "#4f46e5", mode: "auto", placement: "bottom-right" } });
  events: Answer = json({ accepted: 1, duplicates: 0, rejected: [], quota: "ok", prompt: null });
  seen: Answer = status(204);
  answers: Answer = status(204);

  readonly fetch = (input: URL | string, init: RequestInit = {}): Promise<Response> => {
    const url = String(input);
    const path = url.replace(API, "").split("?")[0]!;
    this.calls.push({ path, url, input, init, body: init.body ? JSON.parse(init.body as string) : undefined, at: performance.now() });
    const answer = path === "config" ? this.config : path === "events" ? this.events : path.endsWith("/seen") ? this.seen : this.answers;
    return Promise.resolve().then(answer);
  };

  to(path: string): Call[] {
    return this.calls.filter((call) => call.path === path);
  }

  /** The event names of each request, in order. */
  get batches(): string[][] {
    return this.to("events").map((call) => call.body.events.map((event: any) => event.name));
  }
}

export let server: Server;
const cleanups: (() => void)[] = [];

/** happy-dom's storage refuses to delete what is not there; browsers do not. */
const asInBrowsers = (store: Storage): Storage =>
  new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
    deleteProperty: (target, name) => {
      target.removeItem(name as string);
      return true;
    },
  });

export const openPage = (): void => {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
  vi.spyOn(Math, "random").mockReturnValue(0);
  localStorage.clear();
  vi.stubGlobal("localStorage", asInBrowsers(localStorage));
  document.body.innerHTML = "";
  document.head.innerHTML = `<script type="text/plain" src="https://moments.test/widget/v1.js" data-key="${KEY}"></script>`;
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("PROMISES", false);
  vi.spyOn(document, "currentScript", "get").mockImplementation(() => document.querySelector("script"));
  // A page that is left takes its listeners along.
  for (const target of [window, document]) {
    const add = target.addEventListener.bind(target);
    vi.spyOn(target, "addEventListener").mockImplementation((type: any, listener: any, options?: any) => {
      add(type, listener, options);
      cleanups.push(() => target.removeEventListener(type, listener));
    });
  }
};

/** Loads the script. The same page may load it again. */
export const load = async (): Promise<any> => {
  vi.resetModules();
  await import("../src/index.ts");
  await settle();
  return (window as any).Conclude;
};

export const leavePage = (): void => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  delete (window as any).Conclude;
  vi.clearAllTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
};

/** A fresh load of the same site in the same browser, `milliseconds` later: memory is gone, storage stays. */
export const reload = async (milliseconds = 0): Promise<any> => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  delete (window as any).Conclude;
  const at = Date.now() + milliseconds;
  vi.clearAllTimers(); // Winds the clock back, too.
  vi.setSystemTime(at);
  document.body.innerHTML = "";
  server.calls.length = 0;
  return load();
};

/** Lets promises run; moves time by `milliseconds`. */
export const settle = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

export const card = (): HTMLElement | null => document.querySelector("conclude-prompt");
export const inCard = <T extends HTMLElement = HTMLElement>(selector: string): T | null =>
  card()?.shadowRoot!.querySelector<T>(selector) ?? null;
export const press = (selector: string): void => inCard(selector)!.click();

/** Fires a configured event and lets the server grant a prompt, which is shown unless the test has arranged otherwise. */
export const ask = async (prompt: object = {}): Promise<any> => {
  const conclude = await load();
  server.events = json({ accepted: 1, prompt: { ...PROMPT, ...prompt } });
  conclude.event("report_exported");
  await settle();
  server.events = json({ accepted: 1, prompt: null });
  return conclude;
};

/** The steps that prompts took on the server. */
export const paths = (): string[] => server.calls.map((call) => call.path).filter((path) => path.startsWith("prompts/"));
export const SEEN = "prompts/prompt1/seen";
export const type = (text: string): void => {
  inCard<HTMLTextAreaElement>("textarea[name=comment]")!.value = text;
};

export const storedItems = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith(`conclude:${KEY}:`));
export const sentIds = (): string[] => server.to("events").flatMap((call) => call.body.events.map((event: any) => event.id));
