// The menu in sections. Streamlit does not say which section a page is in; its narrow menu is a list that holds
// more than list items, stays over the page on a desk at 200 % zoom, and loses the focus when it opens and closes.
const bar = "[data-testid=stTopNav]";
const narrow = "[data-testid=stSidebar][data-collapsed=false]";
const menu = "[data-testid=stExpandSidebarButton]";
const close = "[data-testid=stSidebarCollapseButton] button";

function setCurrent(button, current) {
  if (!current) button.removeAttribute("aria-current");
  else if (button.ariaCurrent !== "true") button.ariaCurrent = "true";
}

function markSection() {
  const here = document.querySelector(".who")?.dataset.section;
  const more = document.querySelector(`${bar} > :last-child button`);
  for (const button of document.querySelectorAll(`${bar} button`)) {
    if (button !== more) setCurrent(button, here && button.textContent.trim() === here);
  }
  if (more) setCurrent(more, document.querySelector(`${bar} > [aria-hidden=true] [aria-current]`));
}

function mendNarrow() {
  for (const list of document.querySelectorAll("[data-testid=stSidebarNavItems]:has(header)")) {
    for (const part of [list, ...list.querySelectorAll("li:not([role])")]) part.role = "presentation";
    for (const [number, header] of list.querySelectorAll("header").entries()) {
      header.role = "presentation";
      header.id = `menu-section-${number}`;
      header.parentElement.role = "group";
      header.parentElement.setAttribute("aria-labelledby", header.id);
    }
  }
}

function mend() {
  markSection();
  mendNarrow();
}

function focusNext(...found) {
  setTimeout(() => found.map((one) => document.querySelector(one)).find(Boolean)?.focus());
}

function shutNarrow() {
  document.querySelector(`${narrow} ${close}`)?.click();
}

document.addEventListener("click", ({ target }) => {
  if (target.closest(menu)) focusNext(`${narrow} a[aria-current]`, `${narrow} a`);
  else if (target.closest(close)) focusNext(menu);
  else if (target.closest(`${narrow} a`)) {
    setTimeout(() => {
      shutNarrow();
      focusNext("[data-testid=stMain]");
    });
  }
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") shutNarrow();
});

new MutationObserver(mend).observe(document.body, {
  childList: true, subtree: true, attributes: true, attributeFilter: ["aria-hidden"],
});
