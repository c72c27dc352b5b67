// The screen of a room: asks every two seconds what is on it, until the session is over. Without an answer it stays as
// it is, with a grey dot. Whoever may not see it any more, or is signed out, leaves an empty screen.
"use strict";

const EVERY = 2000;
const address = document.body.dataset.address;
const said = document.querySelector("[data-said]");
const lead = document.querySelector("[data-lead]");
const waits = document.querySelector("[data-waits]");
const left = Number(document.body.dataset.left ?? 0); // seconds until its code works no more
let over = !left;
const asking = left ? setInterval(ask, EVERY) : 0;
const away = document.querySelector("[data-away]");
const turn = document.querySelector("[data-turn]");
const aside = document.querySelector("[data-aside]");
const wall = document.body.classList.contains("wall");

function show(told) {
  if (told.code !== document.body.dataset.code) aside?.remove(); // it opens nothing any more
  if (told.open !== wall || told.code !== document.body.dataset.code) return location.reload();
  const number = String(told.number ?? "");
  if (said.dataset.number !== number || said.textContent !== told.words) {
    said.dataset.number = number;
    said.textContent = told.words;
    said.className = `said size-${told.size}`;
    said.hidden = !told.words;
    lead.hidden = Boolean(told.words);
  }
}

function blank() {
  said.hidden = true;
  said.textContent = said.dataset.number = "";
  lead.hidden = false;
}

function end() {
  clearInterval(asking);
  over = true;
  blank();
  lead.textContent = lead.dataset.over;
  for (const one of [waits, aside]) one?.remove();
}

async function ask() {
  if (over) return;
  try {
    const answer = await fetch(`${address}/now`, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) blank();
    if (!answer.ok) throw new Error(answer.status);
    const told = await answer.json();
    away.hidden = true;
    if (!over) show(told);
  } catch { // the server or the network is away: the same words stay
    away.hidden = false;
  }
}

async function press(by) {
  if (!turn) return;
  turn.elements.seen.value = said.dataset.number;
  turn.elements.by.value = by;
  try {
    await fetch(turn.action, { method: "POST", body: new URLSearchParams(new FormData(turn)), redirect: "error" });
  } catch { // pressed while nobody hears it
    away.hidden = false;
  }
  await ask();
}

const FORWARD = ["ArrowRight", "ArrowDown", "PageDown", "Enter", " "]; // a clicker sends these too
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
document.addEventListener("keydown", (event) => {
  const by = FORWARD.includes(event.key) ? "next" : BACK.includes(event.key) ? "back" : "";
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  press(by);
});
if (left) setTimeout(end, Math.min(left * 1000, 2 ** 31 - 1)); // a timer counts no longer
