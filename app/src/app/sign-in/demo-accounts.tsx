import { z } from "zod";
import { requestDictionary } from "../../i18n/request";
import { Notice } from "../../components/form";

const demoAccounts = z.object({ password: z.string(), emails: z.array(z.string()) });

/** The accounts of the embedded database, which a development server has; elsewhere nothing. */
export async function DemoAccounts() {
  const json = process.env["DEMO_ACCOUNTS"];
  if (process.env.NODE_ENV !== "development" || json === undefined) return null;
  const dictionary = await requestDictionary();
  const { password, emails } = demoAccounts.parse(JSON.parse(json));
  return (
    <Notice>
      <strong>{dictionary.demoAccounts}</strong>
      {emails.map((email) => (
        <span key={email}>
          <br />
          <code>{email}</code>
        </span>
      ))}
      <br />
      {dictionary.demoPassword(password)}
    </Notice>
  );
}
