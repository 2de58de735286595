let last = 0;

/** How every id made at that time (milliseconds since 1970) begins. Eleven hex digits, until the year 2527. */
export const idsOf = (time: number): string => ("0" + time.toString(16)).replace(/.{8}/, "$&-");

/**
 * A version 7 UUID: 48 bits of time, the rest random. Later ids of one page sort after earlier ones, even within a millisecond.
 * Made by hand because `crypto.randomUUID` is missing on plain-http pages.
 */
export const uuid = (): string => {
  last = Math.max(Date.now(), last + 1);
  // 7 is the version, 8 the variant.
  return idsOf(last) + "-7xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => (crypto.getRandomValues(new Uint8Array(1))[0]! & 15).toString(16));
};
