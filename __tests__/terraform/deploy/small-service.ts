import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformStack } from "cdktf";
import { FargateService, type FargateServiceProps } from "../../../modules/fargate-service";
import { Secrets } from "../../../modules/secrets";
import { addAwsProvider } from "../../../stacks/aws-provider";
import { DeployedImage } from "../../../stacks/compute/deployed-image";
import { addStateBackend } from "../../../stacks/state-backend";

export const NAME = "crm-dev";
export const REPOSITORY = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm";
export const PARAMETER = `/${NAME}/deployed/image`;

export interface SmallService {
  readonly release?: string;
  readonly deployedBy?: "terraform" | "pipeline";
  readonly environment?: Readonly<Record<string, string>>;
  readonly logRetentionDays?: 30 | 90;
  /** Adds a generated secret and an autoscaler from two to four tasks. */
  readonly operated?: boolean;
}

/** Synthesizes a service with a migration in a network of its own, deployed like those of the stacks. Returns the file. */
export function synthesizeSmallService({
  release = "0.1.0",
  deployedBy = "terraform",
  environment = {},
  logRetentionDays = 30,
  operated = false,
}: SmallService = {}): string {
  const outdir = mkdtempSync(join(tmpdir(), "small-service-"));
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, NAME);
  addAwsProvider(stack, { accountId: "123456789012", region: "ap-northeast-1", tags: { Environment: "dev" } });
  addStateBackend(stack, "local", { bucket: "none", region: "ap-northeast-1" });
  const more = operated
    ? { secrets: { NEXTAUTH_SECRET: createSecret(stack) }, autoscaling: { minCount: 2, maxCount: 4 } }
    : {};
  const settings = { name: NAME, network: createNetwork(stack), environment, logRetentionDays, ...more };
  if (deployedBy === "pipeline") {
    createService(stack, { ...settings, image: `${REPOSITORY}:${release}`, revisionsOutsideTerraform: "ignore" });
  } else {
    const image = new DeployedImage(stack, { name: NAME, repositoryUrl: REPOSITORY, release });
    const props = { ...settings, image: image.reference, revisionsOutsideTerraform: "follow" } as const;
    image.rememberAfter(createService(stack, props).service);
  }
  app.synth();
  return join(outdir, "stacks", NAME, "cdk.tf.json");
}

/** Returns the ARN of a generated secret. */
function createSecret(stack: TerraformStack): string {
  const generated = { "nextauth-secret": { description: "encrypts session cookies" } };
  const deletion = { recoveryWindowDays: 0, allowImmediateDeletion: true };
  return new Secrets(stack, "secrets", { name: NAME, generated, ...deletion }).arn("nextauth-secret");
}

function createNetwork(stack: TerraformStack): FargateServiceProps["network"] {
  const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  const subnets = ["a", "c"].map(
    (zone, index) =>
      new Subnet(stack, `subnet-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index}.0/24`,
        availabilityZone: `ap-northeast-1${zone}`,
      }),
  );
  return { vpcId: vpc.id, taskSubnetIds: subnets.map(({ id }) => id), assignPublicIp: true };
}

function createService(
  stack: TerraformStack,
  props: Pick<FargateServiceProps, "name" | "network" | "image" | "revisionsOutsideTerraform"> &
    Pick<FargateServiceProps, "environment" | "logRetentionDays" | "secrets" | "autoscaling">,
): FargateService {
  return new FargateService(stack, "service", {
    ...props,
    repositoryArn: "arn:aws:ecr:ap-northeast-1:123456789012:repository/crm",
    containerPort: 3000,
    drainSec: 20,
    desiredCount: 2,
    fanOut: { adapter: "redis" },
    migration: { command: ["node", "migrate.js"] },
  });
}
