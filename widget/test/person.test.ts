/** Proves that the widget knows a person only as long as the page says so, and sends nothing when told not to. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { card, json, leavePage, load, networkError, openPage, press, PROMPT, reload, server, settle, storedItems } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

const users = (): any[] => server.to("events").map((call) => call.body.user);

test("The anonymous id stays over page views; the person does not", async () => {
  let conclude = await load();
  conclude.identify({ externalId: "user_1" });
  conclude.event("a");
  await settle();
  const [before] = users();
  conclude = await reload();
  conclude.event("a");
  await settle();
  expect(users()).toEqual([{ anonymousId: before.anonymousId }]);
});

test("Tabs that opened at once and each made an id agree on the stored one", async () => {
  const conclude = await load();
  expect(localStorage.getItem("conclude:id")).not.toBeNull(); // Before any event.
  localStorage.setItem("conclude:id", "of-the-other-tab");
  conclude.event("a");
  await settle();
  expect(users()).toEqual([{ anonymousId: "of-the-other-tab" }]);
});

test("Reset mints a new anonymous id and forgets the person", async () => {
  const conclude = await load();
  conclude.identify({ externalId: "user_1", email: "ada@acme.com" });
  conclude.event("a");
  await settle(2000);
  conclude.reset();
  conclude.event("b");
  await settle();
  expect(users()[1]).toEqual({ anonymousId: expect.any(String) });
  expect(users()[1].anonymousId).not.toBe(users()[0].anonymousId);
  expect(localStorage.getItem("conclude:id")).toBe(users()[1].anonymousId);
});

test("What waits at reset goes at once, as the person it belongs to, and leaves no trace", async () => {
  const conclude = await load();
  conclude.identify({ externalId: "user_1" });
  server.events = networkError;
  conclude.event("a");
  conclude.event("b");
  await settle();
  conclude.reset();
  expect(storedItems()).toEqual([]);
  server.events = json({ accepted: 1 });
  await settle(60_000);
  expect(server.batches.at(-1)).toEqual(["a", "b"]);
  expect(users().every((user) => user.externalId === "user_1")).toBe(true);
});

test("After reset nothing of the person is in the browser, not even of what could not be delivered", async () => {
  const conclude = await load();
  conclude.identify({ externalId: "user_1", hash: "abcdef", email: "ada@acme.com" });
  server.events = json({ accepted: 1, prompt: PROMPT });
  conclude.event("report_exported");
  await settle();
  const browser = localStorage.getItem("conclude:id")!;
  server.events = server.answers = networkError;
  press("[data-reaction=neutral]");
  conclude.event("a");
  await settle(2000);
  expect(JSON.stringify({ ...localStorage })).toMatch(/user_1.*abcdef/);
  conclude.reset();
  await settle(60_000);
  expect(Object.keys(localStorage)).toEqual(["conclude:id"]);
  expect(localStorage.getItem("conclude:id")).not.toBe(browser);
});

test("A browser with Global Privacy Control stays anonymous", async () => {
  Object.defineProperty(navigator, "globalPrivacyControl", { configurable: true, value: true });
  const conclude = await load();
  conclude.identify({ externalId: "user_1", email: "ada@acme.com" });
  conclude.event("a");
  await settle();
  delete (navigator as any).globalPrivacyControl;
  expect(users()).toEqual([{ anonymousId: expect.any(String) }]);
});

test("The language told is the page's, and the browser's only where the page says none", async () => {
  const conclude = await load();
  const root = document.documentElement;
  root.lang = "de-AT";
  conclude.event("a");
  await settle(1000);
  root.lang = "";
  conclude.event("b");
  await settle();
  expect(server.to("events").map((call) => call.body.context.locale)).toEqual(["de-AT", navigator.language]);
});

test("A prompt for the person before reset is not shown to the next", async () => {
  const conclude = await load();
  server.events = json({ accepted: 1, prompt: PROMPT });
  conclude.event("report_exported");
  conclude.reset();
  await settle(5000);
  expect(card()).toBeNull();
  expect(server.to("prompts/prompt1/seen")).toEqual([]);
});

test("Reset takes an open prompt away without dismissing it", async () => {
  const conclude = await load();
  server.events = json({ accepted: 1, prompt: PROMPT });
  conclude.event("report_exported");
  await settle();
  expect(card()).not.toBeNull();
  conclude.reset();
  await settle(60_000);
  expect(card()).toBeNull();
  expect(server.to("prompts/prompt1/dismiss")).toEqual([]);
});

test("Opting out drops the queue, closes the prompt and sends nothing, over page views, until opting in", async () => {
  let conclude = await load();
  server.events = json({ accepted: 1, prompt: PROMPT });
  conclude.event("report_exported");
  await settle();
  server.events = networkError;
  conclude.event("a");
  await settle();
  conclude.optOut();
  expect(card()).toBeNull();
  expect(storedItems()).toEqual([]);
  server.calls.length = 0;
  conclude.event("b");
  await settle(60_000);
  expect(server.calls).toEqual([]);

  conclude = await reload();
  conclude.event("c");
  await settle(60_000);
  expect(server.calls).toEqual([]);

  server.events = json({ accepted: 1 });
  conclude.optIn();
  conclude.event("d");
  await settle();
  expect(server.to("config")).toHaveLength(1);
  expect(server.batches).toEqual([["d"]]);
});

test("Opting out in another tab counts here", async () => {
  const conclude = await load();
  localStorage.setItem("conclude:off", "1");
  conclude.event("a");
  await settle(60_000);
  expect(server.to("events")).toEqual([]);
});

test("Where storage is refused all works from memory, opting out too", async () => {
  vi.stubGlobal("localStorage", undefined);
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => { throw new DOMException("no", "SecurityError"); } });
  const conclude = await load();
  conclude.event("a");
  await settle(2000);
  conclude.event("b");
  await settle();
  expect(server.batches).toEqual([["a"], ["b"]]);
  expect(users()[0]).toEqual(users()[1]);
  conclude.optOut();
  conclude.event("c");
  await settle(60_000);
  expect(server.to("events")).toHaveLength(2);
});

test.each([[undefined], [null], [5], [{}], [{ externalId: "" }], [{ externalId: null }]])("identify(%j) leaves the browser anonymous", async (facts) => {
  const conclude = await load();
  conclude.identify(facts);
  conclude.event("a");
  await settle();
  expect(users()[0].externalId).toBeUndefined();
  expect(users()[0].anonymousId).toEqual(expect.any(String));
});

test("The page may change its object after identify", async () => {
  const conclude = await load();
  const facts = { externalId: "user_1", traits: { plan: "pro" } };
  conclude.identify(facts);
  facts.traits.plan = "free";
  conclude.event("a");
  await settle();
  expect(users()[0].traits).toEqual({ plan: "pro" });
});
