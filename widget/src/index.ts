import { stopAsking } from "./ask.ts";
import { TAG } from "./card.ts";
import { config, readConfig } from "./config.ts";
import { on } from "./hooks.ts";
import { uuid } from "./ids.ts";
import { log } from "./page.ts";
import { forgetPerson, identify, mint, who } from "./person.ts";
import { adopt, deliver, endEpoch, enqueue, isSilent, setOff } from "./queue.ts";

const start = (): void => {
  if (isSilent()) return;
  mint(); // Before the first event, so that tabs agree on the id by then.
  void readConfig();
  adopt();
};

const functions: Record<string, (...args: any[]) => void> = {
  event(name) {
    if (isSilent()) return;
    const id = uuid();
    name = name.slice(0, 101); // Too long is for the server to say, without making the whole request too large.
    enqueue(id, "events", JSON.stringify({ id, name, at: new Date().toISOString() }), config.events?.includes(name), who(), who(true));
  },
  identify,
  reset() {
    stopAsking();
    endEpoch(true);
    forgetPerson();
  },
  optOut() {
    setOff(true);
    stopAsking();
    endEpoch();
  },
  optIn() {
    setOff(false);
    start();
  },
  on,
};

/** One entry of the stub's queue. Whatever goes wrong stays in here. */
const call = (entry: [string, unknown[]]): void => {
  try {
    functions[entry[0]]!(...entry[1]);
  } catch (error) {
    log(error);
  }
};

/** The stub of the page becomes the real thing, so that references to it stay good. */
const conclude: any = ((window as any).Conclude ??= {});
if (!conclude.v) {
  conclude.v = 1;
  for (const name in functions) conclude[name] = (...args: unknown[]) => call([name, args]);
  start();
  const flush = (): void => deliver(true);
  addEventListener("pagehide", flush);
  addEventListener("visibilitychange", flush);
  conclude.q?.forEach?.(call);
  // A defined element, because pages may hide what is `:not(:defined)`.
  customElements.get(TAG) ?? customElements.define(TAG, class extends HTMLElement {});
}
