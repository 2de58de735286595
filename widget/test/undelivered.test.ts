/** Proves that what could not be sent is sent later, counted once, within bounds. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { json, KEY, leavePage, load, networkError, openPage, reload, sentIds, server, settle, status, storedItems } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

test.each([["a network failure", networkError], ["503", status(503)], ["502", status(502)], ["429", status(429)]])(
  "After %s the same ids are sent again, ever more slowly", async (_, failure) => {
    const conclude = await load();
    server.events = failure;
    conclude.event("a");
    await settle(10_000);
    // Without jitter: 1 s, then 2 and 4.
    expect(server.to("events").map((call) => call.at - server.to("events")[0]!.at)).toEqual([0, 1000, 3000, 7000]);
    expect(new Set(sentIds()).size).toBe(1);
    server.events = json({ accepted: 1 });
    await settle(30_000);
    expect(server.to("events")).toHaveLength(5);
    expect(storedItems()).toEqual([]);
  });

test("The wait between tries has jitter and ends at 30 s", async () => {
  const { backoff } = await import("../src/http.ts");
  vi.mocked(Math.random).mockReturnValue(1);
  expect([backoff(0), backoff(1), backoff(20)]).toEqual([500, 1000, 15_000]);
  vi.mocked(Math.random).mockReturnValue(0);
  expect([backoff(0), backoff(1), backoff(20)]).toEqual([1000, 2000, 30_000]);
});

test("Retry-After is honoured, by leaving the page too", async () => {
  const conclude = await load();
  server.events = status(429, { "Retry-After": "40" });
  conclude.event("a");
  await settle(20_000);
  conclude.event("report_exported");
  window.dispatchEvent(new Event("pagehide"));
  await settle(19_999);
  expect(server.to("events")).toHaveLength(1);
  await settle(1);
  expect(server.batches).toEqual([["a"], ["a", "report_exported"]]);
});

test("Retry-After may be a date; one that has passed is no reason to hurry", async () => {
  const conclude = await load();
  server.events = status(503, { "Retry-After": new Date(Date.now() + 40_000).toUTCString() });
  conclude.event("a");
  await settle(39_000);
  expect(server.to("events")).toHaveLength(1);
  server.events = status(503, { "Retry-After": "Sat, 21 Nov 2026 10:00:00 GMT" });
  await settle(2000);
  expect(server.to("events")).toHaveLength(2);
  await settle(1000);
  expect(server.to("events")).toHaveLength(3);
});

test("A huge Retry-After does not become a busy loop", async () => {
  const conclude = await load();
  server.events = status(503, { "Retry-After": "9999999" });
  conclude.event("a");
  await settle();
  expect(vi.getTimerCount()).toBe(1);
  await settle(60_000);
  expect(server.to("events")).toHaveLength(1);
});

test("A rejected request is dropped and the next is sent", async () => {
  const conclude = await load();
  server.events = status(400);
  conclude.event("a");
  await settle(60_000);
  expect(server.to("events")).toHaveLength(1);
  expect(storedItems()).toEqual([]);
  conclude.event("b");
  await settle();
  expect(server.to("events")).toHaveLength(2);
});

test.each([401, 403])("After %d nothing is sent until the page is loaded again", async (code) => {
  let conclude = await load();
  server.events = status(code);
  conclude.event("a");
  await settle();
  conclude.event("report_exported");
  await settle(60_000);
  expect(server.to("events")).toHaveLength(1);
  server.events = json({ accepted: 1 });
  conclude = await reload();
  conclude.event("c");
  await settle();
  expect(server.batches).toEqual([["c"]]);
});

test("A configuration that is refused silences the page", async () => {
  server.config = status(403);
  const conclude = await load();
  conclude.event("a");
  await settle(60_000);
  expect(server.to("events")).toEqual([]);
});

test("What could not be sent survives a reload, with the same ids", async () => {
  let conclude = await load();
  server.events = networkError;
  conclude.event("a");
  conclude.event("b");
  await settle();
  const [id] = sentIds();
  server.events = json({ accepted: 2 });
  conclude = await reload();
  expect(server.batches).toEqual([["a", "b"]]);
  expect(sentIds()[0]).toBe(id);
  expect(storedItems()).toEqual([]);
});

test("What lies in storage says who by ids alone", async () => {
  const conclude = await load();
  server.events = networkError;
  conclude.identify({ externalId: 7, email: "ada@acme.com", hash: "h", name: "Ada", traits: { plan: "pro" } });
  conclude.event("a");
  await settle();
  expect(JSON.stringify({ ...localStorage })).not.toMatch(/ada|pro/i);
  server.events = json({ accepted: 1 });
  await reload();
  expect(server.to("events")[0]!.body.user).toEqual({ anonymousId: expect.any(String), externalId: "7", hash: "h" });
});

test("The queue holds 100 events and drops the oldest", async () => {
  const conclude = await load();
  server.events = networkError;
  for (let i = 0; i < 130; i++) conclude.event("e" + i);
  await settle();
  expect(storedItems().length).toBeLessThanOrEqual(100);
  server.events = json({ accepted: 100 });
  await settle(60_000);
  const names = server.batches.slice(1).flat();
  expect(names).toContain("e129");
  expect(names).not.toContain("e20");
  expect(Math.max(...server.batches.map((batch) => batch.length))).toBeLessThanOrEqual(100);
});

test("What is a day old is dropped", async () => {
  const conclude = await load();
  server.events = networkError;
  conclude.event("a");
  await settle();
  expect(storedItems()).toHaveLength(1);
  server.events = json({ accepted: 1 });
  await reload(86_401_000);
  expect(server.to("events")).toEqual([]);
  expect(storedItems()).toEqual([]);
});

test("Rubbish in storage is thrown away", async () => {
  localStorage.setItem(`conclude:${KEY}:0`, "{");
  localStorage.setItem(`conclude:${KEY}:1`, "null");
  localStorage.setItem(`conclude:${KEY}:2`, "[]");
  localStorage.setItem(`conclude:${KEY}:3`, JSON.stringify(["events", "{}", "of a version that wrote no id"]));
  localStorage.setItem("other", "{");
  const conclude = await load();
  conclude.event("a");
  await settle();
  expect(server.batches).toEqual([["a"]]);
  expect(storedItems()).toEqual([]);
  expect(localStorage.getItem("other")).toBe("{");
});

test("A tab that comes while another cannot deliver sends the same ids, and both come to rest", async () => {
  const first = await load();
  server.events = networkError;
  first.event("a");
  await settle();
  delete (window as any).Conclude;
  server.events = json({ accepted: 1 });
  await load();
  await settle(60_000);
  expect(new Set(sentIds()).size).toBe(1);
  expect(server.to("events")).toHaveLength(3);
  expect(storedItems()).toEqual([]);
});

test("A request that nobody answers is given up after 30 s and sent again", async () => {
  // As the browser's own, which knows nothing of the fake clock.
  vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("Timed out", "TimeoutError")), milliseconds);
    return controller.signal;
  });
  const conclude = await load();
  server.events = () => {
    const { signal } = server.to("events").at(-1)!.init;
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  };
  conclude.event("a");
  await settle(29_999);
  expect(server.to("events")).toHaveLength(1);
  server.events = json({ accepted: 1 });
  await settle(1001);
  expect(server.to("events")).toHaveLength(2);
  expect(new Set(sentIds()).size).toBe(1);
  expect(storedItems()).toEqual([]);
});
