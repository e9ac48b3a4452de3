import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { LIMITS } from "../helpers/time-limits";
import { connected, signIn } from "./actions";
import { PASSWORD, type Person } from "./people";

/** A browser window. `complaints` are dialogs, errors and violations of the content security policy. */
export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
}

export interface WindowOptions {
  /** Language of the browser. @default English */
  readonly locale?: string;
  /** Whether it is a phone: small, with a touch screen and no mouse. */
  readonly isPhone?: boolean;
  /** `name=value` of a cookie from an earlier visit. */
  readonly cookie?: string;
}

/** Chromium's console says nothing of a violation that the page's script catches. Text, because it runs in the browser. */
const REPORT_VIOLATIONS = `document.addEventListener("securitypolicyviolation", (event) =>
  console.error("Content Security Policy: " + event.effectiveDirective + " forbids " + event.blockedURI));`;

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** The windows of people who use one site. */
export class Windows {
  private readonly contexts: BrowserContext[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  /** Opens a window in a new browser profile. */
  async window({ locale = "en-US", cookie, isPhone = false }: WindowOptions = {}): Promise<Window> {
    const context = await this.browser.newContext({ locale, baseURL: this.url, ...(isPhone && PHONE) });
    context.setDefaultTimeout(LIMITS.browserStepMs);
    this.contexts.push(context);
    const [name, value] = cookie?.split("=") ?? [];
    if (name !== undefined && value !== undefined) await context.addCookies([{ name, value, url: this.url }]);
    return this.tab(context);
  }

  /** Opens another window in the same browser profile. */
  async tab(context: BrowserContext): Promise<Window> {
    const page = await context.newPage();
    const complaints: string[] = [];
    await page.addInitScript({ content: REPORT_VIOLATIONS });
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

  /** Opens the chat as a customer, and waits for the connection. */
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
