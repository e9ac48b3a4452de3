import { Card } from "../../components/card";
import { hasOidc } from "../../auth";
import { type Dictionary } from "../../i18n/en";
import { requestDictionary } from "../../i18n/request";
import { DemoAccounts } from "./demo-accounts";
import { SignInForm } from "./sign-in-form";

interface SignInProps {
  readonly searchParams: Promise<{ readonly ended?: string; readonly error?: string }>;
}

/** Does not redirect when there is a cookie: if its session has ended, the inbox would redirect back here. */
export default async function SignInPage({ searchParams }: SignInProps) {
  const dictionary = await requestDictionary();
  const { ended, error } = await searchParams;
  return (
    <Card title={dictionary.signInTitle}>
      <SignInForm
        hasProvider={hasOidc()}
        notice={endNotice(dictionary, ended)}
        problem={error === undefined ? undefined : errorText(dictionary, error)}
      />
      <DemoAccounts />
    </Card>
  );
}

function endNotice(dictionary: Dictionary, ended: string | undefined): string | undefined {
  if (ended === "signed-out") return dictionary.endedSignedOut;
  if (ended === "disabled") return dictionary.endedDisabled;
  return ended === "expired" ? dictionary.endedExpired : undefined;
}

function errorText(dictionary: Dictionary, error: string): string {
  return error === "not-invited" ? dictionary.notInvited : dictionary.serverUnreachable;
}
