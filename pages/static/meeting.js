// The screen of a meeting asks for itself every two seconds and shows what changed, so each screen follows the one that is
// turned. Without an answer it stays as it is, with a grey dot. Whoever may not see it any more leaves it for what is told.
"use strict";

const EVERY = 2000;
const away = document.querySelector("[data-away]");
let shown = document.querySelector("main");
let asked = 0; // the answer to a press wins over one that was asked for before
let waiting = 0;
let turning = false; // from a press until what it turned to is shown: one press is one step

function show(text, url) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const now = page.querySelector("main");
  if (!now?.dataset.screen) return location.assign(url); // signed out, or not for them any more
  if (now.outerHTML === shown.outerHTML) return;
  const turned = now.dataset.screen !== shown.dataset.screen;
  if (!turned && shown.contains(document.activeElement) && document.activeElement !== document.body) keepFocus(now);
  const here = document.importNode(now, true);
  shown.replaceWith(here);
  shown = here;
  if (turned) window.scrollTo(0, 0);
}

function keepFocus(now) {
  const label = document.activeElement.getAttribute("aria-label");
  requestAnimationFrame(() => [...shown.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === label)?.focus());
}

async function ask(address, options) {
  const mine = ++asked;
  waiting += 1;
  try {
    const answer = await fetch(address, { cache: "no-store", ...options });
    const text = await answer.text();
    if (answer.status >= 500) throw new Error(answer.status);
    away.hidden = true;
    if (mine === asked) show(text, answer.url);
  } catch { // the server or the network is away: the same screen stays
    away.hidden = false;
  } finally {
    waiting -= 1;
  }
}

async function press(name) {
  const form = document.querySelector(`[data-turn=${name}]`);
  if (turning || !form || form.querySelector("button").disabled) return;
  turning = true;
  form.querySelector("button").classList.add("pressed");
  await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  turning = false;
  shown.querySelectorAll(".pressed").forEach((one) => one.classList.remove("pressed")); // no answer: press again
}

const FORWARD = ["ArrowRight", "ArrowDown", "PageDown"]; // a clicker sends these too
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
document.addEventListener("keydown", (event) => {
  const name = FORWARD.includes(event.key) ? "next" : BACK.includes(event.key) ? "back" : "";
  if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  press(name);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-turn]");
  if (!form) return;
  event.preventDefault();
  press(form.dataset.turn);
});
setInterval(() => waiting || ask(location.href.split("#")[0]), EVERY); // on a slow line one at a time
