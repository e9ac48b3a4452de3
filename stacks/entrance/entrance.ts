import { type TerraformStack } from "cdktf";
import { type AppContract } from "../../app/contract";
import { type Environment } from "../../environments/index";
import { type AlbNetwork, type AlbWebsocket } from "../../modules/alb-websocket/index";
import { type Waf } from "../../modules/waf/index";

export interface EntranceProps {
  readonly stack: TerraformStack;
  /** Stem of all physical names. */
  readonly name: string;
  readonly contract: AppContract;
  readonly environment: Environment;
  readonly network: AlbNetwork;
  readonly kmsKeyArn: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** An entrance of some kinds. */
export type EntranceOf<Kind extends Environment["entrance"]["kind"]> = Extract<
  Environment["entrance"],
  { readonly kind: Kind }
>;

/** What people and pipelines ask for, by name. */
export type StackOutputs = Readonly<Record<string, readonly [value: string | readonly string[], description: string]>>;

/** How clients come in, as the rest of the stack needs it. */
export interface Entrance {
  readonly alb: AlbWebsocket;
  /** Scheme and host that clients see: what the app is told, too. */
  readonly origin: string;
  /** The web ACL whose metrics are in the stack's region: none behind CloudFront, where it reports in us-east-1. */
  readonly waf: Waf | undefined;
  /** Beside what every entrance has. */
  readonly outputs: StackOutputs;
}
