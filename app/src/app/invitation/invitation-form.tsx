"use client";
import Link from "next/link";
import { type FormEvent, useEffect, useState } from "react";
import { type InvitationAccepted, PASSWORD_LENGTH } from "../../../protocol";
import { browserRest } from "../../components/browser-client";
import { Field, fieldValue, Notice, Problem } from "../../components/form";
import { useDictionary } from "../../components/dictionary";

/** The token is in the URL's fragment, which browsers do not send, so that no log contains it. */
export function InvitationForm() {
  const dictionary = useDictionary();
  const [token, setToken] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [accepted, setAccepted] = useState(false);
  useEffect(() => setToken(window.location.hash.slice(1)), []);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const answer = await browserRest().post<InvitationAccepted>("/api/invitations/accept", {
      token,
      name: fieldValue(form, "name"),
      password: fieldValue(form, "password"),
    });
    setAccepted(answer.ok);
    if (!answer.ok) setProblem(answer.retryable ? dictionary.serverUnreachable : dictionary.invitationInvalid);
  }

  if (token === undefined) return <p>{dictionary.loading}</p>;
  if (token === "") return <Problem>{dictionary.invitationMissing}</Problem>;
  if (accepted) {
    return (
      <>
        <Notice>{dictionary.invitationAccepted}</Notice>
        <Link href="/sign-in">{dictionary.signIn}</Link>
      </>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      {problem !== undefined && <Problem>{problem}</Problem>}
      <Field label={dictionary.yourName} name="name" autoComplete="name" required maxLength={100} />
      <Field
        label={dictionary.newPassword}
        hint={dictionary.passwordHint(PASSWORD_LENGTH.min)}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
      />
      <button type="submit">{dictionary.createAccount}</button>
    </form>
  );
}
