"use client";
import styles from "./connection-banner.module.css";
import { useClientState, useMessenger } from "./messenger-provider";
import { formatTime, useDictionary } from "./dictionary";

/** Shows when there is no connection. The region is always rendered, so that screen readers announce changes in it. */
export function ConnectionBanner() {
  const dictionary = useDictionary();
  const { client } = useMessenger();
  const { connection } = useClientState();
  return (
    <div role="status" data-connection={connection.status}>
      {connection.status === "connecting" && <p className={styles.banner}>{dictionary.connecting}</p>}
      {connection.status === "offline" && (
        <p className={`${styles.banner} ${styles.offline}`}>
          <span>
            <span aria-hidden="true">⚠ </span>
            {dictionary.offlineSince(formatTime(connection.since, dictionary.locale))}
          </span>
          <button type="button" className="quiet" onClick={() => client.reconnect()}>
            {dictionary.tryNow}
          </button>
        </p>
      )}
      {connection.status === "ended" && connection.reason === "flooding" && (
        <p className={`${styles.banner} ${styles.offline}`}>
          <span>{dictionary.flooding}</span>
          <button type="button" className="quiet" onClick={() => client.reconnect()}>
            {dictionary.reconnect}
          </button>
        </p>
      )}
    </div>
  );
}
