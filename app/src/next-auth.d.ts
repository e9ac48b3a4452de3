import "next-auth";
import "next-auth/jwt";

type Role = "agent" | "admin";

declare module "next-auth" {
  interface User {
    readonly role: Role;
  }

  interface Session {
    readonly user: { readonly id: string; readonly name: string; readonly role: Role };
  }
}

declare module "next-auth/jwt" {
  /** What the session's cookie says; the server reads sub, name, role, sid and exp. */
  interface JWT {
    readonly role: Role;
    /** Id of the session, to end it by. */
    readonly sid: string;
    /** Seconds since the epoch: what the pages prolong it by, and the server does not read. */
    readonly startedAt?: number;
    readonly endsAt?: number;
  }
}
