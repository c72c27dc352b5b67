// Before a form is sent: is there a network? Without one the browser would show a page of its own in place of the words.
// Nothing is stored here: the words stay in the form.
"use strict";

const PATIENCE = 10 * 1000;
const told = document.getElementById("no-network");
const reached = new WeakSet(); // forms that may go: asked a moment ago
let asking = false;

async function reaches() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
    return answer.status < 500;
  } catch {
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || !button || !form.requestSubmit || reached.delete(form)) return;
  event.preventDefault();
  if (asking) return;
  asking = true;
  const label = button.matches(".button") ? [...button.childNodes] : null;
  if (label) button.textContent = told.dataset.sending;
  const there = await reaches();
  asking = false;
  if (!form.isConnected) return; // they left quickly
  told.hidden = there;
  if (there) {
    reached.add(form);
    form.requestSubmit(button);
    if (label) setTimeout(() => button.replaceChildren(...label), 60 * 1000); // a file came in place of a page
  } else {
    if (label) button.replaceChildren(...label);
    button.before(told);
    told.scrollIntoView({ block: "center" });
  }
});
