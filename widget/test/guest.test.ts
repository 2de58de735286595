/** Proves that nothing goes wrong on the host page, whatever the page, the server or the network do. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { card, json, leavePage, load, networkError, openPage, PROMPT, server, settle } from "./page.ts";

const unhandled = vi.fn();

beforeEach(() => {
  openPage();
  unhandled.mockReset();
  process.on("unhandledRejection", unhandled);
  for (const level of ["log", "info", "warn", "error", "debug"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => {
  process.off("unhandledRejection", unhandled);
  leavePage();
});

/** Rejections are reported after the promises have run, in a real turn of the loop. */
const quiet = async (): Promise<void> => {
  await settle(5000);
  vi.useRealTimers();
  await new Promise((done) => setImmediate(done));
  expect(unhandled).not.toHaveBeenCalled();
  for (const level of ["log", "info", "warn", "error", "debug"] as const) expect(console[level]).not.toHaveBeenCalled();
};

test("fetch that throws at once", async () => {
  vi.stubGlobal("fetch", () => { throw new Error("broken"); });
  const conclude = await load();
  conclude.event("a");
  await quiet();
});

test("no fetch at all", async () => {
  vi.stubGlobal("fetch", undefined);
  const conclude = await load();
  conclude.event("a");
  await quiet();
});

test.each([
  ["no JSON", () => new Response("<html>")],
  ["null", json(null)],
  ["a number", json(5)],
  ["a wrong shape", json({ verdicts: 5, prompt: 7, configVersion: {} })],
  ["a prompt without anything", json({ prompt: {} })],
])("answers that are %s, everywhere", async (_, answer) => {
  server.config = server.events = server.seen = server.answers = answer;
  const conclude = await load();
  conclude.event("a");
  conclude.event("report_exported");
  await settle(5000);
  expect(card()).toBeNull();
  server.events = json({ accepted: 1 });
  conclude.event("b");
  await settle(60_000);
  expect(server.batches.at(-1)).toContain("b");
  await quiet();
});

test("arguments that make no sense", async () => {
  const conclude = await load();
  const circle: any = {};
  circle.circle = circle;
  for (const name of Object.keys(conclude).filter((key) => typeof conclude[key] === "function" && key !== "optOut")) {
    for (const argument of [undefined, null, 5, Symbol("s"), circle, Object.create(null), () => undefined]) conclude[name](argument);
  }
  conclude.event("after");
  await settle(60_000);
  expect(server.batches.flat()).toEqual(["after"]);
  await quiet();
});

test("a name that is far too long reaches the server short enough for the others, and still too long to be taken", async () => {
  const conclude = await load();
  conclude.event("x".repeat(100_000));
  await settle();
  expect(server.batches[0]![0]).toHaveLength(101);
});

test("a listener that throws", async () => {
  const conclude = await load();
  const second = vi.fn();
  conclude.on("prompt", () => { throw new Error("page"); });
  conclude.on("prompt", second);
  server.events = json({ prompt: PROMPT });
  conclude.event("report_exported");
  await settle();
  expect(second).toHaveBeenCalledOnce();
  expect(card()).not.toBeNull();
  await quiet();
});

test("a stub that is not ours", async () => {
  (window as any).Conclude = { q: "rubbish" };
  const conclude = await load();
  conclude.event("a");
  await settle();
  expect(server.batches).toEqual([["a"]]);
  await quiet();
});

test("a script tag without a key", async () => {
  document.head.innerHTML = "";
  const conclude = await load();
  conclude.event("a");
  await settle(5000);
  expect(server.calls).toEqual([]);
  await quiet();
});

test("a page that emptied its body under the prompt is asked again later", async () => {
  const conclude = await load();
  server.events = json({ prompt: PROMPT });
  conclude.event("report_exported");
  await settle();
  document.body.replaceChildren();
  await settle(20_000);
  server.events = json({ prompt: { ...PROMPT, id: "prompt2" } });
  conclude.event("report_exported");
  await settle();
  expect(card()).not.toBeNull();
  await quiet();
});

const debug = (): void => document.querySelector("script")!.setAttribute("data-debug", "on");
const said = (): string[] => vi.mocked(console.error).mock.calls.map((words) => words.join(" "));

test.each([
  [401, { title: "The API key is missing, unknown or revoked.", code: "unknown_key" }],
  [403, { title: "This workspace does not allow requests from this origin.", code: "origin_not_allowed" }],
])("data-debug says once what the server said with its %d", async (code, problem) => {
  debug();
  server.config = server.events = json(problem, code);
  const conclude = await load();
  conclude.event("a");
  await settle(60_000);
  expect(said()).toEqual([`[conclude] config ${code} ${JSON.stringify(problem)}`]);
});

test("data-debug says what may keep requests from leaving", async () => {
  debug();
  server.config = networkError;
  await load();
  await settle();
  expect(said()).toEqual(["[conclude] Offline? Content-Security-Policy? TypeError: Failed to fetch"]);
});

test("data-debug says that there is no key", async () => {
  document.head.innerHTML = `<script type="text/plain" src="https://moments.test/widget/v1.js" data-debug="on"></script>`;
  await load();
  expect(said()).toEqual(["[conclude] No key or opted out"]);
  expect(server.calls).toEqual([]);
});

test.each(["filter", "sort", "forEach"] as const)("an Array.prototype.%s that throws is not heard of", async (name) => {
  await load();
  const conclude = (window as any).Conclude;
  vi.spyOn(Array.prototype, name).mockImplementation(() => { throw new Error("broken"); });
  conclude.event("a");
  window.dispatchEvent(new Event("pagehide"));
  await settle(5000);
  vi.mocked(Array.prototype[name]).mockRestore();
  delete (window as any).Conclude;
  vi.spyOn(Array.prototype, name).mockImplementation(() => { throw new Error("broken"); });
  await load();
  vi.mocked(Array.prototype[name]).mockRestore();
  await quiet();
});

test("a page without what the card is made of", async () => {
  vi.stubGlobal("CSSStyleSheet", undefined);
  const conclude = await load();
  server.events = json({ prompt: PROMPT });
  conclude.event("report_exported");
  await quiet();
});

test("data-api says where the API is", async () => {
  document.querySelector("script")!.setAttribute("data-api", "https://eu.moments.test/");
  await load();
  expect(server.calls[0]!.url).toMatch(/^https:\/\/eu\.moments\.test\/api\/v1\/widget\/config\?/);
});
