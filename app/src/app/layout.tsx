import { type Metadata, type Viewport } from "next";
import { type ReactNode } from "react";
import { DictionaryProvider } from "../components/dictionary";
import { en } from "../i18n/en";
import { requestLocale } from "../i18n/request";
import "./globals.css";

export const metadata: Metadata = { title: en.productName, icons: { icon: "/icon.svg" } };

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Reads the request for its language, so every page is made for its request: each has a nonce of its own. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const locale = await requestLocale();
  return (
    <html lang={locale}>
      <body>
        <DictionaryProvider locale={locale}>{children}</DictionaryProvider>
      </body>
    </html>
  );
}
