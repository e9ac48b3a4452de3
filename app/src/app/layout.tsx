import { type Metadata, type Viewport } from "next";
import { type ReactNode } from "react";
import { DictionaryProvider } from "../components/dictionary";
import { ServiceWorker } from "../components/service-worker";
import { en } from "../i18n/en";
import { requestLocale } from "../i18n/request";
import "./globals.css";

export const metadata: Metadata = { title: en.productName, icons: { icon: "/icon.svg" } };

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Reads the language from the request, so every page is rendered per request, with its own nonce. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const locale = await requestLocale();
  return (
    <html lang={locale}>
      <body>
        <DictionaryProvider locale={locale}>{children}</DictionaryProvider>
        <ServiceWorker />
      </body>
    </html>
  );
}
