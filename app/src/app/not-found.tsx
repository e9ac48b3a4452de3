import Link from "next/link";
import { Card } from "../components/card";
import { requestWords } from "../i18n/request";

export default async function NotFound() {
  const words = await requestWords();
  return (
    <Card title={words.notFoundTitle}>
      <Link href="/">{words.toInbox}</Link>
    </Card>
  );
}
