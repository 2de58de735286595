/** What the script tag says. `currentScript` is null when a bundler or a test evaluates the file as a module. */
const script = (document.currentScript ?? document.querySelector("script[data-key]")) as HTMLScriptElement | null;

export const settings: DOMStringMap = script?.dataset ?? {};

/** Where the API answers: on the origin in `data-api`, else on the one that served the script. */
export const address = (path: string): URL =>
  new URL(`/api/v1/widget/${path}?key=${settings.key}`, settings.api ?? script!.src);

/** Speaks only where the page asked for it with `data-debug`. */
export const log = (...words: unknown[]): void => {
  if (settings.debug != null) console.warn("[conclude]", ...words);
};

/** Milliseconds that never run backwards, whatever happens to the clock. */
export const now = (): number => performance.now();

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));
