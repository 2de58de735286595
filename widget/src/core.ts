import { stopAsking } from "./ask.ts";
import { defineCard, openCard } from "./card.ts";
import { configured, readConfig } from "./config.ts";
import { on } from "./hooks.ts";
import { uuid } from "./ids.ts";
import { attempt, configure, log, type Settings } from "./page.ts";
import { browserId, forgetPerson, identify, who } from "./person.ts";
import { promised } from "./promises.ts";
import { keep, openStore } from "./storage.ts";
import { adopt, deliver, endEpoch, enqueue, isSilent, OFF } from "./queue.ts";

const start = (): void => {
  if (isSilent()) return log("No key or opted out");
  browserId(); // Before the first event, so that tabs agree on the id by then.
  void readConfig();
  adopt();
};

export const functions: Record<string, (...args: any) => unknown> = {
  event(name) {
    if (isSilent()) return undefined;
    const id = uuid();
    name = name.slice(0, 101); // Too long is for the server to say, without making the whole request too large.
    const outcome = PROMISES ? promised(id, name) : undefined;
    enqueue(id, "events", { id, name, at: new Date() }, configured.includes(name), who(), who(true));
    return outcome;
  },
  identify,
  reset() {
    stopAsking();
    endEpoch(true);
    forgetPerson();
  },
  optOut() {
    keep(OFF, "1");
    stopAsking();
    endEpoch();
  },
  optIn() {
    keep(OFF, "");
    start();
  },
  on,
  /** The real card; sends and stores nothing, and needs no key. */
  preview: openCard,
};

/** Calls one of the functions. Whatever goes wrong stays in here. */
export const call = (entry: [string, unknown[]]): unknown => attempt(() => functions[entry[0]]!(...entry[1]));

/** Once a page. Nothing before this touches the page, the network or the storage. */
export const begin = (settings: Settings): void => {
  configure(settings);
  openStore();
  start();
  const flush = (): void => deliver(true);
  addEventListener("pagehide", flush);
  addEventListener("visibilitychange", flush);
  defineCard();
};
