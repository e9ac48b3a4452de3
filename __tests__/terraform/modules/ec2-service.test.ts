import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformStack } from "cdktf";
import { Ec2Service } from "../../../modules/ec2-service";
import { addAwsProvider } from "../../../stacks/aws-provider";
import { DeployedImage } from "../../../stacks/compute/deployed-image";
import { addStateBackend } from "../../../stacks/state-backend";
import { TerraformRoot } from "../../helpers/terraform-root";

const NAME = "crm-dev";
const REPOSITORY = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm";
const DIGEST = `sha256:${"a".repeat(64)}`;

const outdir = mkdtempSync(join(tmpdir(), "ec2-service-"));

/** Synthesizes instances with Spot, hooks, both kinds of targets and a deployed image, without the load balancer, which takes a minute. */
function synthesized(): string {
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, NAME);
  addAwsProvider(stack, { accountId: "123456789012", region: "ap-northeast-1", tags: { Environment: "dev" } });
  addStateBackend(stack, "local", { bucket: "none", region: "ap-northeast-1" });
  const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  const subnets = ["a", "c"].map(
    (zone, index) =>
      new Subnet(stack, `subnet-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index}.0/24`,
        availabilityZone: `ap-northeast-1${zone}`,
      }),
  );
  const target = new LbTargetGroup(stack, "target", {
    name: NAME,
    vpcId: vpc.id,
    port: 8080,
    protocol: "HTTP",
    targetType: "instance",
  });
  const balancer = new SecurityGroup(stack, "balancer", { name: "balancer", vpcId: vpc.id });
  const image = new DeployedImage(stack, { name: NAME, repositoryUrl: REPOSITORY, release: "0.1.0" });
  const parameter = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";
  const service = new Ec2Service(stack, "service", {
    name: NAME,
    network: { vpcId: vpc.id, taskSubnetIds: subnets.map(({ id }) => id), assignPublicIp: false },
    image: image.reference,
    repositoryArn: "arn:aws:ecr:ap-northeast-1:123456789012:repository/crm",
    amiId: new DataAwsSsmParameter(stack, "ami", { name: parameter }).insecureValue,
    instanceTypes: ["t4g.small", "t4g.medium"],
    drainSec: 60,
    loadBalancer: {
      targetGroupArn: target.arn,
      targetGroupArnSuffix: target.arnSuffix,
      loadBalancerArnSuffix: "app/crm/fedcba9876543210",
      loadBalancerSecurityGroupId: balancer.id,
      containerPort: 8080,
      deregistrationDelaySec: 30,
      healthySec: 60,
      dependencies: [],
    },
    fanOut: { adapter: "redis" },
    autoscaling: { minCount: 2, maxCount: 4, connectionsPerProcess: 1000 },
    connectionMetric: { namespace: "CRM", metricName: "OpenConnections", dimensions: { Service: NAME } },
    spot: {},
    refreshAlarmNames: ["crm-dev-errors"],
    metricsNamespace: "CRM/Instances",
  });
  image.rememberAfter(service.group);
  app.synth();
  return join(outdir, "stacks", NAME, "cdk.tf.json");
}

describe("instances of EC2, applied by the real Terraform", () => {
  let root: TerraformRoot;
  beforeAll(async () => {
    root = await TerraformRoot.applied(synthesized());
  });
  afterAll(async () => {
    await root?.dispose();
    rmSync(outdir, { recursive: true, force: true });
  });

  /** Calls the API itself: the SDK's client for it would be needed here alone. */
  async function call(Action: string): Promise<string> {
    const credential = "Credential=testing/20260101/ap-northeast-1/autoscaling/aws4_request";
    const headers = { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` };
    const body = new URLSearchParams({ Version: "2011-01-01", AutoScalingGroupName: NAME, Action });
    return (await fetch(root.simulator.endpoint, { method: "POST", headers, body })).text();
  }
  const refreshes = async () => [...(await call("DescribeInstanceRefreshes")).matchAll(/<InstanceRefreshId>/g)].length;

  it("plan no change right after the apply", async () => {
    expect(await root.drift()).toEqual([]);
  });

  it("have hooks, no refresh yet, and both scaling policies", async () => {
    const hooks = await call("DescribeLifecycleHooks");
    expect([...hooks.matchAll(/<HeartbeatTimeout>(\d+)</g)].map(([, seconds]) => seconds).sort()).toEqual([
      "300",
      "80",
    ]);
    expect(await refreshes()).toBe(0);
    const policies = await call("DescribePolicies");
    expect(policies).toContain("ASGAverageCPUUtilization");
    expect(policies).toContain("open / reports");
  });

  it("are replaced by a refresh when another image is deployed, and only then", async () => {
    root.setVariables({ image_digest: DIGEST });
    await root.apply();
    expect(await refreshes()).toBe(1);
    const group = await call("DescribeAutoScalingGroups");
    expect(group).toContain("<Version>2</Version>");
    expect(group).toContain("<OnDemandBaseCapacity>1<");
    root.setVariables({});
    expect(await root.drift()).toEqual([]);
    expect(await refreshes()).toBe(1);
  });

  it("leave nothing behind", async () => {
    expect(await root.destroy()).toEqual([]);
  });
});
