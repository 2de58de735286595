// @vitest-environment node
/** Proves that the package can be imported and called where there is no page: on a server. */
import { expect, test, vi } from "vitest";

test("Without a document all is inert, and events are told so", async () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  const { event, identify, init, on, optIn, optOut, preview, reset } = await import("../src/module.ts");
  expect(typeof document).toBe("undefined");
  const conclude = init({ key: "pk_live_test", api: "https://moments.test" });
  expect(await conclude.event("a")).toEqual({ accepted: false, prompt: false });
  expect(await event("a")).toEqual({ accepted: false, prompt: false });
  for (const { identify: who, on: hear, optIn: start, optOut: stop, preview: show, reset: end } of [conclude, { identify, on, optIn, optOut, preview, reset }]) {
    who({ externalId: "user_1" });
    hear("seen", () => undefined)();
    show({ question: "?" })();
    end();
    stop();
    start();
  }
  expect(fetch).not.toHaveBeenCalled();
});
