// The step from the first HTML to the live page, and the way back after a lost connection. Runs before anything is painted, so that
// nothing a person does is lost: what is done before the circuit is there waits, and is done then.
(() => {
  const root = document.documentElement;
  const conclude = (window.conclude ??= {});
  const CALM = 2000;
  const PATIENCE = 5000;

  // The server writes times as their reader has them, from the next page on.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `conclude-zone=${zone};path=/;max-age=31536000;samesite=lax`;

  // ---- what is done before the page is live

  const CONTROL = "button, label, input, select, [role=button]";
  const done = [];
  let waiting = true;

  const pathTo = (element) => {
    const steps = [];
    for (let at = element; at !== document.body && at.parentElement; at = at.parentElement) steps.unshift([...at.parentElement.children].indexOf(at));
    return steps;
  };

  const known = (e) => [e.tagName, e.name, ...Object.values(e.dataset), e.getAttribute("aria-label"), e.closest("[data-event]")?.dataset.event, e.tagName === "BUTTON" && e.textContent.trim()].join("\n");

  // The live page replaces the elements by others of the same shape; what has moved meanwhile is not what was meant.
  const again = ({ path, like }) => {
    let at = document.body;
    for (const step of path) at = at?.children[step];
    if (at && known(at) === like) return at;
    return [...document.querySelectorAll(like.slice(0, like.indexOf("\n")))].find((other) => known(other) === like);
  };

  const remember = (element) => ({ path: pathTo(element), like: known(element) });

  // A control that is disabled hears no click; that somebody meant one is heard here.
  const menuAt = (e) => [...document.querySelectorAll("summary")].find((s) => {
    const box = s.getBoundingClientRect();
    return box.left <= e.clientX && e.clientX < box.right && box.top <= e.clientY && e.clientY < box.bottom;
  });

  addEventListener("pointerup", (e) => {
    const control = waiting && e.button === 0 && e.target instanceof Element ? (menuAt(e) ?? e.target.closest(CONTROL)) : null;
    if (control?.matches(".controls:disabled *")) done.push(remember(control));
  }, true);

  function replay() {
    for (const what of done.splice(0)) {
      const element = again(what);
      if (element?.matches("input:not([type=checkbox], [type=radio]), select")) element.focus();
      else element?.click();
    }
  }

  // A click on an element that is replaced between press and release goes nowhere: what is pressed stays until it is released.
  let pressed = false;
  let afterPress = null;

  const release = () => {
    pressed = false;
    const then = afterPress;
    afterPress = null;
    // The click comes after the release.
    if (then) setTimeout(then);
  };

  addEventListener("pointerdown", (e) => (pressed = e.button === 0), true);
  for (const end of ["pointerup", "pointercancel", "dragend", "contextmenu"]) addEventListener(end, release, true);
  // Not in the capturing phase: that hears of every element that loses the focus.
  addEventListener("blur", release);

  // ---- the first batches are held until they show all that the first HTML shows

  let held = [];

  const hold = (apply) => (...batch) => {
    if (!held) return apply(...batch);
    // Should the server not say that this is all, the page goes live with what it has; a server that is slow has said nothing yet.
    if (!held.length) setTimeout(conclude.live, PATIENCE);
    held.push(() => apply(...batch));
  };

  conclude.live = () => {
    if (!held) return;
    if (pressed) {
      // What is held down for longer is no click.
      if (!afterPress) setTimeout(release, CALM);
      afterPress = conclude.live;
      return;
    }
    const focused = document.activeElement === document.body ? null : remember(document.activeElement);
    const opened = [...document.querySelectorAll("details[open]")].map(remember);
    const batches = held;
    held = null;
    for (const apply of batches) apply();
    waiting = false;
    root.dataset.live = "";
    const keep = focused && again(focused);
    if (keep && document.activeElement !== keep) keep.focus({ preventScroll: true });
    // A moment later the new page puts the focus on its heading; who has gone somewhere by then, or types there, stays.
    const { pathname } = location;
    addEventListener("focusin", function stay(e) {
      if (!e.target.matches("h1")) return;
      removeEventListener("focusin", stay);
      if (pathname === location.pathname) e.relatedTarget?.focus({ preventScroll: true });
    });
    for (const details of opened) again(details)?.setAttribute("open", "");
    replay();
  };

  // ---- coming back

  // The server answers again, or says that this is no longer somebody it knows: a fresh page, or the way to sign in and back to it.
  async function reload() {
    const status = await negotiated();
    if (status > 0 && status < 500) location.reload();
    else setTimeout(reload, 1000);
  }

  // A sign-in that ended meanwhile lets nobody back into the circuit: the page's own address leads to sign-in, and back here.
  const isSignedOut = async () => (await negotiated()) === 401;

  // Asked where pages are: what stands before the servers lets nobody see how they are. 0: nobody is there.
  async function negotiated() {
    try {
      return (await fetch("/_blazor/negotiate?negotiateVersion=1", { method: "POST", cache: "no-store" })).status;
    } catch {
      return 0;
    }
  }

  // At once, then soon, then every few seconds for as long as the page is open.
  const WAITS = [0, 500, 1000, 1000, 2000, 2000, 3000];
  const waitBefore = (attempt) => WAITS[attempt] ?? 5000;

  function watchNotice(notice) {
    const says = (name) => notice.classList.contains(`components-reconnect-${name}`);
    let asking = false;
    const ask = async () => {
      if (asking) return;
      asking = true;
      while (says("show")) {
        await new Promise((resolve) => setTimeout(resolve, CALM));
        if (says("show") && (await isSignedOut())) location.reload();
      }
      asking = false;
    };
    new MutationObserver(() => (says("rejected") || says("failed") ? reload() : ask())).observe(notice, { attributeFilter: ["class"] });
  }

  // The sign-in has ended since the page was sent: the way to another one, and back. Or more pages are open than one account, or one
  // office, may have: what is here can be read, and does nothing.
  async function refused(reason) {
    const status = await negotiated();
    if (status === 401) location.reload();
    else if (status === 429) document.querySelector("#blazor-error-ui span").textContent = "Too many pages are open. Close some, then reload this one.";
    throw reason;
  }

  addEventListener("online", () => {
    if (document.querySelector("#components-reconnect-modal.components-reconnect-show")) Blazor.reconnect().then((known) => known || reload(), () => {});
  });

  addEventListener("DOMContentLoaded", () => {
    const notice = document.getElementById("components-reconnect-modal");
    if (!notice) return;
    watchNotice(notice);
    Blazor.start({
      circuit: {
        reconnectionOptions: { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: waitBefore, dialogId: notice.id },
        configureSignalR: (builder) => {
          const build = builder.build.bind(builder);
          builder.build = () => {
            const connection = build();
            const on = connection.on.bind(connection);
            const start = connection.start.bind(connection);
            connection.start = () => start().catch(refused);
            connection.on = (name, answer) => on(name, name === "JS.RenderBatch" ? hold(answer) : answer);
            return connection;
          };
        },
      },
    });
  });
})();
