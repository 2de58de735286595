import type { Options, Person } from "@conclude/widget";
import { createContext, createElement, type ReactElement, type ReactNode, useInsertionEffect, useState } from "react";
import { type ConcludeFunctions, createSession } from "./session.ts";

export const SessionContext = createContext<ConcludeFunctions | undefined>(undefined);

export interface ConcludeProviderProps {
  /** As for `init`. Read once: a page has one connection, which outlives the provider. (Not props of their own, because React keeps `key` to itself.) */
  options: Options;
  /**
   * Who is signed in: told once, and again when a fact changes. `null`: nobody, and whoever was is forgotten (`reset`).
   * Left out: not known yet, or told by `useConclude().identify`.
   */
  user?: Person | null;
  children?: ReactNode;
}

/** Connects a React app to Conclude Moments. Renders its children and nothing else, on a server too. */
export function ConcludeProvider({ options, user, children }: ConcludeProviderProps): ReactElement {
  const [session] = useState(() => createSession(options));
  const facts = user && JSON.stringify(user);
  // Before every layout and passive effect of the components below, so that an event fired from one of them has its person.
  useInsertionEffect(() => session.show(user), [session, facts]);
  return createElement(SessionContext.Provider, { value: session.functions }, children);
}
