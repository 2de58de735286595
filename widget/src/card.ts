import css from "./card.css?inline";
import { add } from "./dom.ts";
import { settings } from "./page.ts";

/** What is asked, and in which words. */
export interface Question {
  question: string;
  followUp?: string | null;
  /** `positive`, `neutral`, `frustrated`, `why` (the default follow-up), `send`, `skip`, `close`, `thanks`, and their `lang` and `dir`. */
  words?: Record<string, string>;
}

export interface Theme {
  accent?: string;
  /** The colour of text on the accent. */
  onAccent?: string;
  mode?: string;
  placement?: string;
}

/** The three answers: their name, the colour of the face, and its mouth, on 40 × 40 units. */
const FACES = [
  ["positive", "#7ed9a4", "M12 24q8 8 16 0"],
  ["neutral", "#f8d376", "M13 26h14"],
  ["frustrated", "#f5a08a", "M13 28q7-7 14 0"],
] as const;

export const TAG = "conclude-prompt";
/** 20 s, in ticks. */
const ATTENTION = 200;
const THANKS = 1500;
const TICK = 100;

/** A defined element, because pages may hide what is `:not(:defined)`. */
export const defineCard = (): void => {
  customElements.get(TAG) ?? customElements.define(TAG, class extends HTMLElement {});
};

/** Shows the question, tells `act` what is done with it, and returns what closes it. Focus stays where it is. */
export const openCard = (
  { question, followUp, words = {} }: Question,
  { accent = "#4f46e5", onAccent = "#fff", mode = "auto", placement }: Theme = {},
  act: (action: string, detail: object) => void = () => undefined,
): (() => void) => {
  // In the browser's top layer, where the page's layers and transforms do not reach.
  const host = add(document.body, TAG, { popover: "manual" });
  host.showPopover?.();
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // What a strict Content-Security-Policy allows without a nonce.
  sheet.replaceSync(
    `${css}section{color-scheme:${mode === "auto" ? "light dark" : mode}}[data-action=send]{background:${accent};color:${onAccent}}`,
  );
  root.adoptedStyleSheets = [sheet];

  /** In the language that the server chose; the name of the word is word enough if there is none. */
  const word = (name: string, without = name): string => words[name] ?? without;
  const card = add(root, "section", { role: "dialog", "aria-label": question, lang: word("lang", ""), dir: word("dir", "") });

  const head = add(card, "div");
  const line = add(head, "p", { "aria-live": "polite" }, question);
  const dismissButton = add(head, "button", { "data-action": "dismiss", "aria-label": word("close") }, "×");
  const row = add(card, "div");
  let field: HTMLTextAreaElement | undefined;

  const before = document.activeElement as HTMLElement | null;
  let left = ATTENTION;

  /** Gives the focus back when it is in here, because what has it is about to go. */
  const release = (): void => {
    if (root.activeElement) before?.focus({ preventScroll: true });
  };

  const close = (): void => {
    clearInterval(timer);
    removeEventListener("keydown", onKey);
    release();
    host.remove();
  };

  const dismiss = (): void => {
    if (dismissButton.isConnected) act("dismiss", {}); // Not once it says thanks.
    close();
  };

  const thank = (): void => {
    release();
    clearInterval(timer);
    setTimeout(close, THANKS);
    line.textContent = word("thanks");
    dismissButton.remove();
    card.replaceChildren(head);
  };

  const comment = (): void => {
    line.textContent = followUp || word("why");
    field = add(card, "textarea", { name: "comment", maxlength: 2000, "aria-label": line.textContent }) as HTMLTextAreaElement;
    dismissButton.ariaLabel = dismissButton.textContent = word("skip");
    row.replaceChildren(dismissButton);
    card.append(row);
    add(row, "button", { "data-action": "send" }, word("send")).onclick = () => {
      const text = field!.value.trim();
      field!.focus();
      if (text) {
        act("comment", { text });
        thank();
      }
    };
    field.focus();
  };

  for (const [reaction, colour, mouth] of FACES) {
    const button = add(row, "button", { "data-reaction": reaction });
    const face = add(button, "svg", { viewBox: "0 0 40 40" });
    add(face, "path", { d: "M20 1a19 19 0 1 0 .1 0", fill: colour });
    add(face, "path", { d: "M14 15v2m12-2v2" + mouth });
    button.append(word(reaction));
    button.onclick = () => {
      act("reaction", { reaction });
      if (reaction === "positive") {
        head.prepend(face);
        thank();
      } else comment();
    };
  }
  dismissButton.onclick = dismiss;

  // The page's shortcuts are not meant by what is written in here.
  card.onkeydown = card.onkeyup = card.onkeypress = (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  };

  /** From anywhere, but not where Escape has another meaning. */
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.activeElement?.closest("input,textarea,dialog,[role=dialog],[contenteditable]")) dismiss();
  };
  addEventListener("keydown", onKey);

  const own = innerWidth < 480 ? "bottom" : settings.placement ?? placement;
  let spot = own;

  /** Anywhere but over what has the focus; where all places are, at its own. */
  const place = (): void => {
    const focused = document.activeElement!;
    const box = focused.getBoundingClientRect();
    for (spot of [spot, "top-right", "bottom-left", own]) {
      card.className = spot!;
      const ours = card.getBoundingClientRect();
      if (root.activeElement || focused === document.body || ours.right < box.left || ours.left > box.right || ours.bottom < box.top || ours.top > box.bottom) break;
    }
  };

  /** 20 s without attention; a card that is hovered, focused, written in or in a hidden tab has it, or cannot have it yet. */
  const tick = (): void => {
    const modal = document.querySelector("dialog:modal");
    card.style.visibility = modal ? "hidden" : "visible";
    place();
    if (modal || document.hidden || field?.value || root.querySelector(":hover,:focus")) left = ATTENTION;
    else if (!--left) dismiss();
  };
  const timer = setInterval(tick, TICK);
  tick();
  // A live region speaks of what changes after it is there.
  setTimeout(() => line.replaceChildren(line.textContent!), 100);
  return close;
};
