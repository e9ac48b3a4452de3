import { cookies } from "next/headers";
import { pollingOnly, socketUrl } from "../../socket-url";
import { ChatView } from "./chat-view";

/** The visitor's cookie, with and without https. */
const VISITOR_COOKIE = /^(?:__Host-)?messenger-crm\.visitor$/;

export default async function ChatPage() {
  const isKnown = (await cookies()).getAll().some(({ name }) => VISITOR_COOKIE.test(name));
  return <ChatView socketUrl={socketUrl()} isKnown={isKnown} pollingOnly={pollingOnly()} />;
}
