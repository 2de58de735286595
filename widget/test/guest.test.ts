/** Proves that nothing goes wrong on the host page, whatever the page, the server or the network do. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { card, json, leavePage, load, openPage, PROMPT, server, settle, status } from "./page.ts";

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

test("data-debug says what was refused", async () => {
  document.querySelector("script")!.setAttribute("data-debug", "on");
  const conclude = await load();
  server.events = status(401);
  conclude.event("a");
  await settle();
  expect(console.error).toHaveBeenCalledWith("[conclude]", "events", 401);
});

test("data-api says where the API is", async () => {
  document.querySelector("script")!.setAttribute("data-api", "https://eu.moments.test/");
  await load();
  expect(server.calls[0]!.url).toMatch(/^https:\/\/eu\.moments\.test\/api\/v1\/widget\/config\?/);
});
