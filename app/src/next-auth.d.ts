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
  /** Content of the session cookie; the server reads sub, name, role, sid and exp. */
  interface JWT {
    readonly role: Role;
    /** Id of the session, by which it is ended. */
    readonly sid: string;
    /** Start of the session, in seconds since the epoch. It limits extensions; the server does not read it. */
    readonly startedAt?: number;
    readonly endsAt?: number;
  }
}
