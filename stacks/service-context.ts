import { type TerraformStack } from "cdktf";
import { type AppContract } from "../app/contract";
import { type Environment } from "../environments";

/** The values that every part of a service stack is created from. */
export interface ServiceContext<E extends Environment = Environment> {
  readonly stack: TerraformStack;
  /** Stem of all physical names: `messenger-crm-dev`. */
  readonly name: string;
  readonly contract: AppContract;
  readonly environment: E;
  /** The environment's customer managed key; `undefined` where AWS managed keys encrypt. */
  readonly kmsKeyArn: string | undefined;
  /** Default tags of every provider of the stack. */
  readonly tags: Readonly<Record<string, string>>;
}
