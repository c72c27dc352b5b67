// What a script adds to pages for young people; every page is complete without it.
"use strict";

// The code of a card just sent is kept in this tab for ten minutes, so that Back can show it again (draft.js).
const SENT = "card-sent";
const PASS = "card-pass"; // what Back and Reload send in place of the code of a card that was shown
const MOMENT = 10 * 60 * 1000;
function forgetSent() {
  const sent = JSON.parse(sessionStorage.getItem(SENT));
  if (!sent) return;
  const left = sent.at + MOMENT - Date.now();
  if (left > 0) setTimeout(forgetSent, left);
  else sessionStorage.removeItem(SENT);
}
forgetSent();
// Once they have their code, or close their card, Back shows it no more.
if (document.querySelector("[data-code-kept]")) sessionStorage.removeItem(SENT);
for (const way_out of document.querySelectorAll("[data-forget-code]")) {
  way_out.addEventListener("click", () => {
    sessionStorage.removeItem(SENT);
    sessionStorage.removeItem(PASS);
  });
}

// A page that answers a form is, for Back and Reload, the page one gets by its address: no browser asks whether to send the
// form again, or shows a page of its own instead. The code is in no address, so /card then asks for it; or, where a card was
// shown in that place of the history of this tab, sends the pass that the card left there. It ends after ten minutes, and
// with the way out, or once they close the card or take it back.
const shown = document.querySelector("[data-card-pass]");
if (shown?.dataset.cardPass) sessionStorage.setItem(PASS, shown.dataset.cardPass);
else if (shown) sessionStorage.removeItem(PASS);
history.replaceState(shown ? { card: true } : history.state, "");
const again = document.querySelector("[data-card-again]");
if (again && history.state?.card && sessionStorage.getItem(PASS)) {
  again.elements.pass.value = sessionStorage.getItem(PASS);
  sessionStorage.removeItem(PASS); // the card brings another; without one nothing is sent twice
  again.submit();
}

// Leave quickly: nothing stays on the device or the screen, and Back shows nothing.
for (const way_out of document.querySelectorAll("[data-leave]")) {
  way_out.addEventListener("click", (event) => {
    event.preventDefault();
    sessionStorage.removeItem("card-draft");
    sessionStorage.removeItem("card-draft-mine");
    localStorage.removeItem("card-draft");
    sessionStorage.removeItem(SENT);
    sessionStorage.removeItem(PASS);
    for (const form of document.forms) form.replaceChildren();
    document.body.replaceChildren();
    navigator.sendBeacon("/leave"); // who is signed in is signed out
    location.replace(way_out.href);
  });
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted && !document.body.children.length) location.replace(location.pathname);
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Space presses what looks like a button, as Enter does.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("a.button, a.pill, a.help-now, a.quiet")) return;
  event.preventDefault();
  event.target.click();
});

// The title of the tab follows the step that is shown.
const called = document.title;
function follow() {
  const step = document.querySelector(".step:is(:target, :has(:target)) h2");
  document.title = step ? `${step.textContent.trim()} – ${called}` : called;
  return step;
}
// After Next, what is read out and reached next is the question.
window.addEventListener("hashchange", () => {
  const step = follow();
  if (!step || location.hash.startsWith("#help")) return;
  step.tabIndex = -1;
  step.focus({ preventScroll: true });
  // A key pressed sooner than the page turned may have scrolled it on.
  const { top } = step.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) step.closest(".step").scrollIntoView({ behavior: "instant" });
});
follow();

// The words that a drawing in a room carries stand after the # of the address: no server saw them.
const join = document.querySelector("[data-join-code]");
const carried = join && location.hash.match(/^#([a-z]+)-([a-z]+)$/);
if (carried && !join.value) {
  join.value = `${carried[1]} ${carried[2]}`;
  history.replaceState(null, "", location.pathname);
}

const faults = document.getElementById("faults");
if (faults) faults.focus();

// Read to me: shown only where the device has a voice for this language.
const reader = document.querySelector("[data-read]");
if (reader && "speechSynthesis" in window) {
  const label = reader.querySelector("span");
  const start = label.textContent;
  const voice = () =>
    speechSynthesis.getVoices().find((one) => one.lang.replace("_", "-").startsWith("en"));
  const look = () => { reader.hidden = !voice(); };
  look();
  speechSynthesis.addEventListener("voiceschanged", look);
  const rest = () => { label.textContent = start; };
  reader.addEventListener("click", () => {
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    rest();
    if (speaking) return;
    const said = new SpeechSynthesisUtterance(document.querySelector(".words").innerText);
    said.voice = voice();
    said.lang = said.voice.lang;
    said.rate = 0.9;
    said.onend = rest;
    label.textContent = reader.dataset.stop;
    speechSynthesis.speak(said);
  });
  window.addEventListener("hashchange", () => { speechSynthesis.cancel(); rest(); });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}
