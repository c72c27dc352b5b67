// Leave quickly: the screen is empty at once, while the sign-in ends, and nothing of it is shown again.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-leave]")) return;
  sessionStorage.clear();
  document.documentElement.style.display = "none";
});
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
