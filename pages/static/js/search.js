// What was searched for last stays with this tab, never in an address: links open a new document, and Back then finds
// an empty box on the search page. It is filled again, once, for the person who is still signed in.
const frameBox = ".st-key-find-box input";
const pageBox = ".st-key-search-box input";
const cardsBox = ".st-key-cards-search input";
const place = "last-search", cardsPlace = "cards-search";
let filled = false;

function whose() {
  const token = document.querySelector(".who [name=token]")?.value ?? "";
  return [...token].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2147483647, 7);
}

function keep(words, where = place) {
  if (words) sessionStorage.setItem(where, JSON.stringify({ whose: whose(), words }));
  else sessionStorage.removeItem(where);
}

function kept(where) {
  try {
    const last = JSON.parse(sessionStorage.getItem(where));
    if (last?.whose === whose()) return last.words;
    sessionStorage.removeItem(where);   // of somebody who was here before
    return "";
  } catch {
    return "";
  }
}

// The box of the report cards is filled again only where one of its own filters was followed.
function keptFrom(box) {
  if (box.matches(pageBox)) return kept(place);
  const words = kept(cardsPlace);
  sessionStorage.removeItem(cardsPlace);
  return words;
}

function fillAgain() {
  const box = document.querySelector(`${pageBox}, ${cardsBox}`);
  if (!box || filled || document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning") return;
  filled = true;
  const words = keptFrom(box);
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
document.addEventListener("click", ({ target }) => {
  const box = document.querySelector(cardsBox);
  if (box && target.closest?.(".cards-filters a")) keep(box.value.trim(), cardsPlace);
}, true);
document.addEventListener("submit", ({ target }) => {
  if (!target.matches?.('[action="/sign-out"]')) return;
  for (const where of [place, cardsPlace]) sessionStorage.removeItem(where);
}, true);
new MutationObserver(fillAgain).observe(document.body, {
  childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
});
