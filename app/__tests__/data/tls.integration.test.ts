import { rmSync } from "node:fs";
import { join } from "node:path";
import { readConfiguration } from "../../server/configuration";
import { openDatabase } from "../../server/data/open-database";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";
import { serverFolder } from "../../../tools/servers/account";
import { SECRETS } from "../helpers/api";
import { makeCertificates } from "../helpers/certificates";
import { PostgresServer } from "../helpers/postgres";

let folder: string;
let encrypted: PostgresServer;
let plain: PostgresServer;

beforeAll(async () => {
  folder = serverFolder("tls-");
  await makeCertificates(folder);
  const files = { ssl_cert_file: join(folder, "server.pem"), ssl_key_file: join(folder, "server.key") };
  [encrypted, plain] = await Promise.all([
    PostgresServer.start({ settings: { ssl: "on", ...files } }),
    PostgresServer.start(),
  ]);
});

afterAll(async () => {
  await Promise.all([encrypted.close(), plain.close()]);
  rmSync(folder, { recursive: true });
});

/** Connects as a deployed task with these variables does, and runs one statement. */
async function connect(url: string, changes: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { database } = readConfiguration(
    {
      ...SECRETS,
      NODE_ENV: "production",
      PORT: "0",
      HOSTNAME: "127.0.0.1",
      AWS_REGION: "ap-northeast-1",
      SERVICE_NAME: "test",
      NEXTAUTH_URL: "https://chat.example.com",
      ALLOWED_ORIGINS: "https://chat.example.com",
      NEXT_PUBLIC_SOCKET_URL: "wss://chat.example.com",
      DATABASE_URL: url,
      DATABASE_AUTH: "none",
      SOCKET_ADAPTER: "in-memory",
      LOG_LEVEL: "info",
      ...changes,
    },
    { folder },
  );
  const opened = await openDatabase(database);
  try {
    const rows = await opened.query<{ ssl: boolean }>(
      { name: "ssl", text: "select ssl from pg_stat_ssl where pid = pg_backend_pid()" },
      [],
    );
    return rows[0]?.ssl;
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    return error.message;
  } finally {
    await opened.close();
  }
}

const at = (server: PostgresServer, host: string, options = "sslmode=verify-full") =>
  `postgresql://postgres:postgres@${host}:${server.port}/postgres?${options}`;

test("connects encrypted with the right authority and name", async () => {
  const DATABASE_CA_FILE = join(folder, "ca.pem");
  expect(await connect(at(encrypted, "localhost"), { DATABASE_CA_FILE })).toBe(true);
  const inUrl = `sslmode=verify-full&sslrootcert=${join(folder, "ca.pem")}`;
  expect(await connect(at(encrypted, "localhost", inUrl))).toBe(true);
});

test("refuses a certificate of another or an unknown authority", async () => {
  const DATABASE_CA_FILE = join(folder, "other.pem");
  expect(await connect(at(encrypted, "localhost"), { DATABASE_CA_FILE })).toMatch(/unable to verify|self.signed/);
  expect(await connect(at(encrypted, "localhost"))).toMatch(/unable to verify|self.signed/);
});

test("refuses a certificate for another name", async () => {
  const DATABASE_CA_FILE = join(folder, "ca.pem");
  expect(await connect(at(encrypted, "127.0.0.1"), { DATABASE_CA_FILE })).toMatch(
    /does not match certificate's altnames|not in the cert's list/,
  );
});

test("refuses a server without TLS, and sends it no password", async () => {
  expect(await connect(at(plain, "localhost"))).toMatch(/does not support SSL/);
});
