import { send } from "./http.ts";
import { log } from "./page.ts";

export interface Config {
  /** Grows with every change. */
  version?: number;
  events?: string[];
}

/** What the dashboard says. Without it all works too: the server decides on every event, configured here or not. */
export let config: Config = {};

/** "no-cache" asks the server whether the browser's copy still holds. */
export const readConfig = async (cache?: RequestCache): Promise<void> => {
  try {
    const response = await send("config", undefined, cache);
    if (response.ok) config = { ...(await response.json()) };
  } catch (error) {
    log(error);
  }
};
