// Before Streamlit's own script. At every address but / that would first ask the page's address for its server, get no
// answer and wait; here it is told. It freezes what it was told as it starts.
"use strict";
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };

// Others may see a wide screen: the door sends it no words that not everybody may read.
const secure = location.protocol === "https:";
document.cookie = `${secure ? "__Host-screen" : "screen"}=${innerWidth < 1800 ? "narrow" : "wide"}; path=/; SameSite=Lax${secure ? "; Secure" : ""}`;

// What this tab said about who sees its screen goes along to the page that a link opens.
addEventListener("click", ({ target }) => {
  const link = target instanceof Element && target.closest("a[href]");
  const said = new URLSearchParams(location.search).get("screen");
  if (!link || !said || link.origin !== location.origin || !/^\/[a-z_]*$/.test(link.pathname)) return;
  const address = new URL(link.href);
  address.searchParams.set("screen", said);
  link.href = address.href;
}, true);

// What the page says is in the document (#first) and is read while Streamlit arrives. Its files wait in a template until
// the words are on screen. Then it draws its page in the same place, hidden by one rule as long as #first is there.
// Once that page stands still with the same words, #first is taken away; where the reader was, they stay.
const first = document.getElementById("first");
const files = document.getElementById("streamlit-files");
const untilFaces = 1500;   // ms to wait for the faces before Streamlit's files
const untilTaken = 400;    // ms after which a page with other words takes over all the same

const drawn = "[data-testid=stMain]";
const words = (one) => one.textContent.replace(/\s+/g, "");
const named = (one) => `${one.href ?? ""} ${words(one) || one.ariaLabel}`;
const reached = "a[href], button, summary";

function start() {
  if (started) return;
  started = true;
  for (const file of files.content.children) {
    const tag = document.createElement(file.localName);
    for (const { name, value } of file.attributes) tag.setAttribute(name, value);
    tag.async = false;
    document.head.append(tag);
  }
}

function isAtRest() {
  return document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && document.querySelector(`${drawn} h1, ${drawn} [role=alert]`)
    && !document.querySelector("[data-testid=stAppSkeleton], [data-testid=stSkeleton]");
}

function hasSameWords() {
  const there = new Set([...document.querySelectorAll(`${drawn} .stHtml`)].map(words));
  return [...first.querySelectorAll("main .stHtml:not(.first-alone *)")].every((one) => there.has(words(one)) || one.matches(".st-key-find"));
}

function places() {
  return [...document.querySelectorAll(`${drawn} .stHtml, [data-testid=stTopNavLink]`)]
    .map((one) => { const box = one.getBoundingClientRect(); return `${box.x} ${box.y} ${box.height}`; }).join();
}

function isInUse() {   // a menu is open, words are chosen, a finger is down: not now
  const chosen = getSelection();
  return held || first.querySelector(".first-menu [open], .first-narrow[open]")
    || (!chosen.isCollapsed && first.contains(chosen.anchorNode));
}

function twin(one) {
  const alike = (all) => [...all].filter((other) => named(other) === named(one));
  const number = alike(first.querySelectorAll(reached)).indexOf(one);
  return alike(document.querySelectorAll(`#root :is(${reached})`))[Math.max(0, number)];
}

function handOver() {
  const focused = first.contains(document.activeElement) ? twin(document.activeElement) : null;
  const opened = [...first.querySelectorAll("main details[open] > summary")].map(twin);
  const top = first.querySelector("main").scrollTop;
  watch.disconnect();
  first.remove();
  document.querySelector(drawn).scrollTop = top;
  for (const one of opened) if (one) one.parentElement.open = true;
  focused?.focus({ preventScroll: true, focusVisible: true });   // a hidden one would not have taken it
}

let started = false, held = false, waiting = false, rested = 0, before = "";

function soon() {
  if (waiting) return;
  waiting = true;
  if (document.hidden) setTimeout(look, 50);   // a tab behind others gets no frames
  else requestAnimationFrame(look);
}

function look() {
  waiting = false;
  if (!first.isConnected) return;
  if (!isAtRest()) { rested = 0; return; }
  rested ||= performance.now();
  const late = performance.now() - rested > untilTaken;
  const now = places(), still = now === before && document.fonts.status === "loaded";
  before = now;
  if (!isInUse() && (late || (still && hasSameWords()))) handOver();
  else soon();
}

const watch = new MutationObserver(soon);
if (first) {
  first.classList.add("with-script");
  for (const [kind, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
    addEventListener(kind, () => { held = down; }, true);
  }
  watch.observe(document.getElementById("root"), { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-test-script-state"] });
  const faces = () => {
    document.fonts.ready.then(start);
    setTimeout(start, untilFaces);
  };
  if (document.hidden) start();
  else requestAnimationFrame(() => setTimeout(faces));
}
