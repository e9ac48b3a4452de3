"use client";
import { Card } from "../components/card";
import { en } from "../i18n/en";
import "./globals.css";

/** Shown when the root layout, which knows the language, fails to render. Next's default page has inline styles, which our policy forbids. */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <Card title={en.errorTitle}>
          <button type="button" onClick={reset}>
            {en.retry}
          </button>
        </Card>
      </body>
    </html>
  );
}
