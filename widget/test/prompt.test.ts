/** Proves that the prompt is painted only when claimed, says only text, and that answers are not lost. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { card, inCard, json, leavePage, load, networkError, never, openPage, press, PROMPT, reload, server, settle, status } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

const SEEN = "prompts/prompt1/seen";
const paths = (): string[] => server.calls.map((call) => call.path).filter((path) => path.startsWith("prompts/"));

const ask = async (prompt: object = {}): Promise<any> => {
  const conclude = await load();
  server.events = json({ accepted: 1, prompt: { ...PROMPT, ...prompt } });
  conclude.event("report_exported");
  await settle();
  server.events = json({ accepted: 1, prompt: null });
  return conclude;
};

const type = (text: string): void => {
  const field = inCard<HTMLTextAreaElement>("textarea[name=comment]")!;
  field.value = text;
  field.dispatchEvent(new Event("input"));
};

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

test("Positive needs one tap, says thanks and goes", async () => {
  await ask();
  press("[data-reaction=positive]");
  await settle();
  expect(server.to("prompts/prompt1/reaction")[0]!.body).toEqual({ reaction: "positive" });
  expect(card()!.shadowRoot!.textContent).toContain("Thank you");
  expect(inCard("button")).toBeNull();
  inCard("section")!.dispatchEvent(new Event("pointermove"));
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
  expect(send.disabled).toBe(true);
  type("   ");
  expect(send.disabled).toBe(true);
  type(" too slow ");
  expect(send.disabled).toBe(false);
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

test("Texts are never parsed as HTML", async () => {
  await ask({ question: "<img src=x onerror=alert(1)>", followUp: "<b>bold</b>" });
  const root = card()!.shadowRoot!;
  expect(root.querySelector("img")).toBeNull();
  expect(inCard("p")!.textContent).toBe("<img src=x onerror=alert(1)>");
  press("[data-reaction=neutral]");
  expect(root.querySelector("b")).toBeNull();
  expect(inCard("p")!.textContent).toBe("<b>bold</b>");
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

test("Focus stays where it is when the prompt comes, and returns when it goes", async () => {
  document.body.innerHTML = "<input>";
  const input = document.querySelector("input")!;
  input.focus();
  await ask();
  expect(document.activeElement).toBe(input);
  press("[data-reaction=neutral]");
  expect(document.activeElement).not.toBe(input);
  press("[data-action=dismiss]");
  expect(document.activeElement).toBe(input);
});

const escape = (target: EventTarget): Event => {
  const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
};

test.each([["inside", () => inCard("textarea")!], ["the page", () => document.body]])("Escape from %s dismisses", async (_, target) => {
  await ask();
  press("[data-reaction=neutral]");
  escape(target());
  await settle();
  expect(card()).toBeNull();
  expect(paths().at(-1)).toBe("prompts/prompt1/dismiss");
});

test("Escape is left to a field, a dialog or a page that uses it", async () => {
  document.body.innerHTML = "<input><div role=dialog><button></button></div><a tabindex=0></a>";
  await ask();
  for (const selector of ["input", "button"]) {
    const element = document.querySelector<HTMLElement>(selector)!;
    element.focus();
    escape(element);
  }
  const link = document.querySelector("a")!;
  link.addEventListener("keydown", (event) => event.preventDefault(), { once: true });
  link.focus();
  escape(link);
  expect(card()).not.toBeNull();
  escape(link);
  expect(card()).toBeNull();
});

test("What is typed does not reach the page's shortcuts", async () => {
  await ask();
  press("[data-reaction=neutral]");
  const heard = vi.fn();
  for (const name of ["keydown", "keypress", "keyup"]) document.addEventListener(name, heard);
  for (const name of ["keydown", "keypress", "keyup"]) {
    inCard("textarea")!.dispatchEvent(new KeyboardEvent(name, { key: "s", bubbles: true, composed: true }));
  }
  expect(heard).not.toHaveBeenCalled();
});

test("Without attention it goes after 20 s", async () => {
  await ask();
  await settle(19_999);
  expect(card()).not.toBeNull();
  await settle(1);
  expect(card()).toBeNull();
  expect(paths().at(-1)).toBe("prompts/prompt1/dismiss");
});

test("A pointer that moves over it is attention; hovered, focused, written in or hidden it stays", async () => {
  await ask();
  await settle(15_000);
  inCard("section")!.dispatchEvent(new Event("pointermove"));
  await settle(15_000);
  expect(card()).not.toBeNull();

  const hover = vi.spyOn(inCard("section")!, "matches").mockImplementation((selector) => selector === ":hover");
  await settle(60_000);
  hover.mockRestore();
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await settle(60_000);
  vi.spyOn(document, "hidden", "get").mockReturnValue(false);
  press("[data-reaction=neutral]");
  await settle(60_000);
  type("draft");
  inCard("textarea")!.blur();
  await settle(60_000);
  expect(card()).not.toBeNull();
  type("");
  await settle(20_000);
  expect(card()).toBeNull();
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

test("It is a named dialog that speaks politely, and three buttons with words", async () => {
  await ask();
  const section = inCard("section")!;
  expect(section.getAttribute("role")).toBe("dialog");
  expect(section.getAttribute("aria-label")).toBe("How was exporting?");
  expect(inCard("p")!.getAttribute("aria-live")).toBe("polite");
  expect(inCard("[data-action=dismiss]")!.getAttribute("aria-label")).toBe("Close");
  const words = Array.from(card()!.shadowRoot!.querySelectorAll("[data-reaction]"), (button) => button.textContent);
  expect(words).toEqual(["Positive", "Neutral", "Frustrated"]);
  expect(section.querySelectorAll("svg")).toHaveLength(3);
});

test("Place, mode and accent come from the configuration; data-placement wins", async () => {
  server.config = json({ version: 1, events: [], theme: { accent: "#ffcc00", mode: "dark", placement: "top-left" } });
  await ask();
  expect(inCard("section")!.className).toBe("top-left dark");
  expect(inCard("section")!.style.getPropertyValue("--accent")).toBe("#ffcc00");
  document.querySelector("script")!.setAttribute("data-placement", "bottom-left");
  server.events = json({ prompt: PROMPT });
  const conclude = await reload();
  conclude.event("a");
  await settle();
  expect(inCard("section")!.className).toBe("bottom-left dark");
});
