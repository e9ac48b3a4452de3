"use client";
import { Card } from "../components/card";
import { en } from "../i18n/en";
import "./globals.css";

/** Where not even the frame of the pages could be drawn, which knows the language. Next's own has inline styles. */
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
