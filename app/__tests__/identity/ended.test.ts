import { eq } from "drizzle-orm";
import { PostgresIdentity, Tickets } from "../../server/identity";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { appUser, revokedSession } from "../../server/data/schema";
import { type Principal } from "../../server/domain/principal";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { makeAgent, makeVisitor } from "../helpers/people";

let database: EmbeddedDatabase;

beforeAll(async () => {
  database = await openEmbeddedDatabase();
});

afterAll(() => database.close());

test("returns only the principals that signed out or were disabled", async () => {
  const identity = new PostgresIdentity(database, new Tickets("s".repeat(48)));
  const [signedOut, disabled, well, visitor, goneVisitor] = [
    await makeAgent(database),
    await makeAgent(database),
    await makeAgent(database),
    await makeVisitor(database),
    await makeVisitor(database),
  ];
  const otherSession = { ...signedOut, sessionId: "still there" };
  const expiresAt = new Date(Date.now() + 60_000);
  await database.run((queries) =>
    queries.insert(revokedSession).values([signedOut, goneVisitor].map(({ sessionId: sid }) => ({ sid, expiresAt }))),
  );
  await database.run((queries) =>
    queries.update(appUser).set({ disabledAt: new Date() }).where(eq(appUser.id, disabled.userId)),
  );
  const everyone = [signedOut, otherSession, disabled, well, visitor, goneVisitor];
  expect(await identity.ended(everyone)).toEqual(
    new Map<Principal, string>([
      [signedOut, "signed-out"],
      [disabled, "disabled"],
      [goneVisitor, "signed-out"],
    ]),
  );
  expect(await identity.ended([])).toEqual(new Map());
});
