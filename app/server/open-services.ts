import { type Configuration } from "./configuration";
import { Conversations } from "./conversations";
import { type Database } from "./data/database";
import { openDatabase } from "./data/open-database";
import { Accounts, PasswordHashes, Sessions, StoredIdentity, Tickets, Visitors } from "./identity";
import { StoredMessageLog } from "./messages";

/** Everything that stands on the database: what sockets, REST and pages are built from. */
export interface Services {
  readonly database: Database;
  readonly messages: StoredMessageLog;
  readonly conversations: Conversations;
  readonly identity: StoredIdentity;
  readonly sessions: Sessions;
  readonly visitors: Visitors;
  readonly accounts: Accounts;
  readonly passwords: PasswordHashes;
}

type Needed = Pick<Configuration, "database" | "secrets" | "publicOrigin">;

/** @param onIdleError told about database connections that broke while nobody used them */
export async function openServices(configuration: Needed, onIdleError?: (error: Error) => void): Promise<Services> {
  return servicesOn(await openDatabase(configuration.database, onIdleError), configuration);
}

/** The same on a database that is open already. */
export function servicesOn(database: Database, { secrets, publicOrigin }: Omit<Needed, "database">): Services {
  const passwords = new PasswordHashes();
  return {
    database,
    messages: new StoredMessageLog(database),
    conversations: new Conversations(database),
    identity: new StoredIdentity(database, new Tickets(secrets.SOCKET_TICKET_SECRET)),
    sessions: new Sessions(database, secrets.NEXTAUTH_SECRET, publicOrigin),
    visitors: new Visitors(database, secrets.VISITOR_TOKEN_SECRET, publicOrigin.startsWith("https://")),
    accounts: new Accounts(database, passwords),
    passwords,
  };
}
