import { useContext, useEffect, useRef } from "react";
import { SessionContext } from "./provider.ts";
import type { ConcludeFunctions } from "./session.ts";

/**
 * The functions of the provider above. They never change, so they may stand in lists of dependencies or be left out of them.
 * Call them in handlers and effects, not while rendering.
 * @throws {Error} There is no `ConcludeProvider` above.
 */
export function useConclude(): ConcludeFunctions {
  const functions = useContext(SessionContext);
  if (!functions) throw new Error("useConclude() needs a <ConcludeProvider> above the component that calls it.");
  return functions;
}

/**
 * Fires an event once when the component appears, and again when the name changes. StrictMode, which runs effects twice, fires it once.
 * @param name The event; with `null` or `false` nothing is fired (yet).
 * @throws {Error} There is no `ConcludeProvider` above.
 */
export function useConcludeEvent(name: string | null | false): void {
  const { event } = useConclude();
  const fired = useRef<string | null | false>(null);
  useEffect(() => {
    if (name && name !== fired.current) void event(name);
    fired.current = name;
  }, [event, name]);
}
