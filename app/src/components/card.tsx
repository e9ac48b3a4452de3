import { type ReactNode } from "react";
import styles from "./card.module.css";

/** A page that is one form or one sentence. */
export function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
