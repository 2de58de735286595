/** Proves that events arrive in order, and not too often. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { json, KEY, leavePage, load, never, openPage, sentIds, server, settle } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("A request is CORS-simple and carries who, where, what and when", async () => {
  const conclude = await load();
  conclude.identify({ externalId: "user_1", email: "ada@acme.com", traits: { plan: "pro" } });
  conclude.event("opened");
  await settle();
  const [call] = server.to("events");
  expect(typeof call!.input).toBe("string"); // What wrappers of `fetch` expect.
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

test("Verdicts are told", async () => {
  const conclude = await load();
  const told: any[] = [];
  conclude.on("verdict", (verdict: any) => told.push(verdict));
  server.events = () => json({ accepted: 1, verdicts: [{ id: sentIds()[0], event: "a", verdict: "cooldown", until: "2026-11-22T17:40:00Z" }] })();
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
