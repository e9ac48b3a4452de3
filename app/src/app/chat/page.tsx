import { socketUrl } from "../../socket-url";
import { ChatView } from "./chat-view";

export default function ChatPage() {
  return <ChatView socketUrl={socketUrl()} />;
}
