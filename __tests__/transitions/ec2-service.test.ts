import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Ec2Service, type Ec2ServiceProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep, together } from "../helpers/transitions/sweep";
import { type Build } from "../helpers/transitions/transitions";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";
const ECR = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/crm`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:crm/app-AbCdEf`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f`;

/** Behind a target group without a load balancer, which would take minutes. */
const service =
  (props: Partial<Ec2ServiceProps>): Build =>
  (scope, { name, network }) => {
    const target = new LbTargetGroup(scope, "target", {
      name: name.slice(0, 32),
      vpcId: network.vpcId,
      port: 8080,
      protocol: "HTTP",
      targetType: "instance",
    });
    const balancer = new SecurityGroup(scope, "balancer", { name: `${name}-lb`, vpcId: network.vpcId });
    new Ec2Service(scope, "service", {
      name,
      network: { ...network, assignPublicIp: false },
      image: `${ECR}:1.0.0`,
      amiId: "ami-0123456789abcdef0",
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
      autoscaling: { minCount: 2, maxCount: 4 },
      metricsNamespace: "CRM/Instances",
      ...props,
    });
  };

itChanges([
  ...sweep<Ec2ServiceProps>("Ec2Service", service, {
    spot: [{ onDemandBase: 1 }, { onDemandBase: 2, onDemandPercent: 50 }],
    autoscaling: [{ minCount: 1, maxCount: 6, cpuPercent: 50 }],
    migration: [{ command: ["node", "migrate.js"] }],
    refreshTopicArn: [`arn:aws:sns:${REGION}:${ACCOUNT}:oncall`],
    egressPrefixListIds: [{ s3: "pl-0123456789abcdef0" }, { s3: "pl-0123456789abcdef1" }],
  }),
  // All of these are in the launch template: one new version, and one refresh.
  together<Ec2ServiceProps>("Ec2Service", service, {
    image: `${ECR}:1.1.0`,
    amiId: "ami-0123456789abcdef1",
    environment: { LOG_LEVEL: "debug" },
    secrets: { SESSION_SECRET: SECRET },
    secretKmsKeyArns: [KEY],
    processes: 3,
    firstProcessPort: 3001,
    rootVolumeGiB: 20,
    bootSec: 90,
    drainSec: 70,
  }),
  together<Ec2ServiceProps>("Ec2Service", service, {
    instanceTypes: ["t4g.medium", "t4g.small"],
    refreshAlarmNames: ["crm-errors"],
    logRetentionDays: 90,
    egressCidrs: ["10.0.0.0/8"],
  }),
]);
