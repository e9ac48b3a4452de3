import { randomUUID } from "node:crypto";
import { type Statement } from "./data/database";
import { type Services } from "./composition";

export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly role: "agent" | "admin";
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { email: "admin@example.com", name: "管理者 Admin", role: "admin" },
  { email: "hanako@example.com", name: "花子 Hanako", role: "agent" },
  { email: "taro@example.com", name: "太郎 Taro", role: "agent" },
];

const DEMO_MESSAGE = "こんにちは。注文した商品がまだ届きません。";

/** $1 email, $2 name, $3 role, $4 hash of the password. */
const ADD: Statement = {
  name: "demo-add",
  text: `
insert into app_user (email, name, role, password_hash) values ($1, $2, $3::user_role, $4)
on conflict (email) do update set password_hash = excluded.password_hash`,
};

const ANY_VISITOR: Statement = { name: "demo-any-visitor", text: "select from visitor limit 1" };

/** Adds demo accounts with one password and a waiting customer, for the embedded database only. Safe to repeat. */
export async function seedDemo({ database, passwords, visitors, messages }: Services, password: string): Promise<void> {
  const hash = await passwords.hash(password);
  for (const { email, name, role } of DEMO_ACCOUNTS) await database.query(ADD, [email, name, role, hash]);
  if ((await database.query(ANY_VISITOR, [])).length > 0) return;
  const { principal } = await visitors.create("山田 Yamada");
  const { conversationId } = principal;
  await messages.append(principal, { conversationId, clientMessageId: randomUUID(), body: DEMO_MESSAGE });
}
