/** Proves that the package does nothing before `init`, starts once, and tells what became of each event. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { card, inCard, json, leavePage, networkError, openPage, PROMPT, sentIds, server, settle, status, storedItems } from "./page.ts";

type Widget = typeof import("../src/module.ts");

const OPTIONS = { key: "pk_live_test", api: "https://moments.test" };

const importModule = async (): Promise<Widget> => {
  vi.resetModules();
  return import("../src/module.ts");
};

const start = async (): Promise<Widget> => {
  const widget = await importModule();
  widget.init(OPTIONS);
  await settle();
  return widget;
};

beforeEach(() => {
  openPage();
  vi.stubGlobal("PROMISES", true);
});
afterEach(leavePage);

test("Importing it touches neither page, storage nor network", async () => {
  const html = document.documentElement.outerHTML;
  await importModule();
  await settle(5000);
  expect(server.calls).toEqual([]);
  expect(localStorage).toHaveLength(0);
  expect(document.documentElement.outerHTML).toBe(html);
  expect("Conclude" in window).toBe(false);
});

test("init starts one instance a page", async () => {
  const { init } = await importModule();
  expect(init(OPTIONS)).toBe(init({ ...OPTIONS, key: "pk_live_other" }));
  await settle();
  expect(server.calls.map((call) => call.url)).toEqual(["https://moments.test/api/v1/widget/config?key=pk_live_test"]);
});

test("Calls before init wait for it, in order", async () => {
  const { event, identify, init, on } = await importModule();
  const heard = vi.fn();
  const end = on("prompt", heard);
  on("prompt", heard)();
  identify({ externalId: "user_1" });
  const result = event("report_exported");
  server.events = json({ accepted: 1, prompt: PROMPT });
  init(OPTIONS);
  await settle();
  expect(await result).toEqual({ accepted: true, prompt: true });
  expect(server.to("events")[0]!.body.user.externalId).toBe("user_1");
  expect(heard).toHaveBeenCalledOnce();
  end();
});

test("Listening can be ended", async () => {
  const { init, event } = await importModule();
  const heard = vi.fn();
  init(OPTIONS).on("seen", heard)();
  server.events = json({ accepted: 1, prompt: PROMPT });
  void event("report_exported");
  await settle();
  expect(card()).not.toBeNull();
  expect(heard).not.toHaveBeenCalled();
});

test("Each event of a batch hears of itself alone", async () => {
  const { event } = await start();
  await event("first");
  const [a, bad, b] = [event("a"), event("b d"), event("b")];
  server.events = () => {
    const ids = sentIds().slice(1);
    return json({
      accepted: 2, rejected: [{ id: ids[1], code: "invalid_name", message: "A name is …" }], quota: "ok", prompt: { ...PROMPT, event: "b" },
      verdicts: [{ id: ids[0], verdict: "cooldown", until: "2026-11-23T10:00:00Z" }, { id: ids[2], verdict: "shown", until: null }],
    })();
  };
  await settle(500);
  expect(await a).toEqual({ accepted: true, prompt: false, verdict: "cooldown", until: "2026-11-23T10:00:00Z" });
  expect(await bad).toEqual({ accepted: false, prompt: false, rejected: { code: "invalid_name", message: "A name is …" } });
  expect(await b).toEqual({ accepted: true, prompt: true, verdict: "shown" });
});

test("Over the quota only the events that still fitted are accepted", async () => {
  const { event } = await start();
  await event("first");
  const results = [event("a"), event("b")];
  server.events = json({ accepted: 1, duplicates: 0, rejected: [], quota: "exceeded", prompt: null });
  await settle(500);
  expect((await Promise.all(results)).map((result) => result.accepted)).toEqual([true, false]);
});

test("An event that fails is waited for until it is acknowledged, while others come and go", async () => {
  const { event } = await start();
  const done = vi.fn();
  server.events = networkError;
  void event("a").then(done);
  void event("b");
  await settle(20_000);
  expect(done).not.toHaveBeenCalled();
  server.events = json({ accepted: 2, quota: "ok" });
  await settle(30_000);
  expect(done).toHaveBeenCalledWith({ accepted: true, prompt: false });
});

test("An answer that takes its time to be read is still an answer", async () => {
  const { event } = await start();
  let read = (_: unknown): void => undefined;
  server.events = () => Object.assign(new Response("{}"), { json: () => new Promise((done) => (read = done)) });
  const result = event("a");
  await settle();
  void event("b");
  await settle(1000);
  read({ accepted: 1, quota: "ok" });
  expect(await result).toEqual({ accepted: true, prompt: false });
});

const given: [string, (widget: Widget) => unknown][] = [
  ["opting out", ({ optOut }) => { server.events = networkError; return optOut; }],
  ["a refused key", () => { server.events = status(401); }],
  ["a refused request", () => { server.events = status(400); }],
  ["an answer that is none", () => { server.events = json(null); }],
];
test.each(given)("After %s the event is given up", async (_, arrange) => {
  const widget = await start();
  const then = arrange(widget);
  const result = widget.event("a");
  await settle();
  if (typeof then === "function") then();
  await settle(2000);
  expect(await result).toEqual({ accepted: false, prompt: false });
});

test("A day offline is the end of an event", async () => {
  const { event } = await start();
  server.events = networkError;
  const done = vi.fn();
  void event("a").then(done);
  await settle(60_000);
  vi.setSystemTime(Date.now() + 86_400_000);
  await settle(60_000);
  expect(done).toHaveBeenCalledWith({ accepted: false, prompt: false });
  expect(storedItems()).toEqual([]);
});

test("Opted out, without a key or with nonsense for a name, an event is refused at once", async () => {
  const { event, optOut, optIn } = await start();
  expect(await event(undefined as never)).toEqual({ accepted: false, prompt: false });
  optOut();
  expect(await event("a")).toEqual({ accepted: false, prompt: false });
  optIn();
  const keyless = await importModule();
  expect(await keyless.init({ ...OPTIONS, key: "" }).event("a")).toEqual({ accepted: false, prompt: false });
  expect(server.to("events")).toEqual([]);
});

test("What waits for the person who signs out is still acknowledged", async () => {
  const { event, identify, reset } = await start();
  identify({ externalId: "user_1" });
  const result = event("a");
  reset();
  await settle();
  expect(await result).toEqual({ accepted: true, prompt: false });
});

test("preview shows the real card before and beside init, sends and stores nothing, and can be closed", async () => {
  const { preview } = await importModule();
  const close = preview({ question: "How was it?", words: { send: "Los" } }, { accent: "#112233", onAccent: "#ffffff", mode: "dark", placement: "top-left" });
  expect(inCard("p")!.textContent).toBe("How was it?");
  expect(inCard("section")!.className).toBe("top-left");
  expect(inCard("[data-reaction=positive]")!.textContent).toBe("Positive");
  inCard("[data-reaction=neutral]")!.click();
  expect(inCard("[data-action=send]")!.textContent).toBe("Los");
  inCard<HTMLTextAreaElement>("textarea")!.value = "why";
  inCard("[data-action=send]")!.click();
  close();
  expect(card()).toBeNull();
  await settle(5000);
  expect(server.calls).toEqual([]);
  expect(localStorage).toHaveLength(0);
});
