"use client";
import { Card } from "../components/card";
import { useWords } from "../components/words";

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  const words = useWords();
  return (
    <Card title={words.errorTitle}>
      <button type="button" onClick={reset}>
        {words.retry}
      </button>
    </Card>
  );
}
