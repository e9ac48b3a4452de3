import { type FargateServiceProps } from "../../../modules/fargate-service";
import { type Case, later, loadBalancer, minimal, refused, service } from "./fixture";

const securityGroupId = "sg-0123456789abcdef0";
const subnets = (count: number) =>
  Array.from({ length: count }, (_, index) => `subnet-${index.toString(16).padStart(17, "0")}`);
const balanced = (part: object) => ({ drainSec: 60, loadBalancer: { ...loadBalancer, ...part } });
const cluster = { arn: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared", name: "shared" };

const id =
  "expected keys of lower-case letters, digits and single hyphens, at most 128 characters, got KEY. The key names the resources in Terraform's state.";

const network: Case[] = [
  [
    "no VPC",
    { network: { ...minimal.network, vpcId: undefined } },
    "network.vpcId: expected a value, got nothing. Pass the id of the VPC.",
  ],
  [
    "a subnet too many",
    { network: { ...minimal.network, taskSubnetIds: subnets(17) } },
    `network.taskSubnetIds: expected 2 to 16, got 17 (${subnets(17).join(", ")}). Pass one subnet for each zone: a failed zone must not take every task with it.`,
  ],
  [
    "ways out that are known only at apply",
    { egressCidrs: later.list },
    "egressCidrs: expected a list whose length is known at synth, got a value that is known only at apply. Write its elements out; each may be known only at apply.",
  ],
  [
    "a cluster without a name",
    { cluster: { ...cluster, name: undefined } },
    "cluster.name: expected a value, got nothing. Pass the arn and the name of the cluster.",
  ],
  [
    "a cluster with an empty ARN",
    { cluster: { ...cluster, arn: "" } },
    "cluster.arn: expected a value, got an empty string. Pass the arn and the name of the cluster.",
  ],
];

const balancer: Case[] = [
  [
    "no target group",
    balanced({ targetGroupArn: "" }),
    "loadBalancer.targetGroupArn: expected a value, got an empty string. Pass what addService() of the load balancer returns.",
  ],
  [
    "a target group of another service",
    balanced({ targetGroupArn: cluster.arn }),
    `loadBalancer.targetGroupArn: expected the ARN of a target group, arn:…:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<id>, got "${cluster.arn}", which is of ecs. Pass what addService() of the load balancer returns.`,
  ],
  [
    "a load balancer with an empty security group",
    balanced({ loadBalancerSecurityGroupId: "" }),
    "loadBalancer.loadBalancerSecurityGroupId: expected a value, got an empty string. Pass what addService() of the load balancer returns.",
  ],
  [
    "a load balancer's security group by its name",
    balanced({ loadBalancerSecurityGroupId: "default" }),
    'loadBalancer.loadBalancerSecurityGroupId: expected an id such as sg-0123456789abcdef0, got "default". Pass what addService() of the load balancer returns.',
  ],
  ...["deregistrationDelaySec", "healthySec"].flatMap((name) =>
    [-1, 3601].map((seconds): Case => [
      `${seconds} as ${name}`,
      { ...balanced({ [name]: seconds }), deployTimeoutSec: 36_000 },
      `loadBalancer.${name}: expected a whole number from 0 to 3600 seconds, got ${seconds}. Pass what addService() of the load balancer returns.`,
    ]),
  ),
];

const connections: Case[] = [
  ...["db_1", "1db", "db--main", "db-"].map((key): Case => [
    `the key ${key}`,
    { connections: { [key]: { securityGroupId, port: 5432 } } },
    `connections: ${id.replace("KEY", `"${key}"`)}`,
  ]),
  [
    "a connection of nothing",
    { connections: { database: undefined } },
    "connections.database: expected an object, got nothing. See the table of props in the README.",
  ],
  [
    "a connection with an empty group",
    { connections: { database: { securityGroupId: "", port: 5432 } } },
    "connections.database.securityGroupId: expected a value, got an empty string. Pass the group of the database or cache.",
  ],
  [
    "a connection to the port null",
    { connections: { database: { securityGroupId, port: null } } },
    "connections.database.port: expected a value, got null. For example 5432 for PostgreSQL, 6379 for Redis.",
  ],
  [
    "a connection to the port 0",
    { connections: { database: { securityGroupId, port: 0 } } },
    "connections.database.port: expected a whole number from 1 to 65535, got 0. For example 5432 for PostgreSQL, 6379 for Redis.",
  ],
];

describe.each(Object.entries({ network, balancer, connections }))("the service is refused (%s)", (_, cases) => {
  it.each(cases)("%s", (_name, props, message) => expect(refused(props)).toBe(message));
});

it.each<[string, Partial<FargateServiceProps>]>([
  ["as many subnets as ECS takes", { network: { ...minimal.network, taskSubnetIds: subnets(16) } }],
  ["a cluster that exists", { cluster }],
  ["egress to each given address", { egressCidrs: ["203.0.113.0/24", "2001:db8::/32"] }],
  ["a key of several words", { connections: { "db-main-2": { securityGroupId, port: 5432 } } }],
  ["the first port", { connections: { database: { securityGroupId, port: 1 } } }],
  ["the last port", { connections: { database: { securityGroupId, port: 65_535 } } }],
  ["no delay", balanced({ deregistrationDelaySec: 0, healthySec: 0 })],
  ["the longest delay", { ...balanced({ deregistrationDelaySec: 3600 }), deployTimeoutSec: 36_000 }],
  ["the longest way to health", { ...balanced({ healthySec: 3600 }), deployTimeoutSec: 36_000 }],
  ["a port known only at apply", { ...balanced({}), containerPort: later.number }],
  ["a load balancer's port known only at apply", balanced({ containerPort: later.number })],
])("the service accepts %s", (_, props) => {
  expect(() => service(props)).not.toThrow();
});
