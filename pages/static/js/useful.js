// A tab has one answer for each page: pressed again, also after a reload, it is counted once, as it was pressed last.
// Was this page useful? The answer is sent without leaving the page, where somebody may have typed something.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.useful")) return;
  event.preventDefault();
  const answer = new URLSearchParams(new FormData(form));
  answer.set("useful", event.submitter ? event.submitter.value : "yes");
  const asked = `useful-${answer.get("useful_of")}-${document.querySelector(".who [name=token]")?.value.slice(0, 16) ?? ""}`;
  answer.set("useful_key", sessionStorage.getItem(asked) ?? answer.get("useful_key"));
  const thanks = form.querySelector(".useful-thanks"), lost = form.querySelector(".useful-lost");
  const kept = await fetch(form.action, { method: "POST", body: answer }).then((sent) => sent.ok && !sent.redirected, () => false);
  lost.hidden = kept;
  thanks.hidden = !kept;
  if (!kept) return;
  sessionStorage.setItem(asked, answer.get("useful_key"));
  form.querySelector("[role=group]").hidden = true;
  thanks.focus();
});
