// Inside the preview's frame: shows with the real widget what the drawer says, and again when it was answered or closed.
(() => {
  const AGAIN = 600;
  let told;
  let step = "question";
  let close;
  let again;

  // The card waits for attention as long as its tab is hidden; here it waits as long as the drawer is open.
  Object.defineProperty(document, "hidden", { get: () => true });
  // It takes the focus for the text box, which would take it from the form that is being filled in.
  HTMLTextAreaElement.prototype.focus = () => {};

  const card = () => document.querySelector("conclude-prompt");

  function show(still) {
    clearTimeout(again);
    close?.();
    const { question, followUp, words, accent, onAccent, mode, placement } = told;
    close = Conclude.preview({ question, followUp, words }, { accent, onAccent, mode, placement });
    if (step === "comment") card()?.shadowRoot.querySelector("[data-reaction=neutral]").click();
    // Not a dance at each key.
    if (still) for (const animation of card()?.shadowRoot.getAnimations() ?? []) animation.finish();
  }

  addEventListener("message", (e) => {
    if (e.source !== parent || e.origin !== location.origin) return;
    const before = told;
    told = e.data;
    document.documentElement.toggleAttribute("data-dark", told.dark);
    if (before && before.followUp !== told.followUp) step = "comment";
    else if (before?.question !== told.question) step = "question";
    show(!!before);
  });

  new MutationObserver(() => {
    if (card()) return;
    step = "question";
    clearTimeout(again);
    again = setTimeout(show, AGAIN);
  }).observe(document.body, { childList: true });

  parent.postMessage("conclude-preview", location.origin);
})();
