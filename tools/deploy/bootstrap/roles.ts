import { type Forge } from "./forge";
import {
  deployPolicy,
  type Place,
  planPolicy,
  type PolicyDocument,
  registryPolicy,
  releasePolicy,
} from "./role-policies";

/** A role of the pipeline as it has to be. */
export interface WantedRole {
  readonly name: string;
  readonly description: string;
  /** The pipeline's variable that holds its ARN, and the environment that the variable belongs to. */
  readonly variable: { readonly name: string; readonly environment: string | undefined };
  readonly trust: object;
  readonly maxSessionSec: number;
  /** ARNs of AWS managed policies. */
  readonly managed: readonly string[];
  readonly inline: PolicyDocument | undefined;
}

export const AUDIENCE = "sts.amazonaws.com";
const HOUR = 3600;
/** A first apply with CloudFront and two databases takes an hour; see .github/workflows/apply.yml. */
const DEPLOY_SESSION_SEC = 2 * HOUR;

/** The environment of the shared image repository. */
const REGISTRY = "registry";

/** Returns the ARN of the issuer's provider in an account. */
export function providerArn({ issuer }: Forge, { accountId, partition }: Place): string {
  return `arn:${partition}:iam::${accountId}:oidc-provider/${issuer.replace("https://", "")}`;
}

/** Returns the roles that the pipeline's jobs assume; see docs/ci.md. */
export function wantedRoles(forge: Forge, place: Place): WantedRole[] {
  const { application, partition, stacks } = place;
  const managed = (name: string) => `arn:${partition}:iam::aws:policy/${name}`;
  const { subjects } = forge;
  // Not behind the application's name, where a deploying role may manage the roles of its stack.
  const stem = `ci-${application}`;
  const shared = [
    {
      name: `${stem}-plan`,
      description: "Plans of pull requests: reads states and configurations, and no value of a secret",
      variable: { name: "AWS_PLAN_ROLE", environment: undefined },
      trust: trust(forge, place, subjects.plan),
      maxSessionSec: HOUR,
      managed: [managed("ReadOnlyAccess")],
      inline: planPolicy(place),
    },
    {
      name: `${stem}-release`,
      description: "Plans and images of the main branch: reads, stores plans, pushes images",
      variable: { name: "AWS_RELEASE_ROLE", environment: undefined },
      trust: trust(forge, place, subjects.release),
      maxSessionSec: HOUR,
      managed: [managed("ReadOnlyAccess")],
      inline: releasePolicy(place),
    },
  ];
  const deploys = stacks.map((own) => ({
    name: `${stem}-deploy-${own.environment}`,
    description: `Applies the reviewed plans of ${own.stack}`,
    variable: { name: "AWS_DEPLOY_ROLE", environment: own.environment },
    trust: trust(forge, place, subjects.deploy(own.environment)),
    maxSessionSec: DEPLOY_SESSION_SEC,
    managed: own.environment === REGISTRY ? [] : [managed("PowerUserAccess")],
    inline: own.environment === REGISTRY ? registryPolicy(place, own) : deployPolicy(place, own),
  }));
  return [...shared, ...deploys];
}

function trust(forge: Forge, place: Place, subject: string): object {
  const host = forge.issuer.replace("https://", "");
  const audience = { [`${host}:aud`]: AUDIENCE };
  const operator = subject.includes("*") ? "StringLike" : "StringEquals";
  const condition =
    operator === "StringEquals"
      ? { StringEquals: { ...audience, [`${host}:sub`]: subject } }
      : { StringEquals: audience, StringLike: { [`${host}:sub`]: subject } };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn(forge, place) },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  };
}
