import { ask } from "./ask.ts";
import { emit } from "./hooks.ts";
import { backoff, refused, send } from "./http.ts";
import { idsOf } from "./ids.ts";
import { attempt, log, now, settings } from "./page.ts";
import { browserId } from "./person.ts";
import { giveUp, settleAll } from "./promises.ts";
import { keep, store } from "./storage.ts";

/** One thing to deliver. Field names end in "_" so that the build may shorten them; storage has its own shape. */
interface Item {
  id_: string;
  path_: string;
  body_: string;
  /** Events only: who and where. Events that share it travel together. */
  who_: string;
  /** Does not wait for company. */
  urgent_: unknown;
  /** It is on its way. */
  flies_?: boolean;
}

// Half of the second within which a fire is to be seen on an open dashboard; well inside the two seconds that batches may take.
const GAP = 500;
const BATCH = 20;
const BOUND = 100;
const DAY = 864e5;
/** Its entry is there while nothing may be sent. */
export const OFF = "conclude:off";

let queue: Item[] = [];
let timer: ReturnType<typeof setTimeout>;
let lastSent = -GAP;
let notBefore = 0;
let tries = 0;

/** Per key, one entry an item: tabs add and remove without touching each other's. */
const stored = (id: string): string => `conclude:${settings.key}:${id}`;

/** Nothing may be sent: no key, refused, or opted out, here or in another tab. */
export const isSilent = (): boolean => !settings.key || refused || !!store[OFF];

const drop = (isDone: (item: Item, index: number) => unknown): void => {
  queue = queue.filter((item, index) => !(isDone(item, index) && delete store[stored(item.id_)]));
};

const push = (id_: string, path_: string, body_: string, who_: string, urgent_: unknown): void => {
  queue.push({ id_, path_, body_, who_, urgent_ });
};

/** Takes an item into the care of the queue. `kept` is `who` as it may lie in storage. */
export const enqueue = (id: string, path: string, content: object, urgent: unknown, who = "", kept = ""): void => {
  const body = JSON.stringify(content);
  keep(stored(id), JSON.stringify([id, path, body, kept]));
  push(id, path, body, who, urgent);
  deliver();
};

const eachStored = (use: (key: string) => void): void =>
  Object.keys(store).sort().forEach((key) => key.startsWith(stored("")) && use(key));

/** Takes over what an earlier page, or a tab that is gone, could not deliver. */
export const adopt = (): void => {
  eachStored((key) => {
    try {
      const item = JSON.parse(store[key]!);
      if (stored(item[0]) !== key) throw key;
      push(...(item as [string, string, string, string]), true);
    } catch {
      delete store[key]; // Rubbish, or of another version of this script.
    }
  });
  deliver();
};

/** The sign-in ends: what waits is delivered from memory (`keep`) or dropped, and leaves no trace in storage. */
export const endEpoch = (keep?: boolean): void => {
  if (keep) deliver(true);
  else queue = [];
  eachStored((key) => delete store[key]);
  if (PROMISES) giveUp(open());
};

/** Whose promises stay open. */
const open = (): string[] => (isSilent() ? [] : queue.map((item) => item.id_));

const answered = (answer: any, batch: Item[]): void => {
  if (PROMISES) settleAll(batch.map((item) => item.id_), answer);
  for (const verdict of answer.verdicts ?? []) emit("verdict", verdict);
  // Not to the next person: whoever signs out leaves with the browser's id.
  if (answer.prompt && batch[0]!.who_.includes(browserId())) ask(answer.prompt).catch(log);
};

const transmit = async (batch: Item[]): Promise<void> => {
  const { path_, body_, who_ } = batch[0]!;
  let wait = 0;
  for (const item of batch) item.flies_ = true;
  lastSent = now();
  try {
    const response = await send(path_, who_
      ? `{${who_},"events":[${batch.map((item) => item.body_)}],"sentAt":${JSON.stringify(new Date())}}`
      : body_);
    if (/429|5../.test(response.status as any)) {
      const after = response.headers.get("Retry-After")!; // Seconds, or a date.
      wait = Math.max(0, +after * 1e3 || Date.parse(after) - Date.now()) || backoff(tries);
    } else {
      try {
        if (response.ok && who_) answered(await response.json(), batch); // Rubbish slows us down like a failure.
      } finally {
        drop((item) => batch.includes(item));
      }
    }
  } catch (error) {
    log(error);
    wait = backoff(tries);
  }
  tries = wait && tries + 1;
  notBefore = now() + wait;
  for (const item of batch) item.flies_ = false;
  deliver();
};

/**
 * Sends what is due: the first event after quiet at once, then every half second or 20 events; urgent items at once.
 * One request at a time keeps the order, unless the page is `leaving`.
 */
export const deliver = (leaving = false): void =>
  attempt(() => {
    clearTimeout(timer);
    // What is a day old goes, and the oldest events where there are too many; answers of people stay.
    drop((item, index) => item.id_ < idsOf(Date.now() - DAY) || (item.who_ && !item.flies_ && index < queue.length - BOUND));
    if (PROMISES) giveUp(open());
    const ready = queue.filter((item) => !item.flies_);
    const first = ready[0];
    if (!first || isSilent() || (ready.length < queue.length && !leaving)) return;
    const urgent = leaving || ready.length >= BATCH || ready.some((item) => item.urgent_);
    const wait = Math.max(notBefore, urgent ? 0 : lastSent + GAP) - now();
    if (wait > 0) {
      timer = setTimeout(deliver, Math.min(wait, DAY)); // Beyond 2^31 ms a timer fires at once.
    } else {
      void transmit(first.who_ ? ready.filter((item) => item.who_ === first.who_) : [first]);
      if (leaving) deliver(true);
    }
  });
