import { runSimulation } from "@cloud-copilot/iam-simulate";
import { type Json } from "../../terraform/json";
import { Expressions } from "../terraform-expressions";
import { list, type Policy, type PolicyDocument, type Statement } from "./policies";
import { type Call } from "./world";

const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

/** Decides calls by the policies of one stack, as IAM would. */
export class Decisions {
  private readonly expressions: Expressions;

  constructor(
    stack: Json,
    private readonly policies: readonly Policy[],
  ) {
    this.expressions = new Expressions(stack);
  }

  /** Whether IAM allows a call. @throws Error when the call or a policy is no valid input */
  async isAllowed({ caller, action, resource, context = {} }: Call): Promise<boolean> {
    const role = "role" in caller ? caller.role : undefined;
    const resourcePolicy = this.resourcePolicy(resource)?.document;
    const answer = await runSimulation(
      {
        request: {
          principal: this.principalOf(caller),
          action,
          resource: { resource, accountId: this.expressions.account },
          contextVariables: withKnownKeys(context),
        },
        identityPolicies:
          "account" in caller
            ? [{ name: "everything", policy: EVERYTHING }]
            : this.policies
                .filter((policy) => policy.kind === "identity" && policy.role === role)
                .map(({ address, document }) => ({ name: address, policy: withKnownKeys(document) })),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: resourcePolicy && withKnownKeys(withResources(resourcePolicy)),
      },
      {},
    );
    if (answer.resultType === "error") throw new Error(`${action} ${resource}: ${JSON.stringify(answer.errors)}`);
    return answer.overallResult === "Allowed";
  }

  private principalOf(caller: Call["caller"]): string {
    if ("service" in caller) return caller.service;
    return "role" in caller
      ? `arn:aws:iam::${this.expressions.account}:role/${caller.role}`
      : `arn:aws:iam::${caller.account}:role/somebody`;
  }

  /** The policies that a call is decided by. */
  policiesFor({ caller, resource }: Call): readonly Policy[] {
    const role = "role" in caller ? caller.role : undefined;
    const own = this.policies.filter((policy) => policy.kind === "identity" && policy.role === role);
    const other = this.resourcePolicy(resource);
    return other ? [...own, other] : own;
  }

  /** The policy of a key, bucket, topic or role, by the ARN of what it protects. */
  private resourcePolicy(arn: string): Policy | undefined {
    return this.policies.find(({ kind, address }) => {
      const [type = "", name = ""] = address.split(/\.(.*)/s);
      if (kind === "identity") return false;
      if (type === "aws_iam_role")
        return arn === `arn:aws:iam::${this.expressions.account}:role/${this.nameOf(type, name)}`;
      if (type === "aws_kms_key") return arn === this.expressions.resolve(`\${${type}.${name}.arn}`);
      const owner = this.expressions.resource(type, name);
      if (type === "aws_ecr_repository_policy") {
        return arn.endsWith(`:repository/${this.expressions.resolve(owner["repository"] as string)}`);
      }
      const target = this.expressions.resolve((owner["bucket"] ?? owner["arn"]) as string);
      return type === "aws_s3_bucket_policy" ? arn.startsWith(`arn:aws:s3:::${target}`) : arn === target;
    });
  }

  private nameOf(type: string, name: string): string {
    return this.expressions.resolve(this.expressions.resource(type, name)["name"] as string);
  }
}

/** The policy of a repository names no resource, because it can only be about the repository. The simulator needs one. */
function withResources({ Version, Statement }: PolicyDocument): PolicyDocument {
  return { Version, Statement: Statement.map((statement) => ({ ...repositoryResource(statement), ...statement })) };
}

function repositoryResource({ Action }: Statement): Pick<Statement, "Resource"> {
  return list(Action).every((action) => action.startsWith("ecr:")) ? { Resource: "*" } : {};
}

/**
 * iam-simulate 0.1.173 drops `kms:EncryptionContext:<key>` from a request, because its variable follows a colon. Both the policies and
 * the request say it with a global key that has a variable, too.
 */
function withKnownKeys<T>(value: T): T {
  const text = JSON.stringify(value).replaceAll("kms:EncryptionContext:", "aws:RequestTag/encryption-context-");
  return JSON.parse(text) as T;
}

/** Grants that no allowed call uses, as `policy: action`; the account's own `kms:*` aside, without which nobody could change a key. */
export function unusedGrants(policies: readonly Policy[], used: readonly { policy: Policy; call: Call }[]): string[] {
  return policies.flatMap((policy) =>
    policy.document.Statement.filter(({ Effect, Sid }) => Effect === "Allow" && Sid !== "AccountByIam").flatMap(
      (statement) =>
        list(statement.Action)
          .filter((pattern) => !used.some((use) => use.policy === policy && covers(pattern, use.call.action)))
          .map((pattern) => `${policy.address}: ${pattern}`),
    ),
  );
}

function covers(pattern: string, action: string): boolean {
  return pattern.endsWith("*") ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}
