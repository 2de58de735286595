import { uuid } from "./ids.ts";
import { keep, store } from "./storage.ts";

export interface Person {
  externalId?: string;
  email?: string;
  name?: string;
  hash?: string;
  companies?: object[];
  traits?: object;
}

const ANONYMOUS = "conclude:id";

/** Who uses the page, as long as the page lives: nothing about a person but the random browser id is stored. */
let person: Person = {};

/** A browser with Global Privacy Control stays anonymous, whatever the page knows. */
export const identify = (facts: Person): void => {
  if ((navigator as any).globalPrivacyControl) return;
  person = { ...JSON.parse(JSON.stringify(facts)) }; // A copy: the page may change or reuse its object.
  person.externalId = "" + (person.externalId || "") || undefined; // Many apps number their users.
};

/**
 * The random id of this browser, made when there is none. Read again for every event: of two tabs that opened at once and
 * both made an id, the stored one wins, so that they are asked as one.
 */
export const browserId = (): string => {
  if (!store[ANONYMOUS]) keep(ANONYMOUS, uuid());
  return store[ANONYMOUS]!;
};

export const forgetPerson = (): void => {
  person = {};
  keep(ANONYMOUS, uuid());
};

/** The part of a request that says who and where; with `stored` only what may lie in the browser's storage. */
export const who = (stored?: boolean): string => {
  const anonymousId = browserId();
  const { externalId, hash } = person;
  return `"user":${JSON.stringify({ ...(stored ? { externalId, hash } : person), anonymousId })},"context":${JSON.stringify({
    // Without query and fragment: they carry tokens, and the app did not pass them.
    url: location.href.split(/[?#]/)[0],
    locale: document.documentElement.lang || navigator.language,
    device: /Mobi/.test(navigator.userAgent) ? "mobile" : "desktop",
  })}`;
};
