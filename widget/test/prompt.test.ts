/** Proves that the prompt is painted only when claimed, in the words of the server, and says only text. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { ask, card, inCard, json, leavePage, load, networkError, openPage, paths, press, PROMPT, reload, SEEN, server, settle, status, WORDS } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

test("The prompt is painted only after the 204 of its claim", async () => {
  let answer = (_: Response): void => undefined;
  server.seen = () => new Promise((resolve) => (answer = resolve));
  await ask();
  await settle(5000);
  expect(server.to(SEEN)[0]!.body).toEqual({ view: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(card()).toBeNull();
  answer(new Response(null, { status: 204 }));
  await settle();
  expect(inCard("p")!.textContent).toBe("How was exporting?");
});

test.each([200, 400, 401, 404, 409, 429, 500, 503])("After %d to the claim nothing is painted", async (code) => {
  server.seen = status(code);
  await ask();
  await settle(300_000);
  expect(card()).toBeNull();
  expect(server.to(SEEN)).toHaveLength(1);
});

test("A claim lost on the network is repeated with the same view while the lease lasts", async () => {
  server.seen = networkError;
  await ask();
  await settle(10_000);
  expect(card()).toBeNull();
  server.seen = status(204);
  await settle(10_000);
  expect(card()).not.toBeNull();
  expect(server.to(SEEN).length).toBeGreaterThan(2);
  expect(new Set(server.to(SEEN).map((call) => call.body.view)).size).toBe(1);
});

test("After the lease nothing is claimed or painted", async () => {
  server.seen = networkError;
  await ask({ leaseSeconds: 10 });
  await settle(10_000);
  const tries = server.to(SEEN).length;
  server.seen = status(204);
  await settle(300_000);
  expect(server.to(SEEN)).toHaveLength(tries);
  expect(card()).toBeNull();
});

test("A delay is waited for before the claim", async () => {
  await ask({ delay: 5 });
  await settle(4999);
  expect(server.to(SEEN)).toEqual([]);
  await settle(1);
  expect(card()).not.toBeNull();
});

test("Any answer may bring a prompt, for a name that is not configured too", async () => {
  const conclude = await load();
  server.events = json({ accepted: 1, prompt: PROMPT });
  conclude.event("not_configured");
  await settle();
  expect(card()).not.toBeNull();
});

test("One prompt at a time, and the same one never twice", async () => {
  const conclude = await ask();
  server.events = json({ accepted: 1, prompt: { ...PROMPT, id: "prompt2" } });
  conclude.event("report_exported");
  await settle();
  expect(document.querySelectorAll("conclude-prompt")).toHaveLength(1);
  press("[data-action=dismiss]");
  server.events = json({ accepted: 1, prompt: PROMPT });
  conclude.event("report_exported");
  await settle();
  expect(card()).toBeNull();
  expect(paths()).toEqual([SEEN, "prompts/prompt1/dismiss"]);
});

test("Texts are never parsed as HTML", async () => {
  await ask({ question: "<img src=x onerror=alert(1)>", followUp: "<b>bold</b>" });
  const root = card()!.shadowRoot!;
  expect(root.querySelector("img")).toBeNull();
  expect(inCard("p")!.textContent).toBe("<img src=x onerror=alert(1)>");
  press("[data-reaction=neutral]");
  expect(root.querySelector("b")).toBeNull();
  expect(inCard("p")!.textContent).toBe("<b>bold</b>");
});

test("The fixed words, their language and direction are the server's; without them their names stand in", async () => {
  await ask({ followUp: null, words: { ...WORDS, lang: "ar", dir: "rtl", positive: "P", neutral: "N", frustrated: "F", why: "W", send: "S", skip: "K", close: "C", thanks: "T" } });
  expect([inCard("section")!.lang, inCard("section")!.dir]).toEqual(["ar", "rtl"]);
  expect(Array.from(card()!.shadowRoot!.querySelectorAll("[data-reaction]"), (button) => button.textContent)).toEqual(["P", "N", "F"]);
  expect(inCard("[data-action=dismiss]")!.getAttribute("aria-label")).toBe("C");
  press("[data-reaction=neutral]");
  expect(inCard("p")!.textContent).toBe("W");
  expect([inCard("[data-action=dismiss]")!.textContent, inCard("[data-action=send]")!.textContent]).toEqual(["K", "S"]);
  inCard<HTMLTextAreaElement>("textarea")!.value = "why";
  press("[data-action=send]");
  expect(inCard("p")!.textContent).toBe("T");

  const conclude = await reload();
  server.events = json({ prompt: { ...PROMPT, id: "prompt2", words: undefined } });
  conclude.event("report_exported");
  await settle();
  expect(inCard("[data-reaction=positive]")!.textContent).toBe("positive");
});
