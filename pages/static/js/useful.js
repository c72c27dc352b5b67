// Was this page useful? The answer is sent without leaving the page, where somebody may have typed something.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.useful")) return;
  event.preventDefault();
  const answer = new URLSearchParams(new FormData(form));
  answer.set("useful", event.submitter ? event.submitter.value : "yes");
  const thanks = form.querySelector(".useful-thanks"), lost = form.querySelector(".useful-lost");
  const kept = await fetch(form.action, { method: "POST", body: answer }).then((sent) => sent.ok && !sent.redirected, () => false);
  lost.hidden = kept;
  thanks.hidden = !kept;
  if (!kept) return;
  form.querySelector("[role=group]").hidden = true;
  thanks.focus();
});
