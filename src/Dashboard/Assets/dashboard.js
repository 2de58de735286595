// What the browser does alone: theme, copying, closing menus. No inline handlers, so a strict
// content security policy holds.
(() => {
  const root = document.documentElement;

  Object.assign((window.conclude ??= {}), {
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,

    focus: (selector) => document.querySelector(selector)?.focus({ preventScroll: true }),

    // The state beside the address is the router's, which needs it to go back and forward.
    address: (address) => history.replaceState(history.state, "", address),

    // The first thing that is wrong, so that nobody has to look for it.
    showProblem: (selector) => {
      const form = document.querySelector(selector);
      const wrong = form?.querySelector('[aria-invalid="true"]') ?? form?.querySelector('[role="alert"]');
      wrong?.scrollIntoView({ block: "center" });
      if (wrong?.matches("input, textarea, select")) wrong.focus({ preventScroll: true });
    },

    // The frame has an origin of its own, so a message is all that reaches it; it says when it listens.
    preview: (frame, message) => {
      if (!frame) return;
      frame.message = message;
      if (frame.listens && message) frame.contentWindow.postMessage(message, "*");
    },
  });

  addEventListener("message", (e) => {
    if (e.data !== "conclude-preview") return;
    for (const frame of document.querySelectorAll(".preview iframe")) {
      if (frame.contentWindow !== e.source) continue;
      frame.listens = true;
      conclude.preview(frame, frame.message);
    }
  });

  document.addEventListener("click", (e) => {
    const target = e.target instanceof Element ? e.target : null;
    if (!target) return;

    const theme = target.closest("[data-theme-choice]");
    if (theme) {
      root.dataset.theme = theme.dataset.themeChoice;
      document.cookie = `conclude-theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
    }

    const copy = target.closest("[data-copy]");
    if (copy) copyFrom(copy);

    if (target.closest("#blazor-error-ui button")) location.reload();

    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target) || target.closest(".menu-item")) menu.open = false;
    }
  });

  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;

    // Escape leaves the drawer, which asks when something was typed; a dialog over it comes first.
    if (!document.querySelector(".rz-dialog:not(.rz-dialog-side)")) document.querySelector(".drawer [data-escape]")?.click();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  function copyFrom(button) {
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    const label = button.querySelector("[data-copy-label]") ?? button;
    const before = label.dataset.before ?? label.textContent;
    label.dataset.before = before;
    write(source.textContent).then(
      () => (label.textContent = "Copied"),
      () => (label.textContent = "Press Ctrl+C"),
    );
    clearTimeout(button.copied);
    button.copied = setTimeout(() => (label.textContent = before), 1600);

    // Without a secure context there is no clipboard API: select the text, so that one key copies it.
    function write(text) {
      if (navigator.clipboard) return navigator.clipboard.writeText(text);
      const range = document.createRange();
      range.selectNodeContents(source);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("copy"));
    }
  }

  // Blazor goes to the top after each navigation of its own. A range or a filter in the address is no other page: there the view stays.
  let path = location.pathname;
  const scroll = window.scrollTo.bind(window);
  window.scrollTo = (...to) => {
    const moved = path !== location.pathname;
    path = location.pathname;
    if (moved || to.length !== 2 || to[0] !== 0 || to[1] !== 0) scroll(...to);
  };
  addEventListener("popstate", () => (path = location.pathname));
})();
