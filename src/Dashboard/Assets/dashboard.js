// What the browser does alone: theme, copying, closing menus, coming back after a lost connection. No inline handlers, so a strict
// content security policy holds.
(() => {
  const root = document.documentElement;

  window.conclude = {
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,

    focus: (selector) => document.querySelector(selector)?.focus({ preventScroll: true }),

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
  };

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

    if (target.closest("#components-reconnect-modal button")) Blazor.reconnect().then((ok) => ok || location.reload());
    if (target.closest("#blazor-error-ui button")) location.reload();

    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target) || target.closest(".menu-item")) menu.open = false;
    }
  });

  document.addEventListener("input", (e) => {
    const drawer = e.target instanceof Element && e.target.closest(".drawer");
    if (drawer) drawer.dataset.touched = "";
  });

  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;

    // Escape leaves the drawer, unless something was typed: that is not thrown away by a single key.
    document.querySelector(".drawer:not([data-touched]) [data-escape]")?.click();
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

  // A server that restarted no longer knows the circuit: only a fresh page helps, and it loses nothing but open drawers.
  const modal = document.getElementById("components-reconnect-modal");
  if (modal) {
    new MutationObserver(() => {
      if (modal.classList.contains("components-reconnect-rejected")) location.reload();
    }).observe(modal, { attributeFilter: ["class"] });
  }
})();
