import { type Browser } from "playwright-core";
import { freePort } from "../../../tools/servers/free-port";
import { type AppProcess, startApp } from "../helpers/app-process";
import { launchBrowser } from "../helpers/browser";
import { builtImage, removeImageCopy } from "../helpers/image-copy";
import { PostgresServer } from "../helpers/postgres";
import { runNode } from "../helpers/run-node";
import { accountsOf, ADMIN, AKI, BEN } from "./people";
import { Windows } from "./windows";

/** The app as it is deployed, with a real PostgreSQL and real browsers. */
export class TestSite {
  readonly windows: Windows;

  private constructor(
    readonly postgres: PostgresServer,
    private readonly browser: Browser,
    private readonly environment: Readonly<Record<string, string>>,
    private running: AppProcess,
  ) {
    this.windows = new Windows(browser, running.url);
  }

  /** @param extra environment variables besides those that every deployment has */
  static async open(extra: Readonly<Record<string, string>> = {}): Promise<TestSite> {
    const [postgres, browser, port] = await Promise.all([PostgresServer.start(), launchBrowser(), freePort()]);
    try {
      const databaseUrl = await postgres.createDatabase("messenger_crm");
      const environment = { ...appEnvironment(port, databaseUrl), ...extra };
      await migrate(environment, postgres);
      await postgres.sql(await accountsOf([ADMIN, AKI, BEN]), "messenger_crm");
      return new TestSite(postgres, browser, environment, await startApp({ build: "image", env: environment, port }));
    } catch (error) {
      await Promise.all([browser.close(), postgres.close(), removeImageCopy()]);
      throw error;
    }
  }

  get url(): string {
    return this.running.url;
  }

  get app(): AppProcess {
    return this.running;
  }

  stopApp(): Promise<unknown> {
    return this.running.stop();
  }

  /** Starts the server again at the same address, as after a deployment. */
  async startApp(): Promise<void> {
    this.running = await startApp({ build: "image", env: this.environment, port: this.running.port });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.running.stop();
    await Promise.all([this.postgres.close(), removeImageCopy()]);
  }
}

export function appEnvironment(port: number, databaseUrl: string): Readonly<Record<string, string>> {
  const origin = `http://127.0.0.1:${port}`;
  return {
    NODE_ENV: "production",
    AWS_REGION: "ap-northeast-1",
    SERVICE_NAME: "e2e",
    NEXTAUTH_URL: origin,
    ALLOWED_ORIGINS: origin,
    NEXT_PUBLIC_SOCKET_URL: origin,
    DATABASE_URL: databaseUrl,
    DATABASE_AUTH: "none",
    SOCKET_ADAPTER: "in-memory",
    LOG_LEVEL: "info",
    TRUSTED_PROXY_HOPS: "0",
    NEXTAUTH_SECRET: "session".padEnd(48, "-"),
    SOCKET_TICKET_SECRET: "ticket".padEnd(48, "-"),
    VISITOR_TOKEN_SECRET: "visitor".padEnd(48, "-"),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "bWVzc2VuZ2VyLWNybS1pbi1hLXRl".padEnd(32, "A"),
  };
}

export async function migrate(environment: Readonly<Record<string, string>>, postgres: PostgresServer): Promise<void> {
  const { username, password } = new URL(postgres.url);
  const master = { DATABASE_MASTER_CREDENTIALS: JSON.stringify({ username, password }) };
  await runNode(["migrate.js"], { ...environment, ...master }, builtImage());
}
