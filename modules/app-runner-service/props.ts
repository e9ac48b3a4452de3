import { type Heartbeat } from "../core/heartbeat";
import { POLICY_STATEMENT, type PolicyStatement } from "../core/iam-policy";
import * as kind from "../core/kinds";
import { CONNECTION, type ConnectionTarget, TASK_NETWORK, type TaskNetwork } from "../ecs/references";
import { SECRET_VARIABLES, type SecretVariables } from "../ecs/secrets";
import { type AppRunnerHealthCheck, HEALTH_CHECK_PROPS } from "./health-check";
import { CODE_SOURCE, type CodeSource } from "./source";

/** A domain name of the service beside the one that App Runner gives it. */
export interface CustomDomain {
  /** `crm.example.com`. Its DNS records, which the outputs list, are yours to create. */
  readonly domainName: string;
  /**
   * Whether `www.` in front of it leads to the service, too.
   * @default false
   */
  readonly enableWww?: boolean | undefined;
}

export interface AppRunnerServiceProps {
  /** Stem of all physical names, at least 4 characters: `messenger-crm-dev`. */
  readonly name: string;
  /**
   * What to run: an image for x86-64 in ECR or in public.ecr.aws, by digest or immutable tag.
   * @default built from `source`
   */
  readonly image?: string | undefined;
  /**
   * ARN of the ECR repository that the image is pulled from; needed when `image` is known only at apply.
   * @default read from `image`
   */
  readonly repositoryArn?: string | undefined;
  /**
   * A repository on GitHub that App Runner builds, in place of `image`.
   * @default runs `image`
   */
  readonly source?: CodeSource | undefined;
  /**
   * Whether App Runner deploys each push: to the branch of `source`, or to the tag of `image`, which then has to be one that moves.
   * @default true with `source`, false with `image`
   */
  readonly autoDeploy?: boolean | undefined;
  /** TCP port of the container for HTTP. */
  readonly containerPort: number;
  /**
   * Replaces the image's CMD; required with `source`. App Runner splits it at white space.
   * @default the image's own
   */
  readonly startCommand?: string | undefined;
  /**
   * CPU units of an instance; 1024 are one vCPU.
   * @default 1024
   */
  readonly cpu?: number | undefined;
  /**
   * Memory of an instance, in MiB; App Runner has certain pairs only. Memory is billed all month, CPU while requests are open.
   * @default 2048
   */
  readonly memoryMiB?: number | undefined;
  /**
   * Variables in plain text; everybody who may describe the service sees them.
   * @default none
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Secret variables and where their values are stored. App Runner reads them when an instance starts.
   * @default none
   */
  readonly secrets?: SecretVariables | undefined;
  /**
   * Reasons why variables that look secret may be in `environment`, by variable name.
   * @default none
   */
  readonly plainTextReasons?: Readonly<Record<string, string>> | undefined;
  /**
   * Customer managed keys that the secrets are encrypted with.
   * @default none: secrets under the AWS managed key need no permission
   */
  readonly secretKmsKeyArns?: readonly string[] | undefined;

  /**
   * Whether the application uses Socket.IO. App Runner carries no WebSockets and has no sticky sessions, so that Socket.IO works by long-polling on one
   * instance alone: more are refused, and `transportsVariable` is set to `polling`.
   * @default true
   */
  readonly socketIo?: boolean | undefined;
  /**
   * Variable that tells the application its Socket.IO transports.
   * @default "SOCKET_TRANSPORTS"
   */
  readonly transportsVariable?: string | undefined;
  /**
   * The application's heartbeat: a poll stays open for up to `pingIntervalSec`, and App Runner ends a request after 120 seconds.
   * @default { pingIntervalSec: 25, pingTimeoutSec: 20 }
   */
  readonly heartbeat?: Heartbeat | undefined;
  /**
   * Fewest instances, 1 to 25; their memory is billed all month.
   * @default 1
   */
  readonly minInstances?: number | undefined;
  /**
   * Most instances, 1 to 25; one with Socket.IO.
   * @default 1
   */
  readonly maxInstances?: number | undefined;
  /**
   * Concurrent requests of an instance above which App Runner adds one, 1 to 200. A client of Socket.IO holds a request open all the time, so that this is
   * also the most clients of the one instance.
   * @default 200
   */
  readonly maxConcurrency?: number | undefined;
  /**
   * @default every 5 seconds at /api/health
   */
  readonly healthCheck?: AppRunnerHealthCheck | undefined;

  /**
   * VPC that instances reach through a VPC connector. All outgoing traffic goes through it, and a connector has no public address: without a NAT, nothing
   * outside the VPC is reached.
   * @default no VPC: instances reach the internet
   */
  readonly network?: TaskNetwork | undefined;
  /**
   * What instances connect to, by a short name of your choice; allows its port between both security groups. Needs `network`.
   * @default none
   */
  readonly connections?: Readonly<Record<string, ConnectionTarget>> | undefined;
  /**
   * CIDR blocks that instances may reach over HTTPS through the network.
   * @default ["0.0.0.0/0"]
   */
  readonly egressCidrs?: readonly string[] | undefined;
  /**
   * A domain name of your own.
   * @default the name that App Runner gives it, under awsapprunner.com
   */
  readonly customDomain?: CustomDomain | undefined;
  /**
   * Whether requests are traced with AWS X-Ray; the application has to send its segments.
   * @default false
   */
  readonly tracing?: boolean | undefined;
  /**
   * Customer managed key for App Runner's copy of the image or code. Changing it replaces the service.
   * @default a key that AWS owns
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * What the application may do in AWS.
   * @default nothing
   */
  readonly instancePolicyStatements?: readonly PolicyStatement[] | undefined;
}

export const CUSTOM_DOMAIN_PROPS: kind.Shape<CustomDomain> = { domainName: kind.string, enableWww: kind.boolean };

export const PROPS: kind.Shape<AppRunnerServiceProps> = {
  name: kind.string,
  image: kind.string,
  repositoryArn: kind.string,
  source: CODE_SOURCE,
  autoDeploy: kind.boolean,
  containerPort: kind.number,
  startCommand: kind.string,
  cpu: kind.number,
  memoryMiB: kind.number,
  environment: kind.record(kind.string),
  secrets: SECRET_VARIABLES,
  plainTextReasons: kind.record(kind.string),
  secretKmsKeyArns: kind.array(kind.string),
  socketIo: kind.boolean,
  transportsVariable: kind.string,
  heartbeat: kind.object<Heartbeat>({ pingIntervalSec: kind.number, pingTimeoutSec: kind.number }),
  minInstances: kind.number,
  maxInstances: kind.number,
  maxConcurrency: kind.number,
  healthCheck: kind.object(HEALTH_CHECK_PROPS),
  network: TASK_NETWORK,
  connections: kind.record(CONNECTION),
  egressCidrs: kind.array(kind.string),
  customDomain: kind.object(CUSTOM_DOMAIN_PROPS),
  tracing: kind.boolean,
  kmsKeyArn: kind.string,
  instancePolicyStatements: kind.array(POLICY_STATEMENT),
};
