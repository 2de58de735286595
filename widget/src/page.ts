/** What whoever loads the widget says: the script tag, or the call of `init`. */
export interface Settings {
  key?: string;
  /** The API answers on this address's origin. */
  api?: string;
  placement?: string;
  /** Speak in the console; any value but null and undefined. */
  debug?: unknown;
}

export let settings: Settings = {};

export const configure = (given: Settings): void => {
  settings = given;
};

/** Every request stays CORS-simple with the key in the query. A text, because wrappers of `fetch` on the page may know no URL objects. */
export const address = (path: string): string => new URL(`/api/v1/widget/${path}?key=${settings.key}`, settings.api) + "";

/** Speaks only where the page asked for it with `data-debug`. */
export const log = (...words: unknown[]): void => {
  if (settings.debug != null) console.error("[conclude]", ...words);
};

/** Runs; what goes wrong in there stays there. */
export const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch (error) {
    log(error);
    return undefined;
  }
};

/** Milliseconds that never run backwards, whatever happens to the clock. */
export const now = (): number => performance.now();

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));
