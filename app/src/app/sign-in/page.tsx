import { Card } from "../../components/card";
import { hasOidc } from "../../auth";
import { type Dictionary } from "../../i18n/en";
import { requestDictionary } from "../../i18n/request";
import { SignInForm } from "./sign-in-form";

interface SignInProps {
  readonly searchParams: Promise<{ readonly ended?: string; readonly error?: string }>;
}

/** Does not redirect when there is a cookie: if its session has ended, the inbox would redirect back here. */
export default async function SignInPage({ searchParams }: SignInProps) {
  const words = await requestDictionary();
  const { ended, error } = await searchParams;
  return (
    <Card title={words.signInTitle}>
      <SignInForm
        hasProvider={hasOidc()}
        notice={endNotice(words, ended)}
        problem={error === undefined ? undefined : errorText(words, error)}
      />
    </Card>
  );
}

function endNotice(words: Dictionary, ended: string | undefined): string | undefined {
  if (ended === "signed-out") return words.endedSignedOut;
  if (ended === "disabled") return words.endedDisabled;
  return ended === "expired" ? words.endedExpired : undefined;
}

function errorText(words: Dictionary, error: string): string {
  return error === "not-invited" ? words.notInvited : words.serverUnreachable;
}
