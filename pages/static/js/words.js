// A few of Streamlit's own words, replaced by ours: the visible "Menu", "Close" and "More" of the
// menu are also what a screen reader and voice control hear, and a lost connection is reported without "server".
// The box for a file is a group, so that its name is read with its button.
const names = {
  "[data-testid=stExpandSidebarButton]": "Menu",
  "[data-testid=stSidebarCollapseButton] button": "Close",
  "[data-testid=stTopNav] > :last-child button": "More pages",
};
const lost = "We cannot reach the dashboard. Wait here. It comes back by itself.";

function reword() {
  for (const [where, name] of Object.entries(names)) {
    const button = document.querySelector(where);
    if (button && button.ariaLabel !== name) button.ariaLabel = name;
  }
  for (const box of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]")) {
    box.role = "group";
  }
  for (const words of document.querySelectorAll("[role=dialog] > h2 + div > div")) {
    if (words.textContent.startsWith("Streamlit server")) words.textContent = lost;
  }
}

new MutationObserver(reword).observe(document.body, { childList: true, subtree: true });
