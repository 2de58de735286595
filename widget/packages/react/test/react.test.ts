// Proves that React apps tell the widget neither twice nor in the wrong order, whatever React does to effects.
import type { Conclude, Options, Person } from "@conclude/widget";
import { act, createElement, StrictMode, useEffect, useLayoutEffect, version, type ReactNode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConcludeFunctions, ConcludeProvider, useConclude, useConcludeEvent } from "../src/index.ts";

/** What the page's instance was told, in order. */
const calls = vi.hoisted(() => [] as unknown[][]);
const instances = vi.hoisted(() => ({ current: undefined as unknown }));

vi.mock("@conclude/widget", () => {
  const note = (name: string, answer?: unknown) => (...args: unknown[]) => {
    calls.push([name, ...args]);
    return answer;
  };
  return {
    // As the real one: one instance a page.
    init: (options: Options): Conclude => {
      if (!instances.current) calls.push(["init", options]);
      return (instances.current ??= {
        event: note("event", Promise.resolve({ accepted: true, prompt: false })),
        identify: note("identify"),
        reset: note("reset"),
        optOut: note("optOut"),
        optIn: note("optIn"),
        on: note("on", note("off")),
      }) as Conclude;
    },
  };
});

const options = { key: "pk_live_1", api: "https://conclude.test" };
const ada: Person = { externalId: "ada", email: "ada@acme.com" };
const grace: Person = { externalId: "grace" };

let root: Root | undefined;
const show = (tree: ReactNode): Promise<void> =>
  act(async () => {
    root ??= createRoot(document.body.appendChild(document.createElement("main")));
    root.render(createElement(StrictMode, null, tree));
  });
const app = (user?: Person | null, ...children: ReactNode[]): ReactNode => createElement(ConcludeProvider, { options, user }, ...children);
const told = (): unknown[][] => calls.splice(0);

beforeEach(() => {
  (globalThis as any).IS_REACT_ACT_ENVIRONMENT = true;
  calls.length = 0;
  instances.current = undefined;
});
afterEach(async () => {
  if (root) await act(async () => root!.unmount());
  root = undefined;
  document.body.replaceChildren();
});

describe(`React ${version} in StrictMode`, () => {
  it("starts once and says once who is signed in", async () => {
    await show(app(ada));
    expect(told()).toEqual([["init", options], ["identify", ada]]);
    await show(app({ ...ada }));
    expect(told()).toEqual([]);
    await show(app({ ...ada, name: "Ada" }));
    expect(told()).toEqual([["identify", { ...ada, name: "Ada" }]]);
  });

  it("forgets whoever signs out, once, and leaves somebody whom it does not know alone", async () => {
    await show(app(null));
    expect(told()).toEqual([["init", options]]);
    await show(app(ada));
    await show(app(undefined));
    expect(told()).toEqual([["identify", ada]]);
    await show(app(null));
    await show(app(null));
    expect(told()).toEqual([["reset"]]);
  });

  it("forgets the first before it names the second", async () => {
    await show(app(ada));
    told();
    await show(app(grace));
    expect(told()).toEqual([["reset"], ["identify", grace]]);
  });

  it("keeps what the browser did anonymously when somebody signs in", async () => {
    await show(app({ traits: { plan: "pro" } }));
    await show(app(ada));
    expect(told().map(([name]) => name)).toEqual(["init", "identify", "identify"]);
  });

  it("knows across providers who was signed in", async () => {
    await show(app(ada));
    await act(async () => root!.unmount());
    root = undefined;
    told();
    await show(app(ada));
    expect(told()).toEqual([]);
    await show(app(null));
    expect(told()).toEqual([["reset"]]);
  });

  it("does not reset again what the app has reset itself", async () => {
    let functions: ConcludeFunctions;
    const Button = () => {
      functions = useConclude();
      return null;
    };
    await show(app(ada, createElement(Button)));
    told();
    functions!.reset();
    await show(app(null, createElement(Button)));
    expect(told()).toEqual([["reset"]]);
  });

  it("names the person before any event of a component below", async () => {
    const Early = () => {
      const { event } = useConclude();
      useLayoutEffect(() => void event("opened"), []);
      return null;
    };
    await show(app(ada, createElement(Early)));
    expect(told().slice(0, 3)).toEqual([["init", options], ["identify", ada], ["event", "opened"]]);
  });

  it("fires an event of an appearance once, and again for another name or another appearance", async () => {
    const Page = ({ name }: { name: string | null }) => {
      useConcludeEvent(name);
      return null;
    };
    const events = () => told().filter(([what]) => what === "event").map(([, name]) => name);
    await show(app(null, createElement(Page, { name: null })));
    expect(events()).toEqual([]);
    await show(app(null, createElement(Page, { name: "report_opened" })));
    await show(app(null, createElement(Page, { name: "report_opened" })));
    expect(events()).toEqual(["report_opened"]);
    await show(app(null, createElement(Page, { name: "chart_opened" })));
    expect(events()).toEqual(["chart_opened"]);
    await show(app(null));
    await show(app(null, createElement(Page, { name: "chart_opened" })));
    expect(events()).toEqual(["chart_opened"]);
  });

  it("fires a first appearance once", async () => {
    const Page = () => {
      useConcludeEvent("report_opened");
      return null;
    };
    await show(app(null, createElement(Page)));
    expect(told().filter(([what]) => what === "event")).toEqual([["event", "report_opened"]]);
  });

  it("gives functions that never change, and unsubscribes", async () => {
    const seen = new Set<unknown>();
    const Listener = ({ count }: { count: number }) => {
      const conclude = useConclude();
      for (const part of [conclude, ...Object.values(conclude)]) seen.add(part);
      useEffect(() => conclude.on("reaction", () => {}), [conclude]);
      return count;
    };
    await show(app(null, createElement(Listener, { count: 1 })));
    const before = seen.size;
    await show(app(ada, createElement(Listener, { count: 2 })));
    expect(seen.size).toBe(before);
    await show(app(ada));
    const names = told().map(([name]) => name);
    expect(names.filter((name) => name === "off")).toHaveLength(names.filter((name) => name === "on").length);
  });

  it("answers a promise, and passes the other calls on", async () => {
    let functions: ConcludeFunctions;
    const Button = () => {
      functions = useConclude();
      return null;
    };
    await show(app(null, createElement(Button)));
    told();
    expect(await functions!.event("report_exported")).toEqual({ accepted: true, prompt: false });
    functions!.optOut();
    functions!.optIn();
    expect(told()).toEqual([["event", "report_exported"], ["optOut"], ["optIn"]]);
  });

  it("says what is missing outside a provider", async () => {
    const Lost = () => {
      useConclude();
      return null;
    };
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    await expect(show(createElement(Lost))).rejects.toThrow("useConclude() needs a <ConcludeProvider>");
    error.mockRestore();
    root = undefined;
  });

  it("takes over a page that a server rendered, without a complaint", async () => {
    const error = vi.spyOn(console, "error");
    const main = document.body.appendChild(document.createElement("main"));
    // What server.test.ts sees a server render.
    main.innerHTML = "<h1>Reports</h1>";
    await act(async () => {
      root = hydrateRoot(main, createElement(StrictMode, null, app(ada, createElement("h1", null, "Reports"))));
    });
    expect(error).not.toHaveBeenCalled();
    expect(told()).toEqual([["init", options], ["identify", ada]]);
    error.mockRestore();
  });
});
