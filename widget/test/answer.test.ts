/** Proves that a tap and a comment reach the server, once, whatever happens in between. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { ask, card, inCard, json, leavePage, load, networkError, never, openPage, paths, press, PROMPT, reload, SEEN, server, settle, status, type } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

test("Positive needs one tap, says thanks and goes", async () => {
  await ask();
  press("[data-reaction=positive]");
  await settle();
  expect(server.to("prompts/prompt1/reaction")[0]!.body).toEqual({ reaction: "positive" });
  expect(card()!.shadowRoot!.textContent).toContain("Thank you");
  expect(inCard("button")).toBeNull();
  await settle(1500);
  expect(card()).toBeNull();
  await settle(60_000);
  expect(paths()).toEqual([SEEN, "prompts/prompt1/reaction"]);
});

test.each(["neutral", "frustrated"])("%s opens the text box, focused; Send takes text only, once", async (reaction) => {
  await ask();
  press(`[data-reaction=${reaction}]`);
  const field = inCard<HTMLTextAreaElement>("textarea[name=comment]")!;
  const send = inCard<HTMLButtonElement>("[data-action=send]")!;
  expect(inCard("[data-reaction]")).toBeNull();
  expect(card()!.shadowRoot!.activeElement).toBe(field);
  expect(field.getAttribute("aria-label")).toBe("What got in the way?");
  expect(field.getAttribute("maxlength")).toBe("2000");
  send.focus();
  for (const nothing of ["", "   "]) {
    type(nothing);
    send.click();
    expect(card()!.shadowRoot!.activeElement).toBe(field);
  }
  type(" too slow ");
  send.click();
  expect(inCard("button")).toBeNull();
  await settle(1500);
  expect(server.to("prompts/prompt1/comment").map((call) => call.body)).toEqual([{ text: "too slow" }]);
  expect(paths()).toEqual([SEEN, "prompts/prompt1/reaction", "prompts/prompt1/comment"]);
  expect(card()).toBeNull();
});

test("The text box has a way out that is the one dismiss button", async () => {
  await ask({ followUp: null });
  press("[data-reaction=neutral]");
  expect(inCard("p")!.textContent).toBe("What happened?");
  expect(card()!.shadowRoot!.querySelectorAll("[data-action=dismiss]")).toHaveLength(1);
  expect(inCard("[data-action=dismiss]")!.textContent).toBe("Skip");
  press("[data-action=dismiss]");
  await settle();
  expect(card()).toBeNull();
  expect(paths().at(-1)).toBe("prompts/prompt1/dismiss");
});

test("Answers are kept while the server is down, in order, and over a reload", async () => {
  await ask();
  server.answers = networkError;
  press("[data-reaction=frustrated]");
  type("too slow");
  press("[data-action=send]");
  await settle(5000);
  expect(server.to("prompts/prompt1/comment")).toEqual([]);
  server.answers = status(204);
  await reload();
  await settle();
  expect(paths()).toEqual(["prompts/prompt1/reaction", "prompts/prompt1/comment"]);
  expect(server.to("prompts/prompt1/comment")[0]!.body).toEqual({ text: "too slow" });
});

test("An answer given just before the page goes is sent with keepalive", async () => {
  const conclude = await ask();
  server.events = never;
  conclude.event("report_exported");
  await settle();
  press("[data-reaction=positive]");
  window.dispatchEvent(new Event("pagehide"));
  expect(server.to("prompts/prompt1/reaction")[0]!.init.keepalive).toBe(true);
});

test("An answer outlives any number of events that cannot be sent", async () => {
  const conclude = await ask();
  server.answers = server.events = networkError;
  press("[data-reaction=positive]");
  for (let i = 0; i < 200; i++) conclude.event("e" + i);
  await settle();
  server.answers = status(204);
  server.calls.length = 0;
  await settle(60_000);
  expect(server.to("prompts/prompt1/reaction")).toHaveLength(1);
});

test("An answer that the server knows already is not repeated", async () => {
  await ask();
  server.answers = status(409);
  press("[data-reaction=positive]");
  await settle(60_000);
  expect(server.to("prompts/prompt1/reaction")).toHaveLength(1);
});

test("The page hears prompt, seen, reaction, comment and dismiss", async () => {
  const conclude = await load();
  const heard: unknown[] = [];
  for (const name of ["prompt", "seen", "reaction", "comment", "dismiss"]) {
    conclude.on(name, ({ id, event, reaction, text }: any) => heard.push([name, id, event, reaction ?? text]));
  }
  server.events = json({ prompt: PROMPT });
  conclude.event("report_exported");
  await settle();
  press("[data-reaction=neutral]");
  type("why");
  press("[data-action=send]");
  await settle(1500);
  server.events = json({ prompt: { ...PROMPT, id: "prompt2" } });
  conclude.event("report_exported");
  await settle();
  press("[data-action=dismiss]");
  const event = "report_exported";
  expect(heard).toEqual([
    ["prompt", "prompt1", event, undefined], ["seen", "prompt1", event, undefined],
    ["reaction", "prompt1", event, "neutral"], ["comment", "prompt1", event, "why"],
    ["prompt", "prompt2", event, undefined], ["seen", "prompt2", event, undefined], ["dismiss", "prompt2", event, undefined],
  ]);
});
