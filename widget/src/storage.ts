/** Runs on localStorage; undefined when the browser refuses it (privacy settings, sandboxed frames, full disk). */
export const storage = <T>(use: (store: Storage) => T): T | undefined => {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
};
