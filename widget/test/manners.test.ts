/** Proves that the prompt is polite: focus, keys, attention, place. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask, card, inCard, json, leavePage, openPage, paths, press, PROMPT, reload, server, settle, type } from "./page.ts";

beforeEach(openPage);
afterEach(leavePage);

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
  await settle(19_800);
  expect(card()).not.toBeNull();
  await settle(200);
  expect(card()).toBeNull();
  expect(paths().at(-1)).toBe("prompts/prompt1/dismiss");
});

test("Hovered, focused, written in or hidden it stays, and has its 20 s again", async () => {
  await ask();
  await settle(15_000);
  // Stands in for `:hover` and `:focus`, which this document does not know.
  const root = card()!.shadowRoot!;
  const hover = vi.spyOn(root, "querySelector").mockImplementation((selector) => (/:hover/.test(selector) ? root.firstElementChild : null));
  await settle(60_000);
  hover.mockImplementation((selector) => (/:focus/.test(selector) ? root.firstElementChild : null));
  await settle(60_000);
  hover.mockRestore();
  await settle(19_000);
  expect(card()).not.toBeNull();

  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await settle(60_000);
  vi.spyOn(document, "hidden", "get").mockReturnValue(false);
  press("[data-reaction=neutral]");
  type("draft");
  await settle(60_000);
  expect(card()).not.toBeNull();
  type("");
  await settle(20_000);
  expect(card()).toBeNull();
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

test("Place, mode and colours come with the prompt; data-placement wins", async () => {
  const theme = { accent: "#ffcc00", onAccent: "#000000", mode: "dark", placement: "top-left" };
  await ask({ theme });
  const css = () => Array.from(card()!.shadowRoot!.adoptedStyleSheets[0]!.cssRules, (rule) => rule.cssText).join("\n");
  expect(inCard("section")!.className).toBe("top-left");
  expect(css()).toMatch(/color-scheme: dark/);
  expect(css()).toMatch(/\[data-action=send\] \{ background: #ffcc00; color: #000000; \}/);
  document.querySelector("script")!.setAttribute("data-placement", "bottom-left");
  server.events = json({ prompt: { ...PROMPT, theme: undefined } });
  const conclude = await reload();
  conclude.event("a");
  await settle();
  expect(inCard("section")!.className).toBe("bottom-left");
  expect(css()).toMatch(/color-scheme: light dark/);
});

test("It hides while a modal dialog is open, with its patience, and returns", async () => {
  await ask();
  const find = document.querySelector.bind(document);
  const dialog = vi.spyOn(document, "querySelector").mockImplementation((selector: string) => find(selector === "dialog:modal" ? "dialog" : selector));
  const modal = document.body.appendChild(document.createElement("dialog"));
  await settle(60_000);
  expect(inCard("section")!.style.visibility).toBe("hidden");
  modal.remove();
  await settle(100);
  expect(inCard("section")!.style.visibility).toBe("visible");
  await settle(19_000);
  expect(card()).not.toBeNull();
  dialog.mockRestore();
});

const at = (left: number, top: number, right: number, bottom: number): DOMRect => ({ left, top, right, bottom }) as DOMRect;

test("It keeps off what has the focus, wherever that goes, and stands in its corner where there is no room", async () => {
  document.body.innerHTML = "<input id=low><input id=high><input id=all>";
  const boxes: Record<string, DOMRect> = { low: at(800, 600, 900, 640), high: at(700, 20, 900, 60), all: at(0, 0, 1000, 700) };
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    const spot = this.className;
    return boxes[this.id] ?? at(/left/.test(spot) ? 16 : 632, /top/.test(spot) ? 16 : 500, /left/.test(spot) ? 368 : 984, /top/.test(spot) ? 200 : 684);
  });
  const stand = async (id: string): Promise<string> => {
    document.getElementById(id)!.focus();
    await settle(100);
    return inCard("section")!.className;
  };
  document.getElementById("low")!.focus();
  await ask();
  expect(inCard("section")!.className).toBe("top-right");
  expect(await stand("high")).toBe("bottom-left");
  expect(await stand("low")).toBe("bottom-left");
  expect(await stand("all")).toBe("bottom-right");
});

test("On a phone it is a sheet at the bottom, whatever the corner", async () => {
  vi.stubGlobal("innerWidth", 375);
  await ask({ theme: { placement: "top-left" } });
  expect(inCard("section")!.className).toBe("bottom");
});
