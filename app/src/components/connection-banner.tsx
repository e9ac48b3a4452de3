"use client";
import styles from "./connection-banner.module.css";
import { useClientState, useMessenger } from "./messenger-provider";
import { formatTime, useDictionary } from "./dictionary";

/** Shows when there is no connection. The region is always rendered, so that screen readers announce changes in it. */
export function ConnectionBanner() {
  const words = useDictionary();
  const { client } = useMessenger();
  const { connection } = useClientState();
  return (
    <div role="status" data-connection={connection.status}>
      {connection.status === "connecting" && <p className={styles.banner}>{words.connecting}</p>}
      {connection.status === "offline" && (
        <p className={`${styles.banner} ${styles.offline}`}>
          <span>
            <span aria-hidden="true">⚠ </span>
            {words.offlineSince(formatTime(connection.since, words.locale))}
          </span>
          <button type="button" className="quiet" onClick={() => client.reconnect()}>
            {words.tryNow}
          </button>
        </p>
      )}
      {connection.status === "ended" && connection.reason === "flooding" && (
        <p className={`${styles.banner} ${styles.offline}`}>
          <span>{words.flooding}</span>
          <button type="button" className="quiet" onClick={() => client.reconnect()}>
            {words.reconnect}
          </button>
        </p>
      )}
    </div>
  );
}
