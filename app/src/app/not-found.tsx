import Link from "next/link";
import { Card } from "../components/card";
import { requestDictionary } from "../i18n/request";

export default async function NotFound() {
  const dictionary = await requestDictionary();
  return (
    <Card title={dictionary.notFoundTitle}>
      <Link href="/">{dictionary.toInbox}</Link>
    </Card>
  );
}
