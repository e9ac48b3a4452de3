"use client";
import Link from "next/link";
import { signOutAndLeave } from "../sign-out";
import { type Agent } from "../session";
import styles from "./top-bar.module.css";
import { useDictionary } from "./dictionary";

export function TopBar({ agent }: { readonly agent: Agent }) {
  const dictionary = useDictionary();
  return (
    <header className={styles.bar}>
      <strong className={styles.product}>{dictionary.productName}</strong>
      <nav className={styles.links}>
        <Link href="/">{dictionary.inbox}</Link>
        {agent.role === "admin" && <Link href="/admin">{dictionary.admin}</Link>}
      </nav>
      <bdi className={styles.name}>{agent.name}</bdi>
      <button type="button" className="quiet" onClick={() => void signOutAndLeave()}>
        {dictionary.signOut}
      </button>
    </header>
  );
}
