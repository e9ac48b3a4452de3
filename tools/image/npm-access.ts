import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output } from "../programs/output";

/** This machine's access to the npm registry, as files that are mounted into a build and never become part of an image. */
export interface NpmAccess {
  /** `source:destination` pairs. */
  readonly mounts: readonly (readonly [source: string, destination: string])[];
  remove(): void;
}

/** Paths in the build: npm's user configuration, and the certificates that it names. */
const NPMRC = "/root/.npmrc";
const CERTIFICATES = "/run/npm-certificates.pem";

/** The npm settings that decide how a registry is reached. */
const SETTINGS = ["registry", "proxy", "https-proxy", "noproxy", "strict-ssl"] as const;

/** Environment variables that name more certificate authorities, by precedence. */
const CERTIFICATE_VARIABLES = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"] as const;

export async function npmAccess(env: NodeJS.ProcessEnv = process.env): Promise<NpmAccess> {
  const folder = mkdtempSync(join(tmpdir(), "npm-access-"));
  const npm = (setting: string): Promise<string> => output("npm", ["config", "get", setting], { env, cwd: folder });
  const values = await Promise.all(SETTINGS.map(async (name) => [name, (await npm(name)).trim()] as const));
  const authorization = credentialLines(await Promise.all(["userconfig", "globalconfig"].map(npm)));
  const certificates = [await npm("cafile"), ...CERTIFICATE_VARIABLES.map((name) => env[name] ?? "")]
    .map((file) => file.trim())
    .find((file) => file !== "" && file !== "null" && existsSync(file));
  const lines = [
    ...values.filter(([, value]) => value !== "" && value !== "null").map(([name, value]) => `${name}=${value}`),
    ...authorization,
    ...(certificates === undefined ? [] : [`cafile=${CERTIFICATES}`]),
  ];
  const npmrc = join(folder, "npmrc");
  writeFileSync(npmrc, `${lines.join("\n")}\n`, { mode: 0o600 });
  return {
    mounts: [[npmrc, NPMRC], ...(certificates === undefined ? [] : [[certificates, CERTIFICATES] as const])],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Reads credentials from npm's files, since `npm config get` does not show them: `//host/:_authToken=…`, `//host/:_auth=…` and the like. */
function credentialLines(files: readonly string[]): string[] {
  return files
    .map((file) => file.trim())
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .filter((line) => line.trim().startsWith("//"));
}
