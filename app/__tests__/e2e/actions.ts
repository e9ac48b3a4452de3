import { type Page } from "playwright-core";

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

/** Returns the acknowledged messages of the open conversation, in the order shown. */
export function sentMessages(page: Page): Promise<string[]> {
  return page.locator("article[data-seq] p").allTextContents();
}

/** Takes a customer's conversation from the queue and opens it. */
export async function take(page: Page, visitor: string): Promise<void> {
  await page.getByRole("button", { name: `Take the conversation with ${visitor}` }).click();
  await composer(page).waitFor();
}

/** Types until the reader's page says so: a client tells the others at most every three seconds. */
export async function typeUntilSeen(writer: Page, reader: Page): Promise<void> {
  const note = reader.getByText("is typing");
  while (!(await note.isVisible())) {
    await composer(writer).press("x");
    await reader.waitForTimeout(200);
  }
}
