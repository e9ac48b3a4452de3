import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "../../contract";
import { ConfigurationError, readConfiguration } from "../../server/configuration";

const folder = mkdtempSync(join(tmpdir(), "configuration-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SECRET = "0123456789abcdefghijABCDEFGHIJ0123456789";

/** What the stacks set, with a database and a cache that are reached over a network. */
const DEPLOYED: Readonly<Record<string, string>> = {
  NODE_ENV: "production",
  PORT: "3000",
  HOSTNAME: "0.0.0.0",
  AWS_REGION: "ap-northeast-1",
  SERVICE_NAME: "messenger-crm-prod",
  NEXTAUTH_URL: "https://chat.example.com",
  ALLOWED_ORIGINS: "https://chat.example.com,https://crm.example.com",
  NEXT_PUBLIC_SOCKET_URL: "wss://chat.example.com",
  DATABASE_URL: "postgresql://messenger_app@db.example.com:5432/messenger_crm?sslmode=verify-full",
  DATABASE_AUTH: "iam",
  REDIS_URL: "rediss://app@cache.example.com:6379",
  REDIS_AUTH: "iam",
  SOCKET_ADAPTER: "redis",
  LOG_LEVEL: "info",
  NEXTAUTH_SECRET: SECRET,
  SOCKET_TICKET_SECRET: SECRET,
  VISITOR_TOKEN_SECRET: SECRET,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "0123456789abcdef0123456789abcdef",
};

const read = (changes: Readonly<Record<string, string | undefined>> = {}) =>
  readConfiguration({ ...DEPLOYED, ...changes }, { folder });

function errorOf(changes: Readonly<Record<string, string | undefined>>) {
  try {
    read(changes);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

test("reads what the stacks set", () => {
  expect(read()).toMatchObject({
    production: true,
    port: 3000,
    allowedOrigins: ["https://chat.example.com", "https://crm.example.com"],
    trustedProxyHops: 1,
    database: {
      kind: "postgres",
      host: "db.example.com",
      user: "messenger_app",
      database: "messenger_crm",
      auth: { kind: "iam", region: "ap-northeast-1" },
      tls: { rejectUnauthorized: true, host: "db.example.com" },
    },
    redis: { host: "cache.example.com", tls: { rejectUnauthorized: true }, auth: { kind: "iam", user: "app" } },
    oidc: undefined,
  });
});

test("every variable of the contract is required in production, and a missing one is named", () => {
  const needed = [...Object.keys(contract.container.environment), ...Object.keys(contract.secrets)].filter(
    (name) => name !== "NODE_ENV",
  );
  for (const name of needed) {
    for (const value of [undefined, ""]) {
      expect(errorOf({ [name]: value }).problems).toContainEqual({
        variable: name,
        expected: expect.any(String) as string,
      });
    }
  }
});

test("all problems are reported at once", () => {
  const { message } = errorOf({ PORT: "http", NEXTAUTH_SECRET: undefined, SOCKET_ADAPTER: "carrier-pigeon" });
  expect(message).toBe(
    [
      "PORT: expected a whole number from 0 to 65535",
      "SOCKET_ADAPTER: expected one of in-memory, redis, sharded-redis",
      "NEXTAUTH_SECRET: expected a value",
    ].join("\n"),
  );
});

const HOSTILE = "hunter2-hunter2";
test.each<[string, string]>([
  ["PORT", "-1"],
  ["PORT", "65536"],
  ["PORT", "3000 "],
  ["AWS_REGION", HOSTILE],
  ["NEXTAUTH_URL", `https://${HOSTILE}/path`],
  ["NEXTAUTH_URL", `ftp://${HOSTILE}`],
  ["ALLOWED_ORIGINS", "*"],
  ["ALLOWED_ORIGINS", "https://*.example.com"],
  ["ALLOWED_ORIGINS", "https://chat.example.com/"],
  ["ALLOWED_ORIGINS", "https://Chat.example.com"],
  ["ALLOWED_ORIGINS", "https://chat.example.com:443"],
  ["ALLOWED_ORIGINS", "https://chat.example.com,null"],
  ["ALLOWED_ORIGINS", "https://user:hunter2-hunter2@chat.example.com"],
  ["NEXT_PUBLIC_SOCKET_URL", "wss://chat.example.com/socket.io/"],
  ["DATABASE_URL", HOSTILE],
  ["DATABASE_URL", `mysql://app@db.example.com/${HOSTILE}`],
  ["DATABASE_URL", "postgresql://db.example.com/messenger_crm"],
  ["DATABASE_URL", "postgresql://app@db.example.com"],
  ["DATABASE_URL", `postgresql://app:${HOSTILE}@db.example.com/messenger_crm?sslmode=verify-full`],
  ["DATABASE_URL", "postgresql://app@db.example.com/messenger_crm?sslmode=disable"],
  ["DATABASE_URL", "postgresql://app@db.example.com/messenger_crm?sslmode=require"],
  ["DATABASE_URL", "postgresql://app@db.example.com/messenger_crm?sslmode=no-verify"],
  ["DATABASE_URL", "postgresql://app@db.example.com/messenger_crm?options=-c%20x"],
  ["DATABASE_URL", `postgresql://app@db.example.com/messenger_crm?sslrootcert=/nowhere/${HOSTILE}`],
  ["DATABASE_AUTH", HOSTILE],
  ["DATABASE_CA_FILE", `/nowhere/${HOSTILE}`],
  ["DATABASE_CONNECTIONS", "0"],
  ["REDIS_URL", `http://${HOSTILE}`],
  ["REDIS_URL", "redis://app@cache.example.com:6379"],
  ["REDIS_URL", `rediss://app:${HOSTILE}@cache.example.com:6379`],
  ["REDIS_URL", "rediss://cache.example.com:6379"],
  ["REDIS_CA_FILE", `/nowhere/${HOSTILE}`],
  ["LOG_LEVEL", HOSTILE],
  ["TRUSTED_PROXY_HOPS", "all"],
  ["PROCESS_NUMBER", "-1"],
  ["SOCKET_TRANSPORTS", "webtransport"],
  ["SOCKET_TRANSPORTS", "polling,polling"],
  ["MIGRATE_AT_START", HOSTILE],
  ["NEXTAUTH_SECRET", HOSTILE],
  ["NEXTAUTH_SECRET", `${SECRET},${HOSTILE}`],
  ["NEXTAUTH_SECRET", `${SECRET},${SECRET},${SECRET}`],
  ["SOCKET_TICKET_SECRET", HOSTILE],
  ["VISITOR_TOKEN_SECRET", HOSTILE],
])("an invalid %s is reported by name, never by value (%#)", (variable, value) => {
  const { problems, message } = errorOf({ [variable]: value });
  expect(problems.map((fault) => fault.variable)).toEqual([variable]);
  expect(message).not.toContain(HOSTILE);
});

test("a secret that is rotated has two values", () => {
  const rotated = `${SECRET},${SECRET.toLowerCase()}`;
  expect(read({ VISITOR_TOKEN_SECRET: rotated }).secrets.VISITOR_TOKEN_SECRET).toBe(rotated);
});

test("a process without NODE_ENV does not silently run as development", () => {
  expect(
    errorOf({ NODE_ENV: undefined, NEXTAUTH_SECRET: undefined }).problems.map(({ variable }) => variable),
  ).toContain("NODE_ENV");
});

test("a single task needs no variables of a cache", () => {
  const configuration = read({ SOCKET_ADAPTER: "in-memory", REDIS_URL: undefined, REDIS_AUTH: undefined });
  expect(configuration.redis).toBeUndefined();
});

test("clients may use every transport unless the variable names some", () => {
  expect(read({}).transports).toEqual(["websocket", "polling"]);
  expect(read({ SOCKET_TRANSPORTS: "polling" }).transports).toEqual(["polling"]);
});

test("the server migrates only when it is told to", () => {
  expect(read({}).migrateAtStart).toBe(false);
  expect(read({ MIGRATE_AT_START: "true" }).migrateAtStart).toBe(true);
});

test("a secret is fetched by its ARN", () => {
  expect(errorOf({ DATABASE_AUTH: "secret" }).problems.map(({ variable }) => variable)).toEqual([
    "DATABASE_SECRET_ARN",
  ]);
  const DATABASE_SECRET_ARN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:rds!db-abc";
  expect(read({ DATABASE_AUTH: "secret", DATABASE_SECRET_ARN }).database).toMatchObject({
    auth: { kind: "secret", secretArn: DATABASE_SECRET_ARN },
  });
});

describe("TLS to the database", () => {
  const tlsOf = (url: string, changes = {}) => {
    const { database } = read({ DATABASE_AUTH: "none", DATABASE_URL: url, ...changes });
    return database.kind === "postgres" ? database.tls : undefined;
  };

  test("is verified by default", () => {
    expect(tlsOf("postgresql://app@db.example.com/crm")).toMatchObject({ rejectUnauthorized: true });
  });

  test.each(["127.0.0.1", "localhost", "[::1]"])("may be off on the same machine: %s", (host) => {
    expect(tlsOf(`postgresql://app:secret@${host}/crm`)).toBe(false);
    expect(tlsOf(`postgresql://app@${host}/crm?sslmode=verify-full`)).toMatchObject({ rejectUnauthorized: true });
  });

  test("may be off in development only when the URL says so", () => {
    expect(tlsOf("postgresql://app@db/crm", { NODE_ENV: "development" })).toMatchObject({ rejectUnauthorized: true });
    expect(tlsOf("postgresql://app@db/crm?sslmode=disable", { NODE_ENV: "development" })).toBe(false);
  });

  test("a file without a certificate is reported by the variable that names it", () => {
    const file = join(folder, "ca.pem");
    writeFileSync(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    expect(errorOf({ DATABASE_CA_FILE: file }).problems.map(({ variable }) => variable)).toEqual(["DATABASE_CA_FILE"]);
  });
});

describe("OIDC", () => {
  const OIDC_ISSUER = "https://login.example.com/tenant";

  test("is on with an issuer and a client", () => {
    expect(read({ OIDC_ISSUER, OIDC_CLIENT_ID: "crm", OIDC_CLIENT_SECRET: "s3cret" }).oidc).toEqual({
      issuer: OIDC_ISSUER,
      clientId: "crm",
      clientSecret: "s3cret",
    });
  });

  test("is refused when half of it is set", () => {
    expect(errorOf({ OIDC_ISSUER }).problems.map(({ variable }) => variable)).toEqual(["OIDC_CLIENT_ID"]);
    expect(errorOf({ OIDC_CLIENT_ID: "crm" }).problems.map(({ variable }) => variable)).toEqual(["OIDC_ISSUER"]);
  });
});

describe("development", () => {
  const develop = (changes: Readonly<Record<string, string>> = {}) =>
    readConfiguration({ NODE_ENV: "development", ...changes }, { folder });

  test("needs no variable", () => {
    expect(develop()).toMatchObject({
      production: false,
      hostname: "127.0.0.1",
      publicOrigin: "http://localhost:3000",
      database: { kind: "embedded", directory: join(folder, "postgres"), demoPassword: expect.any(String) as string },
      redis: undefined,
      adapter: "in-memory",
      trustedProxyHops: 0,
    });
  });

  test("stores its secrets in a private file and keeps them through a restart", () => {
    const { secrets } = develop();
    expect(develop().secrets).toEqual(secrets);
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(contract.secrets).length);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  test("derives its URLs from the port, and keeps variables that are set", () => {
    expect(develop({ PORT: "4000" })).toMatchObject({ port: 4000, publicOrigin: "http://localhost:4000" });
    expect(develop({ DATABASE_URL: "postgresql://me@localhost/crm" }).database).toMatchObject({ kind: "postgres" });
  });

  test("a malformed database URL does not fall back to the embedded one", () => {
    expect(() => develop({ DATABASE_URL: "postgres" })).toThrow(/^DATABASE_URL: /);
    expect(() => develop({ SOCKET_ADAPTER: "redis" })).toThrow(/^REDIS_URL: /);
  });
});
