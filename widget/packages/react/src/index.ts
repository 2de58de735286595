export type { Conclude, EventResult, Options, Person } from "@conclude/widget";
export { useConclude, useConcludeEvent } from "./hooks.ts";
export { ConcludeProvider, type ConcludeProviderProps } from "./provider.ts";
export type { ConcludeFunctions } from "./session.ts";
