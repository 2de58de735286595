import { send } from "./http.ts";
import { log } from "./page.ts";

/** Names that may ask: their events do not wait for company. Without them all works too: the server decides on every event. */
export let configured: string[] = [];

export const readConfig = async (): Promise<void> => {
  try {
    const response = await send("config");
    if (response.ok) configured = [...(await response.json()).events];
  } catch (error) {
    log("Offline? Content-Security-Policy?", error);
  }
};
