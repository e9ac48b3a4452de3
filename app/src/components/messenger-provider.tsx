"use client";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { type ClientState } from "../../client";
import { browserMessenger, type Messenger, type MessengerOptions } from "./browser-client";

const Context = createContext<Messenger | undefined>(undefined);

/** Connects while it is mounted. Renders its children once there is a client. */
export function MessengerProvider({
  principal,
  socketUrl,
  pollingOnly,
  children,
}: MessengerOptions & { readonly children: ReactNode }) {
  const [messenger, setMessenger] = useState<Messenger>();
  useEffect(() => {
    const made = browserMessenger({ principal, socketUrl, pollingOnly });
    void made.client.start();
    setMessenger(made);
    return () => made.client.stop();
  }, [principal, socketUrl, pollingOnly]);
  return messenger === undefined ? null : <Context value={messenger}>{children}</Context>;
}

export function useMessenger(): Messenger {
  const messenger = useContext(Context);
  if (messenger === undefined) throw new Error("useMessenger was called outside MessengerProvider");
  return messenger;
}

export function useClientState(): ClientState {
  const { client } = useMessenger();
  return useSyncExternalStore(client.subscribeState, client.getState, client.getState);
}
