import { type Account } from "../account/account";
import { isSecret } from "../account/container-secret";
import { DoesNotApply } from "../account/does-not-apply";
import { readSubnetRoutes, readVpcEndpoints, type Subnet, type SubnetRoutes } from "../account/network";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

interface Facts {
  readonly routes: readonly SubnetRoutes[];
  readonly hasPublicIp: boolean;
  /** Endpoints that a start needs without the internet, and that the VPC does not have. */
  readonly missing: readonly string[];
}

/** A task pulls its image and secrets before it runs. */
export const wayOut = defineCheck({
  name: "way-out",
  expects: "the tasks' subnets lead to the internet, or the VPC has the endpoints that a start needs",
  read,
  judge: ({ routes, hasPublicIp, missing }) =>
    missing.length === 0 ? [] : routes.flatMap((route) => problems(route, hasPublicIp, missing)),
});

async function read(account: Account): Promise<Facts> {
  const { subnets, hasPublicIp } = await subnetsOfTasks(account);
  const vpcId = subnets[0]?.vpcId;
  if (vpcId === undefined) throw new DoesNotApply("the apply creates the tasks' subnets");
  const endpoints = await readVpcEndpoints(account.aws.ec2, vpcId);
  return {
    routes: await readSubnetRoutes(account.aws.ec2, subnets),
    hasPublicIp,
    missing: neededEndpoints(account).filter((name) => !endpoints.includes(name)),
  };
}

/** Source: ECR user guide, "Amazon ECR interface VPC endpoints"; ECS developer guide, "Interface VPC endpoints". */
function neededEndpoints({ stack }: Account): readonly string[] {
  const kinds = stack.containerSecrets().map(({ valueFrom }) => (isSecret(valueFrom) ? "secretsmanager" : "ssm"));
  return ["ecr.api", "ecr.dkr", "s3", "logs", ...new Set(kinds)];
}

/** Those of the running service or, before the first deployment, those that the stack is given. */
async function subnetsOfTasks(account: Account): Promise<{ subnets: readonly Subnet[]; hasPublicIp: boolean }> {
  const service = await account.deployedService();
  if (service === undefined) {
    return { subnets: await account.subnets(account.stack.foreignTaskSubnets()), hasPublicIp: false };
  }
  const { assignPublicIp } = service.networkConfiguration?.awsvpcConfiguration ?? {};
  return { subnets: await account.taskSubnets(), hasPublicIp: assignPublicIp === "ENABLED" };
}

function problems(
  { subnetId, internet, routeTableId }: SubnetRoutes,
  hasPublicIp: boolean,
  missing: readonly string[],
): Problem[] {
  const without = `the VPC has no endpoint for ${missing.join(", ")}`;
  const common = {
    severity: "error",
    impact:
      "No task can start there: it reaches neither the registry nor Secrets Manager. Tasks that run go on, but lose AWS's APIs.",
  } as const;
  if (internet === undefined) {
    return [
      {
        ...common,
        what: `The subnet ${subnetId} has no route to the internet.`,
        evidence: `route table ${routeTableId} has no route for 0.0.0.0/0; ${without}`,
        remedy: "Run `make deploy`, which creates the route; in an existing VPC, add a NAT gateway or these endpoints.",
      },
    ];
  }
  if (internet.isBlackhole) {
    return [
      {
        ...common,
        what: `The route of the subnet ${subnetId} to the internet ends at something that is gone.`,
        evidence: `route table ${routeTableId}: 0.0.0.0/0 to ${internet.target}, blackhole; ${without}`,
        remedy: "Run `make deploy`, which replaces the NAT gateway or instance and the route.",
      },
    ];
  }
  if (internet.target.startsWith("igw-") && !hasPublicIp) {
    return [
      {
        ...common,
        what: `Tasks in the subnet ${subnetId} have no public address, which its internet gateway needs.`,
        evidence: `route table ${routeTableId}: 0.0.0.0/0 to ${internet.target}; assignPublicIp is not ENABLED; ${without}`,
        remedy: "Put the tasks into private subnets with a NAT gateway, or give them public addresses.",
      },
    ];
  }
  return [];
}
