import { hash } from "@node-rs/argon2";
import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { type AppProcess, builtImage, freePort, removeImageCopy, runNode, startApp } from "../helpers/app-process";
import { launchBrowser } from "../helpers/browser";
import { PostgresServer } from "../helpers/postgres";

export const PASSWORD = "correct horse battery staple";

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: "agent" | "admin";
}

export const ADMIN: Person = { email: "ada@example.com", name: "Ada", role: "admin" };
export const AKI: Person = { email: "aki@example.com", name: "Aki 亜希", role: "agent" };
export const BEN: Person = { email: "ben@example.com", name: "Ben", role: "agent" };

/** What a page did that it should not have: dialogs, errors, violations of its policy. */
export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
}

/** The app as it is deployed, with a real PostgreSQL behind it and real browsers before it. */
export class Stage {
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    readonly postgres: PostgresServer,
    readonly browser: Browser,
    private readonly environment: Readonly<Record<string, string>>,
    private running: AppProcess,
  ) {}

  /** @param extra variables beside those that every deployment has */
  static async open(extra: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const [postgres, browser, port] = await Promise.all([PostgresServer.start(), launchBrowser(), freePort()]);
    try {
      const databaseUrl = await postgres.createDatabase("messenger_crm");
      const environment = { ...appEnvironment(port, databaseUrl), ...extra };
      await migrate(environment, postgres);
      await addPeople(postgres, [ADMIN, AKI, BEN]);
      return new Stage(postgres, browser, environment, await startApp({ build: "image", env: environment, port }));
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

  /** The same server at the same address, as after a deploy. */
  async startApp(): Promise<void> {
    this.running = await startApp({ build: "image", env: this.environment, port: this.running.port });
  }

  /** A window of a browser that nobody has used. */
  async window(locale = "en-US"): Promise<Window> {
    const context = await this.browser.newContext({ locale, baseURL: this.url });
    this.contexts.push(context);
    return this.tab(context);
  }

  /** Another window of the same browser. */
  async tab(context: BrowserContext): Promise<Window> {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
    return { page, context, complaints };
  }

  async signedIn(person: Person, locale?: string): Promise<Window> {
    const window = await this.window(locale);
    await signIn(window.page, person.email, PASSWORD);
    await window.page.waitForURL("/");
    return window;
  }

  /** A customer in the chat, connected. */
  async visitor(name: string): Promise<Window> {
    const window = await this.window();
    await window.page.goto("/chat");
    await window.page.getByLabel("Your name").fill(name);
    await window.page.getByRole("button", { name: "Start the chat" }).click();
    await connected(window.page);
    return window;
  }

  async closeWindows(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.running.stop();
    await Promise.all([this.postgres.close(), removeImageCopy()]);
  }
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/E-mail|メール/).fill(email);
  await page.getByLabel(/^(Password|パスワード)$/).fill(password);
  await page.getByRole("button", { name: /^(Sign in|サインイン)$/ }).click();
}

export async function connected(page: Page): Promise<void> {
  await page.locator('[data-connection="online"]').waitFor({ state: "attached" });
}

export function composer(page: Page) {
  return page.getByRole("textbox", { name: /Your message|メッセージを入力/ });
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

/** The messages of the open conversation that the server has acknowledged, in the order of the screen. */
export function sentMessages(page: Page): Promise<string[]> {
  return page.locator("article[data-seq] p").allTextContents();
}

/** Takes a customer's conversation from the queue, which opens it. */
export async function take(page: Page, visitor: string): Promise<void> {
  await page.getByRole("button", { name: `Take the conversation with ${visitor}` }).click();
  await composer(page).waitFor();
}

function appEnvironment(port: number, databaseUrl: string): Readonly<Record<string, string>> {
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

async function migrate(environment: Readonly<Record<string, string>>, postgres: PostgresServer): Promise<void> {
  const { username, password } = new URL(postgres.url);
  const master = { DATABASE_MASTER_CREDENTIALS: JSON.stringify({ username, password }) };
  await runNode(["migrate.js"], { ...environment, ...master }, builtImage());
}

async function addPeople(postgres: PostgresServer, people: readonly Person[]): Promise<void> {
  const passwordHash = await hash(PASSWORD);
  const rows = people.map(({ email, name, role }) => `('${email}', '${name}', '${role}', '${passwordHash}')`);
  const insert = `insert into app_user (email, name, role, password_hash) values ${rows.join(", ")}`;
  await postgres.sql(insert, "messenger_crm");
}
