"use client";
import Link from "next/link";
import { type FormEvent, useEffect, useState } from "react";
import { type InvitationAccepted, PASSWORD_LENGTH } from "../../../protocol";
import { browserRest } from "../../components/browser-client";
import { Field, fieldValue, Notice, Problem } from "../../components/form";
import { useDictionary } from "../../components/dictionary";

/** The token is in the URL's fragment, which browsers do not send, so that no log contains it. */
export function InvitationForm() {
  const words = useDictionary();
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
    if (!answer.ok) setProblem(answer.retryable ? words.serverUnreachable : words.invitationInvalid);
  }

  if (token === undefined) return <p>{words.loading}</p>;
  if (token === "") return <Problem>{words.invitationMissing}</Problem>;
  if (accepted) {
    return (
      <>
        <Notice>{words.invitationAccepted}</Notice>
        <Link href="/sign-in">{words.signIn}</Link>
      </>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      {problem !== undefined && <Problem>{problem}</Problem>}
      <Field label={words.yourName} name="name" autoComplete="name" required maxLength={100} />
      <Field
        label={words.newPassword}
        hint={words.passwordHint(PASSWORD_LENGTH.min)}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
      />
      <button type="submit">{words.createAccount}</button>
    </form>
  );
}
