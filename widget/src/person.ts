import { uuid } from "./ids.ts";
import { storage } from "./storage.ts";

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
let anonymousId: string | undefined;

export const identify = (facts: Person): void => {
  person = { ...JSON.parse(JSON.stringify(facts)) }; // A copy: the page may change or reuse its object.
  person.externalId = "" + (person.externalId || "") || undefined; // Many apps number their users.
};

/**
 * The random id of this browser: the stored one, or a `fresh` one. Read again for every event: of two tabs that opened at once and
 * both made an id, the stored one wins, so that they are asked as one.
 */
export const mint = (fresh?: boolean): void => {
  anonymousId = (!fresh && (storage((store) => store.getItem(ANONYMOUS)) || anonymousId)) || uuid();
  storage((store) => store.setItem(ANONYMOUS, anonymousId!));
};

export const forgetPerson = (): void => {
  person = {};
  mint(true);
};

/** The part of a request that says who and where; with `stored` only what may lie in the browser's storage. */
export const who = (stored?: boolean): string => {
  mint();
  const { externalId, hash } = person;
  return `"user":${JSON.stringify({ ...(stored ? { externalId, hash } : person), anonymousId })},"context":${JSON.stringify({
    // Without query and fragment: they carry tokens, and the app did not pass them.
    url: location.href.split(/[?#]/)[0],
    locale: navigator.language,
    device: /Mobi/.test(navigator.userAgent) ? "mobile" : "desktop",
  })}`;
};
