"use client";
import { Card } from "../components/card";
import { useDictionary } from "../components/dictionary";

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  const dictionary = useDictionary();
  return (
    <Card title={dictionary.errorTitle}>
      <button type="button" onClick={reset}>
        {dictionary.retry}
      </button>
    </Card>
  );
}
