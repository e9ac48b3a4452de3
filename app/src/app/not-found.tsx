import Link from "next/link";
import { Card } from "../components/card";
import { requestDictionary } from "../i18n/request";

export default async function NotFound() {
  const words = await requestDictionary();
  return (
    <Card title={words.notFoundTitle}>
      <Link href="/">{words.toInbox}</Link>
    </Card>
  );
}
