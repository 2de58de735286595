// What the pages of answers ask of the browser.
let look;

// Tells the page when it leaves its top and when it is back there, until another page is followed.
export function followTop(page) {
  removeEventListener("scroll", look);
  const { pathname } = location;
  let told = true;
  look = () => {
    const now = scrollY < 120;
    if (location.pathname !== pathname) {
      removeEventListener("scroll", look);
    } else if (now !== told) {
      told = now;
      // Not heard while the connection is lost: told again with the next step.
      page.invokeMethodAsync("AtTop", now).catch(() => (told = undefined));
    }
  };
  addEventListener("scroll", look, { passive: true });
  look();
}

export const toTop = () => scrollTo({ top: 0 });

let running;

export const cancel = () => running?.abort();

// Saves a file of comma-separated values when it has arrived whole; the page is told of each row count on the way, and of the end. Nothing
// is saved of a file that broke off.
export function save(address, name, page) {
  cancel();
  const abort = (running = new AbortController());
  const seen = { rows: 0 };
  const tell = (method, ...values) => page.invokeMethodAsync(method, ...values).catch(() => abort.abort());
  const clock = setInterval(() => tell("Rows", seen.rows), 250);
  read(address, abort.signal, seen)
    .then((parts) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      return "done";
    })
    .catch((reason) => (abort.signal.aborted ? "cancelled" : reason instanceof Refused ? "refused" : "failed"))
    .then((end) => {
      clearInterval(clock);
      tell("Ended", end, seen.rows);
    });
}

class Refused extends Error {}

async function read(address, signal, seen) {
  const answer = await fetch(address, { signal, cache: "no-store" });
  if (!answer.ok || !answer.headers.get("content-type")?.startsWith("text/csv")) throw new Refused();
  const reader = answer.body.getReader();
  const parts = [];

  // A line break inside quotes is part of a cell; a quote inside quotes is written twice, which leaves us where we were.
  let quoted = false;
  let lines = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value);
    for (const byte of value) {
      if (byte === 34) quoted = !quoted;
      else if (byte === 10 && !quoted) lines++;
    }
    seen.rows = Math.max(0, lines - 1);
  }
}
