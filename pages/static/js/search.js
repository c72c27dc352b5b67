// What was searched for last stays with this tab, never in an address: links open a new document, and Back then finds
// an empty box on the search page. It is filled again, once, for the person who is still signed in.
const frameBox = ".st-key-find-box input";
const pageBox = ".st-key-search-box input";
const place = "last-search";
let filled = false;

function whose() {
  const token = document.querySelector(".who [name=token]")?.value ?? "";
  return [...token].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2147483647, 7);
}

function keep(words) {
  if (words) sessionStorage.setItem(place, JSON.stringify({ whose: whose(), words }));
  else sessionStorage.removeItem(place);
}

function kept() {
  try {
    const last = JSON.parse(sessionStorage.getItem(place));
    if (last?.whose === whose()) return last.words;
    sessionStorage.removeItem(place);   // of somebody who was here before
    return "";
  } catch {
    return "";
  }
}

function fillAgain() {
  const box = document.querySelector(pageBox);
  if (!box || filled || document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning") return;
  filled = true;
  const words = kept();
  if (!words || box.value) return;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, words);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
}

document.addEventListener("input", ({ target }) => {
  if (target.matches?.(pageBox)) keep(target.value.trim());
}, true);
document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Enter" && target.matches?.(frameBox)) keep(target.value.trim());
}, true);
document.addEventListener("submit", ({ target }) => {
  if (target.matches?.('[action="/sign-out"]')) sessionStorage.removeItem(place);
}, true);
new MutationObserver(fillAgain).observe(document.body, {
  childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
});
