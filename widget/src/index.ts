/** The script of a tag: takes its settings from there, and the calls that the page's stub kept. */
import { begin, call, functions } from "./core.ts";

/** The stub of the page becomes the real thing, so that references to it stay good. */
const conclude: any = ((window as any).Conclude ??= {});
if (!conclude.v) {
  conclude.v = 1;
  const script = document.currentScript as HTMLScriptElement | null;
  for (const name in functions) conclude[name] = (...args: unknown[]) => call([name, args]);
  try {
    begin({ api: script?.src, ...script?.dataset });
    conclude.q.forEach(call);
  } catch {
    // No calls were kept, or nothing can work on this page.
  }
}
