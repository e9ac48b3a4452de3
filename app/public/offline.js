// Of offline.html: shows one of its languages, and opens the wanted page as soon as the server answers again.
const RETRY_MS = 5000;

const language = navigator.language.startsWith("ja") ? "ja" : "en";
document.documentElement.lang = language;
for (const section of document.querySelectorAll("section")) section.hidden = section.lang !== language;
for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => location.reload());

async function reloadWhenReachable() {
  try {
    const response = await fetch("/robots.txt", { method: "HEAD", cache: "no-store" });
    if (response.ok) location.reload();
  } catch {
    // Not yet.
  }
}

addEventListener("online", reloadWhenReachable);
// At random times, because many people may be waiting for the same server.
setInterval(reloadWhenReachable, RETRY_MS * (0.75 + Math.random() / 2));
