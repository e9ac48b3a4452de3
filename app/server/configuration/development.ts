import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contract, type SecretVariable } from "../../contract";

/** Defaults for `npm run dev`, which needs nothing but Node. Deployed environments do not use them. */
export function developmentDefaults({
  PORT = String(contract.container.port),
}: Readonly<Record<string, string | undefined>>) {
  const site = `http://localhost:${PORT}`;
  return {
    PORT,
    HOSTNAME: "127.0.0.1",
    SERVICE_NAME: "development",
    NEXTAUTH_URL: site,
    ALLOWED_ORIGINS: `${site},http://127.0.0.1:${PORT}`,
    NEXT_PUBLIC_SOCKET_URL: site,
    DATABASE_AUTH: "none",
    REDIS_AUTH: "none",
    SOCKET_ADAPTER: "in-memory",
    LOG_LEVEL: "info",
  };
}

const DEMO_PASSWORD = "DEMO_PASSWORD";
const DEMO_PASSWORD_LENGTH = 12;

export interface DevelopmentSecrets {
  readonly secrets: Readonly<Record<SecretVariable, string>>;
  readonly demoPassword: string;
}

/** Generates the secrets of a development machine once and stores them, so that a restart signs nobody out. */
export function developmentSecrets(folder: string): DevelopmentSecrets {
  const file = join(folder, "secrets.json");
  const names = Object.keys(contract.secrets) as SecretVariable[];
  const stored = readJson(file);
  const secrets = Object.fromEntries(
    names.map((name) => [name, stored[name] ?? randomText(contract.secrets[name].length)]),
  ) as Record<SecretVariable, string>;
  const demoPassword = stored[DEMO_PASSWORD] ?? randomText(DEMO_PASSWORD_LENGTH);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...secrets, [DEMO_PASSWORD]: demoPassword }, null, 2)}\n`, { mode: 0o600 });
  return { secrets, demoPassword };
}

/** Letters, digits, - and _. */
function randomText(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}

function readJson(file: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch {
    return {};
  }
}
