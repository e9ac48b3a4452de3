"use client";
import { Card } from "../components/card";
import { useDictionary } from "../components/dictionary";

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  const words = useDictionary();
  return (
    <Card title={words.errorTitle}>
      <button type="button" onClick={reset}>
        {words.retry}
      </button>
    </Card>
  );
}
