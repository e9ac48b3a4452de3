"use client";
import { useEffect } from "react";

/** Installs the service worker, which shows a page of ours when the server cannot be reached. Not in development, where it would outlive the server. */
export function ServiceWorker(): null {
  useEffect(() => {
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    // Browsers forbid it in some private windows; the app works without it.
    navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
  }, []);
  return null;
}
