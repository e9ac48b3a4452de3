import { readFileSync } from "node:fs";
import { DeleteLoadBalancerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { DeleteDBInstanceCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { prod } from "../../../environments/prod";
import { clients } from "../../helpers/aws-clients";
import { DeployedStack } from "../../helpers/deployed-stack";
import { type Applied, describeDeployedEnvironment } from "../../helpers/deployed-environment";
import { removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

const STACK = "messenger-crm-prod";

describe("prod, applied by the real Terraform", () => {
  const run = runProgram("main.ts", { STATE_BACKEND: "local" });
  const file = stackFile(run, STACK);
  let applied: Applied;

  beforeAll(async () => {
    const root = await TerraformRoot.applied(file);
    applied = { root, aws: clients(root.simulator.endpoint), json: readFileSync(file, "utf8") };
  });

  afterAll(async () => {
    await applied?.root.dispose();
    removeRun(run);
  });

  describeDeployedEnvironment(prod, () => applied);

  it("serves TLS 1.3 and redirects plain HTTP to it", async () => {
    const listeners = await new DeployedStack(applied.aws, STACK).listeners();
    const https = listeners.find(({ Port }) => Port === 443);
    expect(https).toMatchObject({ Protocol: "HTTPS", SslPolicy: expect.stringContaining("TLS13") as string });
    const http = listeners.find(({ Port }) => Port === 80);
    expect(http?.DefaultActions).toMatchObject([{ Type: "redirect", RedirectConfig: { Protocol: "HTTPS" } }]);
  });

  it("cannot be deleted by accident", async () => {
    const { LoadBalancerArn } = await new DeployedStack(applied.aws, STACK).loadBalancer();
    await expect(applied.aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))).rejects.toThrow(
      /protection/,
    );
    const { DBInstances = [] } = await applied.aws.rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toMatchObject([{ MultiAZ: true, DeletionProtection: true, BackupRetentionPeriod: 14 }]);
    const { DBInstanceIdentifier } = DBInstances[0]!;
    const deletion = applied.aws.rds.send(
      new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }),
    );
    await expect(deletion).rejects.toThrow(/protect/);
  });

  it("is destroyed once its protection is lifted", async () => {
    const released = runProgram("__tests__/programs/released-prod.ts");
    try {
      applied.root.replaceConfiguration(stackFile(released, STACK));
      await applied.root.apply();
      expect(await applied.root.destroy()).toEqual([]);
    } finally {
      removeRun(released);
    }
  });
});
