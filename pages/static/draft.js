// The draft of a card, kept only on this device: for this tab, or for one day if the box is ticked.
"use strict";

const NAME = "card-draft";
const MINE = "card-draft-mine"; // in this tab somebody said that the words kept on the phone are theirs
const DAY = 24 * 60 * 60 * 1000;
const LONGEST = 5000;
const NEARLY_FULL = LONGEST * 0.8; // before it nobody needs to be told how many letters are left

function read(store) {
  try {
    return JSON.parse(store.getItem(NAME));
  } catch { // what cannot be read is no draft
    return null;
  }
}

// With a key, only the draft of that form goes: another tab may be writing another card.
function wipe(key) {
  for (const store of [sessionStorage, localStorage]) {
    if (key && read(store)?.said.key !== key) continue;
    store.removeItem(NAME);
    if (!key || store === localStorage) sessionStorage.removeItem(MINE);
  }
}

function kept() {
  for (const store of [sessionStorage, localStorage]) {
    const draft = read(store);
    if (draft && (store === sessionStorage || Date.now() - draft.at < DAY)) return draft;
    store.removeItem(NAME);
  }
  return null;
}

function letters(text) {
  return [...text.normalize("NFC").trim()].length;
}

function write(form) {
  const keep = form.querySelector("[data-keep]");
  const status = form.querySelector(".kept");
  const boxes = form.querySelectorAll("textarea");
  const here = form.querySelector("[data-here]");
  const gone = form.querySelector("[data-private-gone]");
  const secret = new Set([...form.querySelectorAll("[data-private] [name]")].map((field) => field.name));

  function count(box) {
    const line = form.querySelector(`[data-count=${box.name}]`);
    const left = LONGEST - letters(box.value);
    line.hidden = left > LONGEST - NEARLY_FULL;
    line.classList.toggle("over", left < 0);
    const count = Math.abs(left);
    const one = count === 1 ? "One" : "";
    const sentence = line.dataset[`${left < 0 ? "over" : "left"}${one}`];
    line.textContent = sentence.replace("{count}", count.toLocaleString("en-GB"));
  }

  function save() {
    const said = Object.fromEntries(new FormData(form));
    delete said.form_pass;
    for (const name of secret) delete said[name]; // how to reach somebody, and whom it is about
    const { key, ...rest } = said;
    boxes.forEach(count);
    const store = keep.checked ? localStorage : sessionStorage;
    if (!Object.values(rest).some((value) => value.trim())) return store.removeItem(NAME);
    store.setItem(NAME, JSON.stringify({ at: Date.now(), kept: keep.checked, said }));
    if (keep.checked) sessionStorage.setItem(MINE, "yes");
    status.textContent = keep.checked ? status.dataset.keptDay : status.dataset.keptTab;
  }

  // What was typed before somebody said that the words kept here are theirs stays, below those.
  function fill(draft) {
    for (const [name, value] of Object.entries(draft.said)) {
      const field = form.elements[name];
      const typed = field?.matches?.("textarea") ? field.value.trim() : "";
      if (field) field.value = typed && !value.includes(typed) ? `${value}\n\n${typed}`.trim() : value;
    }
    keep.checked = draft.kept;
    gone.hidden = false; // the private part was never kept, filled or not
  }

  // Words kept for a day may be somebody else's: nothing of them is shown before a person says whose they are.
  function ask(draft) {
    here.hidden = false;
    here.querySelector("[data-mine]").addEventListener("click", () => {
      here.hidden = true;
      fill(draft);
      save();
    });
    here.querySelector("[data-not-mine]").addEventListener("click", () => {
      here.hidden = true;
      wipe();
      save();
    });
  }

  const draft = kept();
  const asks = draft && draft.kept && !sessionStorage.getItem(MINE) && !("filled" in form.dataset);
  if (asks) ask(draft);
  else if (draft && "filled" in form.dataset) keep.checked = draft.kept;
  else if (draft) fill(draft);
  keep.closest("label").hidden = false;
  if (!asks) save();
  keep.addEventListener("change", () => wipe(form.elements.key.value));
  for (const part of form.querySelectorAll("[data-private]")) {
    part.addEventListener("input", () => { gone.hidden = true; });
  }
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const box of boxes) box.value = "";
    keep.checked = false;
    save();
    wipe();
    status.textContent = status.dataset.gone;
    boxes[0].focus();
  });
}

// Back after sending leads to the form. For ten minutes, in this tab and by Back only, it shows the code of the card
// that was sent. Anyone who comes to the form in another way sees an empty form.
function remember(code) {
  sessionStorage.setItem(SENT, JSON.stringify({ at: Date.now(), code }));
  forgetSent();
}

function showAgain(form) {
  const again = document.querySelector("[data-sent-again]");
  const sent = JSON.parse(sessionStorage.getItem(SENT));
  if (!again || !sent || Date.now() - sent.at >= MOMENT) return sessionStorage.removeItem(SENT);
  again.querySelector("[data-card-code]").textContent = sent.code;
  again.querySelector("[name=code]").value = sent.code;
  again.hidden = false;
  form.hidden = true;
  for (const part of document.querySelectorAll(".progress")) part.hidden = true;
  // The browser would scroll to where Send was, which is far below the code.
  history.scrollRestoration = "manual";
  scrollTo(0, 0);
}

const form = document.getElementById("card");
const code = document.querySelector("[data-wipe] [data-card-code]");
const wayHere = performance.getEntriesByType("navigation")[0]?.type;
if (form) {
  write(form);
  if (wayHere === "back_forward") showAgain(form);
  else sessionStorage.removeItem(SENT);
  window.addEventListener("pageshow", (event) => { if (event.persisted) showAgain(form); });
}
const sent = document.querySelector("[data-wipe]");
if (sent) wipe(sent.dataset.wipe);
if (code) remember(code.textContent);
