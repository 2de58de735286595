import { openCard, TAG, type Question, type Theme } from "./card.ts";
import { emit } from "./hooks.ts";
import { backoff, send } from "./http.ts";
import { uuid } from "./ids.ts";
import { log, now, sleep } from "./page.ts";
import { enqueue, isSilent } from "./queue.ts";

/** A question that the server granted. */
export interface Prompt extends Question {
  id: string;
  event: string;
  /** Seconds in which it must be claimed. */
  leaseSeconds: number;
  /** Seconds to wait before asking. */
  delay?: number;
  theme?: Theme;
}

/** This page view, which is one of those that may claim. */
let view: string | undefined;

/** The latest prompt: being claimed, shown or done. */
let current: Prompt | undefined;
let close: (() => void) | undefined;

/** Whoever was to be asked has signed out or opted out. */
export const stopAsking = (): void => {
  current = undefined;
  close?.();
};

const show = (prompt: Prompt): void => {
  close = openCard(prompt, prompt.theme, (action, detail) => {
    enqueue(uuid(), `prompts/${prompt.id}/${action}`, detail, true);
    emit(action, { ...prompt, ...detail });
  });
  emit("seen", prompt);
};

/**
 * Claims the lease and paints only then, so that of all tabs one asks.
 * A claim whose answer got lost is repeated while the lease lasts.
 */
export const ask = async (prompt: Prompt): Promise<void> => {
  if (isSilent() || document.querySelector(TAG) || prompt.id === current?.id) return;
  current = prompt;
  const end = now() + prompt.leaseSeconds * 1e3;
  emit("prompt", prompt);
  await sleep(prompt.delay! * 1e3); // No delay is no number, and no wait.
  for (let tries = 0; current === prompt && now() < end; await sleep(backoff(tries++))) {
    const response = await send(`prompts/${prompt.id}/seen`, JSON.stringify({ view: (view ??= uuid()) })).catch(log);
    if (response) {
      if (response.status === 204 && current === prompt) show(prompt);
      return;
    }
  }
};
