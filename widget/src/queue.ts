import { ask } from "./ask.ts";
import { notice } from "./config.ts";
import { emit } from "./hooks.ts";
import { backoff, refused, send } from "./http.ts";
import { idsOf } from "./ids.ts";
import { log, now, settings } from "./page.ts";
import { storage } from "./storage.ts";

/** One thing to deliver. Field names end in "_" so that the build may shorten them; storage has its own shape. */
interface Item {
  id_: string;
  path_: string;
  body_: string;
  /** Events only: who and where. Events that share it travel together. */
  who_: string;
  /** Does not wait for company. */
  urgent_: unknown;
  /** Which sign-in it belongs to: a prompt is not shown to the next person. */
  epoch_: number;
}

// Half of the second within which a fire is to be seen on an open dashboard; well inside the two seconds that batches may take.
const GAP = 500;
const BATCH = 20;
const BOUND = 100;
const DAY = 864e5;
const OFF = "conclude:off";

/** Per key, one entry an item: tabs add and remove without touching each other's. */
const PREFIX = "conclude:" + settings.key + ":";

let queue: Item[] = [];
let timer: ReturnType<typeof setTimeout>;
let lastSent = -GAP;
let notBefore = 0;
let tries = 0;
let flying: Item[] = [];
let epoch = 0;
let off = false;

/** Nothing may be sent: refused, or opted out, here or in another tab. */
export const isSilent = (): boolean => refused || off || !!storage((store) => store.getItem(OFF));

export const setOff = (value: boolean): void => {
  off = value;
  storage((store) => store.setItem(OFF, value ? "1" : ""));
};

const remove = (items: Item[]): void => {
  queue = queue.filter((item) => !items.includes(item));
  for (const item of items) storage((store) => store.removeItem(PREFIX + item.id_));
};

const push = (id_: string, path_: string, body_: string, who_: string, urgent_: unknown): void => {
  queue.push({ id_, path_, body_, who_, urgent_, epoch_: epoch });
  // The oldest event goes; answers of people stay.
  if (queue.length > BOUND) remove(queue.filter((old) => old.who_ && !flying.includes(old)).slice(0, 1));
};

/** Takes an item into the care of the queue. `stored` is `who` as it may lie in storage. */
export const enqueue = (id: string, path: string, body: string, urgent: unknown, who = "", stored = ""): void => {
  if (isSilent()) return;
  storage((store) => store.setItem(PREFIX + id, JSON.stringify([path, body, stored])));
  push(id, path, body, who, urgent);
  deliver();
};

const eachStored = (use: (key: string, store: Storage) => void): void =>
  storage((store) => Object.keys(store).sort().forEach((key) => key.startsWith(PREFIX) && use(key, store)));

/** Takes over what an earlier page, or a tab that is gone, could not deliver. */
export const adopt = (): void => {
  eachStored((key, store) => {
    try {
      const [path, body, who] = JSON.parse(store.getItem(key)!);
      push(key.slice(PREFIX.length), path, body, who, true);
    } catch {
      store.removeItem(key);
    }
  });
  deliver();
};

/** The sign-in ends: what waits is delivered from memory (`keep`) or dropped, and leaves no trace in storage. */
export const endEpoch = (keep?: boolean): void => {
  epoch++;
  if (keep) deliver(true);
  else queue = [];
  eachStored((key, store) => store.removeItem(key));
};

const answered = (answer: any, batch: Item[]): void => {
  notice(answer.configVersion);
  for (const verdict of answer.verdicts ?? []) {
    const item = batch.find((sent) => sent.id_ === verdict.id);
    if (item) emit("verdict", { ...verdict, event: JSON.parse(item.body_).name });
  }
  if (answer.prompt && batch[0]!.epoch_ === epoch) void ask(answer.prompt);
};

const transmit = async (batch: Item[]): Promise<void> => {
  const { path_, body_, who_ } = batch[0]!;
  let wait = 0;
  flying = [...flying, ...batch];
  lastSent = now();
  try {
    const response = await send(path_, who_
      ? `{${who_},"events":[${batch.map((item) => item.body_)}],"sentAt":"${new Date().toISOString()}"}`
      : body_);
    if (response.status === 429 || response.status > 499) {
      wait = +response.headers.get("Retry-After")! * 1e3 || backoff(tries);
    } else {
      remove(batch);
      if (response.ok && who_) answered(await response.json(), batch); // Rubbish slows us down like a failure.
    }
  } catch (error) {
    log(error);
    wait = backoff(tries);
  }
  tries = wait && tries + 1;
  notBefore = now() + wait;
  flying = flying.filter((item) => !batch.includes(item));
  deliver();
};

/**
 * Sends what is due: the first event after quiet at once, then every half second or 20 events; urgent items at once.
 * One request at a time keeps the order, unless the page is `leaving`.
 */
export const deliver = (leaving = false): void => {
  clearTimeout(timer);
  remove(queue.filter((item) => item.id_ < idsOf(Date.now() - DAY)));
  const waiting = queue.filter((item) => !flying.includes(item));
  const first = waiting[0];
  if (!first || isSilent() || (flying[0] && !leaving)) return;
  const urgent = leaving || waiting.length >= BATCH || waiting.some((item) => item.urgent_);
  const wait = Math.max(notBefore, urgent ? 0 : lastSent + GAP) - now();
  if (wait > 0) {
    timer = setTimeout(deliver, Math.min(wait, DAY)); // Beyond 2^31 ms a timer fires at once.
  } else {
    void transmit(first.who_ ? waiting.filter((item) => item.who_ === first.who_) : [first]);
    if (leaving) deliver(true);
  }
};
