// What staff type is handed on when they pause, as by Ctrl+Enter or Enter, and not only when they leave the box: so it
// is kept when the session ends, the page is reloaded or the browser goes back. Boxes of young people, of passwords and
// of private notes are not among these.
const kept = "[class*=st-key-draft-] :is(textarea, input)";
const pause = 700;   // ms without a key

const waiting = new Map();

function handOn(box) {
  clearTimeout(waiting.get(box));
  if (!waiting.delete(box) || !box.isConnected) return;
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
}

function handOnAll() {
  for (const box of [...waiting.keys()]) handOn(box);
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(kept)) return;
  clearTimeout(waiting.get(target));
  waiting.set(target, setTimeout(handOn, pause, target));
}, true);
// Streamlit sends what it is handed a moment later, so whoever is about to leave is noticed before the page goes: by
// the key (F5, Ctrl+R, Alt+Left), the pointer on its way to the browser's own buttons, the window that is left.
document.addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey, isTrusted }) => {
  if (isTrusted && (key === "F5" || ctrlKey || altKey || metaKey)) handOnAll();
}, true);
document.documentElement.addEventListener("pointerleave", handOnAll);
window.addEventListener("blur", handOnAll);
window.addEventListener("popstate", handOnAll, true);
window.addEventListener("beforeunload", handOnAll);   // while there is still a connection
document.addEventListener("visibilitychange", handOnAll);
