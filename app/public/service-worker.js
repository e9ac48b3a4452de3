// Shows offline.html when the server cannot be reached. It stores that page and its parts, and nothing else: no other page, no answer of the
// server, nothing that a person wrote.

const FILES = ["/offline.html", "/offline.css", "/offline.js", "/icon.svg"];

/** Named after the content of the files, so that a changed one is fetched; a test says the right name. */
const CACHE = "offline-61aa2991";

self.addEventListener("install", (event) => {
  event.waitUntil(store());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOtherCaches());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(pageOr(request, "/offline.html"));
  else if (FILES.includes(pathname)) event.respondWith(pageOr(request, pathname));
});

async function store() {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache, which may have those of an earlier release.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
}

async function removeOtherCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function pageOr(request, stored) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(stored)) ?? Response.error();
  }
}
