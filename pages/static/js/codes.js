// The box for a card code: no browser may translate, correct or capitalise what is typed into it, nor translate the
// words offered for it. Streamlit has no setting for these.
const plain = { lang: "en", translate: "no", spellcheck: "false", autocapitalize: "none", autocorrect: "off" };

function keepAsTyped() {
  for (const box of document.querySelectorAll(".st-key-card-code input:not([translate])")) {
    for (const [name, value] of Object.entries(plain)) box.setAttribute(name, value);
  }
  for (const word of document.querySelectorAll("[class*=st-key-instead-] button:not([translate])")) {
    word.lang = "en";
    word.setAttribute("translate", "no");
  }
}

new MutationObserver(keepAsTyped).observe(document.body, { childList: true, subtree: true });
