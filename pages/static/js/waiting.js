// Where the live connection is refused - by a proxy that passes none, or because too many tabs are open - Streamlit shows
// an empty frame and tries again for ever. After a while a sentence says so. It goes when the page comes.
const patience = 6_000;   // ms after the frame was drawn
const waitingWords = "This page has no live connection yet. Wait here: it tries again by itself. If many tabs of this site are open, close some. If it stays like this, tell the person who gave you your account.";
let framedAt = 0;

function lookForPage() {
  const said = document.getElementById("waiting");
  if (document.querySelector("[data-testid=stMain] .stHtml")) {
    said?.remove();
    clearInterval(looking);
  } else if (document.querySelector("[data-testid=stApp]")) {
    framedAt ||= performance.now();
    if (said || performance.now() - framedAt < patience) return;
    const sentence = document.createElement("p");
    Object.assign(sentence, { id: "waiting", role: "status", textContent: waitingWords });
    document.body.append(sentence);
  }
}

const looking = setInterval(lookForPage, 1_000);
