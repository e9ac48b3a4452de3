"use client";
import styles from "./conversation-list.module.css";
import { useDictionary } from "./dictionary";

/** Shows another page of a list. */
export function MoreButton({ onMore }: { readonly onMore: () => void }) {
  const { showMore } = useDictionary();
  return (
    <p className={styles.empty}>
      <button type="button" className="quiet" onClick={onMore}>
        {showMore}
      </button>
    </p>
  );
}
