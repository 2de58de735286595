import { type Conclude, init, type Options, type Person } from "@conclude/widget";

/** What components may call. The functions are the same ones for as long as the provider lives. */
export type ConcludeFunctions = Pick<Conclude, "event" | "identify" | "reset" | "optOut" | "optIn" | "on">;

/** What a provider shares with the components below it. */
export interface Session {
  readonly functions: ConcludeFunctions;
  /** Takes over who the app says is signed in: `null` is nobody, `undefined` is not known, or not the provider's business. */
  show(user: Person | null | undefined): void;
}

/** Who each instance was told it is. By instance and not by provider, because providers come and go with the pages of a router. */
const told = new WeakMap<Conclude, Person>();

export const sameFacts = (a: Person | undefined, b: Person): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Does nothing by itself, so that React may call it and throw the result away: the page's instance is made when it is first needed. */
export const createSession = (options: Options): Session => {
  let made: Conclude | undefined;
  const page = (): Conclude => (made ??= init(options));

  const identify = (person: Person): void => {
    told.set(page(), { ...person });
    page().identify(person);
  };

  const reset = (): void => {
    told.delete(page());
    page().reset();
  };

  return {
    functions: {
      event: (name) => page().event(name),
      identify,
      reset,
      optOut: () => page().optOut(),
      optIn: () => page().optIn(),
      on: (name, listener) => page().on(name, listener),
    },
    show(user) {
      const before = told.get(page());
      if (user === undefined) return;
      // Somebody else without a sign-out between: the browser must not carry over what it knows of the first.
      if (before && before.externalId !== user?.externalId && (before.externalId || !user)) reset();
      if (user && !sameFacts(told.get(page()), user)) identify(user);
    },
  };
};
