// After a press the focus moves to what the press brought. Streamlit often removes the pressed button, and the focus
// with it: the next Tab would begin at the top of the page, and a screen reader would say nothing.
// The focus stays while somebody types, or once they have moved it themselves.
const app = "[data-testid=stApp]";
const main = "[data-testid=stMain]";
const answer = "[data-focus]";   // what was done, or why not
const decision = ["release", "ask-release", "keep"].map((name) => `[class*=st-key-${name}-] button`).join();
const brought = [
  ":is(.st-key-next-reply, .st-key-open-next) button",   // after a decision about an entry: the next one
  answer,
  ":is(h1, h2, h3)",
  ":is(button, a, input, textarea):not(:disabled)",
];
const quiet = 100;   // ms without a change before a page counts as drawn

let held = null;     // what has, or had, the keyboard
let pressed = null;  // what the last key or click was on
let arrived = [];    // since then
let timer = 0;

function isLost() {
  return held && document.activeElement === document.body && (!held.isConnected || held.disabled);
}

function firstThatArrived(kind) {
  return [...document.querySelectorAll(`${main} ${kind}`)].find(
    (one) => one.checkVisibility() && arrived.some((part) => part.contains(one)),
  );
}

function goOn() {
  if (document.querySelector(app)?.dataset.testScriptState !== "notRunning") return;
  const lost = isLost();
  const answered = pressed && pressed === document.activeElement && firstThatArrived(answer);
  if (!lost && !answered) return;
  const goal = brought.map(firstThatArrived).find(Boolean) ?? document.querySelector(main);
  tellBeside(goal);
  if (goal?.tabIndex < 0) goal.tabIndex = -1;   // a heading takes the keyboard, and Tab still passes it by
  arrived = [];
  goal?.focus();
}

// The answer is read out with what has the keyboard in its place.
function tellBeside(goal) {
  const told = firstThatArrived(answer);
  if (!goal || !told || goal === told) return;
  told.id ||= "just-done";
  goal.setAttribute("aria-describedby", told.id);
}

// A key that is held down presses nothing again: what it brought has not been read.
function notAgain(event) {
  if (event.repeat && event.key === "Enter" && event.target.closest?.("button, a")) event.preventDefault();
}

// From the heading of an opened entry straight to the decision, past the boxes.
function toDecision(event) {
  if (!event.target.closest?.("[data-to-decision]")) return;
  event.preventDefault();
  [...document.querySelectorAll(decision)].find((one) => one.checkVisibility())?.focus();
}

function notePress({ target }) {
  pressed = target.closest?.("button");
  arrived = [];
}

document.addEventListener("pointerdown", notePress, true);
document.addEventListener("keydown", notePress, true);
document.addEventListener("keydown", notAgain, true);
document.addEventListener("click", toDecision);
document.addEventListener("focusin", ({ target }) => {
  held = target;
});
document.addEventListener("focusout", ({ target }) => {
  setTimeout(() => {   // by then a removed part is gone; one that only lost focus is still there
    if (held === target && !isLost() && document.activeElement === document.body) held = null;
  });
});

new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const part of addedNodes) if (part.nodeType === Node.ELEMENT_NODE) arrived.push(part);
  }
  clearTimeout(timer);
  timer = setTimeout(goOn, quiet);
}).observe(document.body, {
  childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
});
