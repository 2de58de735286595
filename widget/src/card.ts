import type { Prompt } from "./ask.ts";
import css from "./card.css?inline";
import { config } from "./config.ts";
import { add, draw } from "./dom.ts";
import { emit } from "./hooks.ts";
import { uuid } from "./ids.ts";
import { settings } from "./page.ts";
import { enqueue } from "./queue.ts";

/** The three answers: their name, the word, the colour of the face, and its lines. */
const FACES = [
  ["positive", "Positive", "#7ed9a4", "M14 15v2m12-2v2M12 24q8 8 16 0"],
  ["neutral", "Neutral", "#f8d376", "M14 15v2m12-2v2M13 26h14"],
  ["frustrated", "Frustrated", "#f5a08a", "M12 13l5 2m11-2l-5 2M15 18v1m10-1v1M13 28q7-7 14 0"],
] as const;

export const TAG = "conclude-prompt";
const ATTENTION = 2e4;
const THANKS = 1500;

let close: (() => void) | undefined;

export const isCardOpen = (): boolean => !!close;

export const closeCard = (): void => close?.();

/** Shows the question. Focus stays where it is. */
export const openCard = (prompt: Prompt): void => {
  const host = add(document.body, TAG);
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // What a strict Content-Security-Policy allows without a nonce.
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const { accent, mode, placement } = config.theme ?? {};
  const card = add(root, "section", {
    class: `${settings.placement ?? placement} ${mode}`,
    role: "dialog",
    "aria-label": prompt.question,
  });
  card.style.setProperty("--accent", accent ?? "#4f46e5");

  const head = add(card, "div");
  const line = add(head, "p", { "aria-live": "polite" }, prompt.question);
  const dismissButton = add(head, "button", { "data-action": "dismiss", "aria-label": "Close" }, "×");
  const row = add(card, "div");
  let field: HTMLTextAreaElement | undefined;

  const before = document.activeElement as HTMLElement | null;
  let timer: ReturnType<typeof setTimeout>;

  /** Gives the focus back when it is in here, because what has it is about to go. */
  const release = (): void => {
    if (root.activeElement) before?.focus({ preventScroll: true });
  };

  const act = (action: string, detail: object = {}): void => {
    enqueue(uuid(), `prompts/${prompt.id}/${action}`, JSON.stringify(detail), true);
    emit(action, { ...prompt, ...detail });
  };

  const dismiss = (): void => {
    if (dismissButton.isConnected) act("dismiss"); // Not once it says thanks.
    closeCard();
  };

  /** 20 s without attention; a card that is hovered, focused, written in or in a hidden tab has it, or cannot have it yet. */
  const attend = (): void => {
    if (!dismissButton.isConnected) return;
    clearTimeout(timer);
    timer = setTimeout(
      () => (document.hidden || root.activeElement || field?.value || card.matches(":hover") ? attend() : dismiss()),
      ATTENTION,
    );
  };

  const thank = (): void => {
    release();
    clearTimeout(timer);
    line.textContent = "Thank you!";
    dismissButton.remove();
    card.replaceChildren(head);
    timer = setTimeout(closeCard, THANKS);
  };

  const comment = (): void => {
    line.textContent = prompt.followUp || "What happened?";
    field = add(card, "textarea", { name: "comment", maxlength: 2000, "aria-label": line.textContent }) as HTMLTextAreaElement;
    dismissButton.ariaLabel = dismissButton.textContent = "Skip";
    row.replaceChildren(dismissButton);
    card.append(row);
    const sendButton = add(row, "button", { "data-action": "send" }, "Send") as HTMLButtonElement;
    const check = (): string => {
      const text = field!.value.trim();
      sendButton.disabled = !text;
      return text;
    };
    check();
    field.oninput = check;
    sendButton.onclick = () => {
      act("comment", { text: check() });
      thank();
    };
    field.focus();
  };

  for (const [reaction, word, colour, lines] of FACES) {
    const button = add(row, "button", { "data-reaction": reaction });
    draw(button, 40, colour, lines);
    button.append(word);
    button.onclick = () => {
      act("reaction", { reaction });
      head.prepend(draw(head, 32, colour, lines));
      if (reaction === "positive") thank();
      else comment();
    };
  }
  dismissButton.onclick = dismiss;

  // The page's shortcuts are not meant by what is written in here.
  card.onkeydown = card.onkeyup = card.onkeypress = card.onpointermove = (event: Event) => {
    if ((event as KeyboardEvent).key !== "Escape") event.stopPropagation();
    attend();
  };

  /** From anywhere, but not where Escape has another meaning. */
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.activeElement?.closest("input,textarea,dialog,[role=dialog],[contenteditable]")) dismiss();
  };
  addEventListener("keydown", onKey);

  close = () => {
    close = undefined;
    clearTimeout(timer);
    removeEventListener("keydown", onKey);
    release();
    host.remove();
  };
  attend();
  // A live region speaks of what changes after it is there.
  setTimeout(() => line.replaceChildren(line.textContent!), 100);
  emit("seen", prompt);
};
