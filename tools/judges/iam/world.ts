import { at, entries, type Json, strings } from "../../terraform/json";
import { Expressions } from "../terraform-expressions";

/** A call to an AWS API, and whether the stack's policies have to allow it. */
export interface Call {
  readonly what: string;
  /** A role by its Terraform name, a service principal, or somebody of another account who may do everything there. */
  readonly caller: { readonly role: string } | { readonly service: string } | { readonly account: string };
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly allowed: boolean;
}

export const OTHER_ACCOUNT = "999999999999";

/** The resources of a stack with the values that they will have at AWS. */
export class World {
  readonly expressions: Expressions;

  readonly account: string;
  readonly region: string;

  constructor(private readonly stack: Json) {
    this.expressions = new Expressions(stack);
    this.account = this.expressions.account;
    this.region = this.expressions.region;
  }

  each<T>(type: string, work: (name: string, resource: Json) => readonly T[]): T[] {
    return entries(at(this.stack, "resource", type)).flatMap(([name, resource]) => work(name, resource));
  }

  text(resource: Json | undefined, ...path: readonly string[]): string {
    const value = at(resource, ...path);
    return typeof value === "string" ? this.expressions.resolve(value) : "";
  }

  /** The text of a local value, with Terraform's expressions in it. */
  local(name: string): string {
    const value = at(this.stack, "locals", name);
    return typeof value === "string" ? value : "";
  }

  arn(type: string, name: string): string {
    return this.expressions.resolve(`\${${type}.${name}.arn}`);
  }

  /** The Terraform name in a reference such as `${aws_iam_role.name.arn}`. */
  reference(resource: Json, attribute: string, type: string): string | undefined {
    const value = at(resource, attribute);
    return typeof value === "string" ? new RegExp(`${type}\\.([\\w-]+)\\.`).exec(value)?.[1] : undefined;
  }

  /** Whether a resource of these types refers to the one at the address. */
  isReferredTo(address: string, types: readonly string[]): boolean {
    return types.some((type) =>
      this.each(type, (_, resource) => strings(resource)).some((text) => text.includes(address)),
    );
  }

  /** The resources of a type that a key encrypts. */
  encryptedBy(key: string, type: string, attribute: string): string[] {
    return this.each(type, (name, resource) =>
      this.reference(resource, attribute, "aws_kms_key") === key ? [this.arn(type, name)] : [],
    );
  }
}
