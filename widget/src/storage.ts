/** localStorage; where the browser refuses it (privacy settings, sandboxed frames), an object that lives as long as the page. */
export let store: Record<string, string> = {};

export const openStore = (): void => {
  try {
    store = localStorage ?? store;
  } catch {
    // Refused.
  }
};

export const keep = (key: string, value: string): void => {
  try {
    store[key] = value;
  } catch {
    store = { ...store, [key]: value }; // It is full: what it held and what could not be kept go with the page.
  }
};
