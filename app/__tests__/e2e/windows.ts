import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { LIMITS } from "../helpers/time-limits";
import { connected, signIn } from "./actions";
import { PASSWORD, type Person } from "./people";

/** What a page did that it should not have: dialogs, errors, violations of its policy. */
export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
}

export interface WindowOptions {
  /** Of the browser. @default English */
  readonly locale?: string;
  /** `name=value` of a cookie that it comes with, as from an earlier visit. */
  readonly cookie?: string;
}

/** Windows of people who look at one site. */
export class Windows {
  private readonly contexts: BrowserContext[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  /** A window of a browser that nobody has used. */
  async window({ locale = "en-US", cookie }: WindowOptions = {}): Promise<Window> {
    const context = await this.browser.newContext({ locale, baseURL: this.url });
    context.setDefaultTimeout(LIMITS.browserStepMs);
    this.contexts.push(context);
    const [name, value] = cookie?.split("=") ?? [];
    if (name !== undefined && value !== undefined) await context.addCookies([{ name, value, url: this.url }]);
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

  async signedIn(person: Person, options?: WindowOptions): Promise<Window> {
    const window = await this.window(options);
    await signIn(window.page, person.email, PASSWORD);
    await window.page.waitForURL("/");
    return window;
  }

  /** A customer in the chat, connected. */
  async visitor(name: string, options?: WindowOptions): Promise<Window> {
    const window = await this.window(options);
    await window.page.goto("/chat");
    await window.page.getByLabel("Your name").fill(name);
    await window.page.getByRole("button", { name: "Start the chat" }).click();
    await connected(window.page);
    return window;
  }

  async close(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }
}
