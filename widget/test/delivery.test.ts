/** Proves that events arrive in order, once counted, and not too often. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { json, KEY, leavePage, load, networkError, never, openPage, reload, server, settle, status, storedItems } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

const sentIds = (): string[] => server.to("events").flatMap((call) => call.body.events.map((event: any) => event.id));
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("A request is CORS-simple and carries who, where, what and when", async () => {
  const conclude = await load();
  conclude.identify({ externalId: "user_1", email: "ada@acme.com", traits: { plan: "pro" } });
  conclude.event("opened");
  await settle();
  const [call] = server.to("events");
  expect(call!.url).toBe(`https://moments.test/api/v1/widget/events?key=${KEY}`);
  expect(call!.init.headers).toBeUndefined();
  expect(typeof call!.init.body).toBe("string");
  expect(call!.init).toMatchObject({ method: "POST", credentials: "omit", keepalive: true });
  expect(call!.body).toEqual({
    user: { anonymousId: expect.stringMatching(UUID7), externalId: "user_1", email: "ada@acme.com", traits: { plan: "pro" } },
    context: { url: "https://app.acme.test/reports", locale: navigator.language, device: "desktop" },
    events: [{ id: expect.stringMatching(UUID7), name: "opened", at: "2026-11-22T10:00:00.000Z" }],
    sentAt: "2026-11-22T10:00:00.000Z",
  });
});

test("The configuration is asked for once, with the key in the query", async () => {
  await load();
  expect(server.calls.map((call) => call.url)).toEqual([`https://moments.test/api/v1/widget/config?key=${KEY}`]);
  expect(server.calls[0]!.init.body).toBeUndefined();
});

test("Calls made before the script has loaded are replayed in order", async () => {
  (window as any).Conclude = { q: [["identify", [{ externalId: "user_1" }]], ["event", ["opened"]], ["nonsense", []], null, ["event", ["closed"]]] };
  await load();
  await settle(2000);
  expect(server.batches).toEqual([["opened"], ["closed"]]);
  expect(server.to("events")[0]!.body.user.externalId).toBe("user_1");
});

test("References to the stub stay good", async () => {
  const stub: any = ((window as any).Conclude = { q: [] });
  await load();
  stub.event("opened");
  await settle();
  expect(server.batches).toEqual([["opened"]]);
});

test("Loading the script twice doubles nothing", async () => {
  (window as any).Conclude = { q: [["event", ["opened"]]] };
  await load();
  await load();
  await settle(5000);
  expect(server.to("config")).toHaveLength(1);
  expect(server.batches).toEqual([["opened"]]);
});

test("The first event after quiet goes at once, a burst waits half a second", async () => {
  const conclude = await load();
  for (const name of ["a", "b", "c"]) conclude.event(name);
  await settle();
  expect(server.batches).toEqual([["a"]]);
  await settle(499);
  expect(server.batches).toEqual([["a"]]);
  await settle(1);
  expect(server.batches).toEqual([["a"], ["b", "c"]]);
  await settle(2000);
  conclude.event("d");
  await settle();
  expect(server.batches).toEqual([["a"], ["b", "c"], ["d"]]);
});

test("The twentieth waiting event ends the wait", async () => {
  const conclude = await load();
  for (let i = 0; i < 21; i++) conclude.event("e" + i);
  await settle();
  expect(server.batches.map((batch) => batch.length)).toEqual([1, 20]);
});

test("A configured event goes at once and takes the waiting ones along", async () => {
  const conclude = await load();
  conclude.event("a");
  await settle();
  conclude.event("b");
  conclude.event("report_exported");
  await settle();
  expect(server.batches).toEqual([["a"], ["b", "report_exported"]]);
});

test("One request is in flight at a time", async () => {
  const conclude = await load();
  server.events = never;
  conclude.event("report_exported");
  conclude.event("report_exported");
  await settle(10_000);
  expect(server.to("events")).toHaveLength(1);
});

test("Leaving the page sends what waits, even beside a request in flight", async () => {
  const conclude = await load();
  server.events = never;
  conclude.event("a");
  conclude.event("b");
  await settle();
  window.dispatchEvent(new Event("pagehide"));
  expect(server.batches).toEqual([["a"], ["b"]]);
  expect(server.to("events")[1]!.init.keepalive).toBe(true);
});

test("Hiding the page sends what waits", async () => {
  const conclude = await load();
  conclude.event("a");
  await settle();
  conclude.event("b");
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  expect(server.batches).toEqual([["a"], ["b"]]);
});

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

test("Another version in an answer makes the configuration be read again", async () => {
  const conclude = await load();
  server.events = json({ accepted: 1, configVersion: 2 });
  server.config = json({ version: 2, events: ["saved_now"] });
  conclude.event("a");
  await settle();
  expect(server.to("config").map((call) => call.init.cache)).toEqual([undefined, "no-cache"]);
  conclude.event("saved_now");
  await settle();
  expect(server.batches).toEqual([["a"], ["saved_now"]]);
  expect(server.to("config")).toHaveLength(2);
});

test("An answer without a version leaves the configuration alone", async () => {
  const conclude = await load();
  conclude.event("a");
  await settle();
  expect(server.to("config")).toHaveLength(1);
});

test("Verdicts are told with the name of their event", async () => {
  const conclude = await load();
  const told: any[] = [];
  conclude.on("verdict", (verdict: any) => told.push(verdict));
  server.events = () => json({ accepted: 1, verdicts: [{ id: sentIds()[0], verdict: "cooldown", until: "2026-11-22T17:40:00Z" }, { id: "other" }] })();
  conclude.event("a");
  await settle();
  expect(told).toEqual([{ id: sentIds()[0], event: "a", verdict: "cooldown", until: "2026-11-22T17:40:00Z" }]);
});

test("Ids of one page sort as they were made", async () => {
  const { uuid } = await import("../src/ids.ts");
  const ids = Array.from({ length: 500 }, uuid);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(500);
  for (const id of ids) expect(id).toMatch(UUID7);
});
