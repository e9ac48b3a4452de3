import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contract, type SecretVariable } from "../../contract";

/** What `npm run dev` needs nobody to set: nothing but Node has to be there. No default for a deployed environment comes from here. */
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

/** Secrets of a development machine: drawn once and kept, so that a restart signs nobody out. */
export function developmentSecrets(folder: string): DevelopmentSecrets {
  const file = join(folder, "secrets.json");
  const names = Object.keys(contract.secrets) as SecretVariable[];
  const kept = readJson(file);
  const secrets = Object.fromEntries(
    names.map((name) => [name, kept[name] ?? draw(contract.secrets[name].length)]),
  ) as Record<SecretVariable, string>;
  const demoPassword = kept[DEMO_PASSWORD] ?? draw(DEMO_PASSWORD_LENGTH);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...secrets, [DEMO_PASSWORD]: demoPassword }, null, 2)}\n`, { mode: 0o600 });
  return { secrets, demoPassword };
}

/** Letters, digits, - and _: one for each character. */
function draw(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}

function readJson(file: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch {
    return {};
  }
}
