import { type Configuration } from "../configuration";
import { DEMO_ACCOUNTS } from "../demo";

/**
 * Returns the environment variables that code inside Next reads. In development the server has generated most of them, so they are set before
 * Next starts.
 */
export function pageEnvironment(configuration: Configuration): Readonly<Record<string, string>> {
  const { publicOrigin, socketUrl, transports, secrets, oidc, database } = configuration;
  return {
    NEXTAUTH_URL: publicOrigin,
    NEXTAUTH_SECRET: secrets.NEXTAUTH_SECRET,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    NEXT_PUBLIC_SOCKET_URL: socketUrl,
    SOCKET_TRANSPORTS: transports.join(","),
    NEXT_TELEMETRY_DISABLED: "1",
    ...(database.kind === "embedded" && { DEMO_ACCOUNTS: demoAccounts(database.demoPassword) }),
    ...(oidc === undefined ? {} : { OIDC_ISSUER: oidc.issuer, OIDC_CLIENT_ID: oidc.clientId }),
    ...(oidc?.clientSecret === undefined ? {} : { OIDC_CLIENT_SECRET: oidc.clientSecret }),
  };
}

/** For the sign-in page in development, which reads it as JSON. */
function demoAccounts(password: string): string {
  return JSON.stringify({ password, emails: DEMO_ACCOUNTS.map(({ email }) => email) });
}
