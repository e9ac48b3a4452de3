import { useEffect, useState, useSyncExternalStore } from "react";
import { EMPTY_INBOX, Inbox, type InboxState } from "../../client";
import { type InboxAnswer } from "../../protocol";
import { useMessenger } from "./messenger-provider";

/** Conversations per page of a list. */
const PAGE = 50;

/** Keeps the lists of conversations up to date. There is no inbox before the first effect. */
export function useInbox(): { readonly inbox: Inbox | undefined; readonly state: InboxState } {
  const { client, rest } = useMessenger();
  const [inbox, setInbox] = useState<Inbox>();
  useEffect(() => {
    const started = new Inbox({
      client,
      fetchInbox: (cursor) => rest.get<InboxAnswer>(inboxPath(cursor)),
      fetchEntries: (ids) => rest.get<InboxAnswer>(`/api/inbox?ids=${ids.join(",")}`),
    });
    started.start();
    setInbox(started);
    return () => started.stop();
  }, [client, rest]);
  const state = useSyncExternalStore(
    inbox?.subscribe ?? subscribeToNothing,
    () => inbox?.getState() ?? EMPTY_INBOX,
    () => EMPTY_INBOX,
  );
  return { inbox, state };
}

function inboxPath(cursor: string | undefined): string {
  return `/api/conversations?limit=${PAGE}${cursor === undefined ? "" : `&cursor=${cursor}`}`;
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
