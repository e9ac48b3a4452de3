"use client";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Field, fieldValue, Notice, Problem } from "../../components/form";
import { useDictionary } from "../../components/dictionary";
import { type Dictionary } from "../../i18n/en";
import styles from "./sign-in-form.module.css";

export interface SignInFormProps {
  readonly hasProvider: boolean;
  readonly notice: string | undefined;
  readonly problem: string | undefined;
}

export function SignInForm(props: SignInFormProps) {
  const dictionary = useDictionary();
  const [problem, setProblem] = useState(props.problem);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setProblem(undefined);
    const failure = await attempt(fieldValue(form, "email"), fieldValue(form, "password"));
    if (failure === undefined) {
      window.location.assign("/");
      return;
    }
    setBusy(false);
    setProblem(textOf(failure, dictionary));
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      {props.notice !== undefined && problem === undefined && <Notice>{props.notice}</Notice>}
      {problem !== undefined && <Problem>{problem}</Problem>}
      <Field label={dictionary.email} name="email" type="email" autoComplete="username" required maxLength={254} />
      <Field
        label={dictionary.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={200}
      />
      <button type="submit" disabled={busy} className={styles.wide}>
        {busy ? dictionary.signingIn : dictionary.signIn}
      </button>
      {props.hasProvider && (
        <button
          type="button"
          className={`quiet ${styles.wide}`}
          onClick={() => void signIn("oidc", { callbackUrl: "/" })}
        >
          {dictionary.signInWithProvider}
        </button>
      )}
    </form>
  );
}

type Failure = "wrong" | "limited" | "unavailable";

async function attempt(email: string, password: string): Promise<Failure | undefined> {
  try {
    const result = await signIn("credentials", { email, password, redirect: false });
    if (result?.ok === true && result.error === null) return undefined;
    if (result?.error === "CredentialsSignin") return "wrong";
    return result?.error === "limited" ? "limited" : "unavailable";
  } catch {
    return "unavailable";
  }
}

function textOf(failure: Failure, dictionary: Dictionary): string {
  if (failure === "wrong") return dictionary.wrongCredentials;
  return failure === "limited" ? dictionary.tooManyAttempts : dictionary.serverUnreachable;
}
