import { attempt } from "./page.ts";

const listeners: Record<string, ((detail: object) => void)[]> = {};

export const on = (name: string, listener: (detail: object) => void): void => {
  (listeners[name] ??= []).push(listener);
};

/** Tells the page; what a listener throws stays with it. */
export const emit = (name: string, detail: object): void => {
  for (const listener of listeners[name] ?? []) attempt(() => listener(detail));
};
