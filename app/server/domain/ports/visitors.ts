import { type VisitorPrincipal } from "../principal";

/** Customers: each has one conversation and a signed token instead of an account. */
export interface Visitors {
  /** Stores a new customer with an empty conversation. */
  create(name: string): Promise<NewVisitor>;
}

export interface NewVisitor {
  readonly principal: VisitorPrincipal;
  /** The visitor token, for the cookie. */
  readonly token: string;
}
