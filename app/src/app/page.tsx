import { Suspense } from "react";
import { InboxView } from "../components/inbox-view";
import { requireAgent } from "../session";
import { pollingOnly, socketUrl } from "../socket-url";

export default async function InboxPage() {
  const agent = await requireAgent();
  return (
    <Suspense>
      <InboxView agent={agent} socketUrl={socketUrl()} pollingOnly={pollingOnly()} />
    </Suspense>
  );
}
