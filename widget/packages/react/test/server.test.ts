// @vitest-environment node
// Proves that a server can render the app: with the real package, and without a browser's globals.
import { createElement, StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { ConcludeProvider, useConclude, useConcludeEvent } from "../src/index.ts";

const options = { key: "pk_live_1", api: "https://conclude.test" };

it("renders on a server, touching nothing that only a browser has", () => {
  const Page = () => {
    useConclude();
    useConcludeEvent("report_opened");
    return createElement("h1", null, "Reports");
  };
  expect(typeof window).toBe("undefined");
  const html = renderToString(
    createElement(StrictMode, null, createElement(ConcludeProvider, { options, user: { externalId: "ada" } }, createElement(Page))),
  );
  expect(html).toBe("<h1>Reports</h1>");
});

it("answers on a server that nothing was taken", async () => {
  let answer: unknown;
  const Page = () => {
    answer = useConclude().event("report_opened");
    return null;
  };
  renderToString(createElement(ConcludeProvider, { options }, createElement(Page)));
  expect(await answer).toMatchObject({ accepted: false });
});
