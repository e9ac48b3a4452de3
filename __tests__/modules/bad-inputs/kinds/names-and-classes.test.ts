import { Token } from "cdktf";
import { INSTANCE_SIZES } from "../../../../modules/core/ec2-instance-types";
import { type Accepted, itChecks, type Refused } from "./case";
import { type Maker } from "../makers";

const reserved = (maker: Maker, name: string): Refused => [
  `the name ${name}`,
  maker,
  { name },
  "name core/reserved-name",
];
const long = "a".repeat(129);
itChecks(
  "names",
  [
    ...(["network", "loadBalancer", "service", "database", "cache"] as const).flatMap((maker) => [
      reserved(maker, "sg-crm"),
      reserved(maker, "sg"),
    ]),
    reserved("logBucket", "sthree-crm"),
    reserved("logBucket", "sthree"),
    reserved("logBucket", "amzn-s3-demo-bucket"),
    ["a load balancer called internal", "loadBalancer", { name: "internal" }, "name alb-websocket/reserved-name"],
    [
      "a client whose rule has too long a tag",
      "cache",
      { allowedSecurityGroups: { [long]: "sg-0123456789abcdef0" } },
      "allowedSecurityGroups core/client-name",
    ],
    [
      "a connection whose rule has too long a tag",
      "service",
      { connections: { [long]: { securityGroupId: "sg-0123456789abcdef0", port: 6379 } } },
      "connections core/wrong-format",
    ],
    [
      "a source whose rule has too long a tag",
      "loadBalancer",
      { allowedSecurityGroupIds: { [long]: "sg-0123456789abcdef0" } },
      "allowedSecurityGroupIds alb-websocket/resource-key",
    ],
  ],
  [
    ["a name with sg in it", "database", { name: "crm-sg-1" }],
    ["a name that only begins with the letters", "cache", { name: "sgp-crm" }],
    ["a name like a reserved one, without a bucket", "secrets", { name: "sthree-crm" }],
    ["a bucket's own name instead", "logBucket", { name: "sthree-crm", bucketName: "crm-logs-1" }],
    ["a load balancer called internals", "loadBalancer", { name: "internals" }],
    ["a key of 128", "cache", { allowedSecurityGroups: { ["a".repeat(128)]: "sg-0123456789abcdef0" } }],
  ],
);

const classes =
  (maker: Maker, prop: string, code: string) =>
  (value: string): Refused => [value, maker, { [prop]: value }, `${prop} ${code}`];
itChecks(
  "classes",
  [
    ...[
      "db.m7g.3xlarge",
      "db.m7g.24xlarge",
      "db.q9z.large",
      "db.t4g.4xlarge",
      "db.r6i.48xlarge",
      "db.x2idn.large",
      "db.m99g.large",
      "db.m7g.medium",
    ].map(classes("database", "instanceClass", "database/instance-class")),
    ...[
      "cache.m7g.24xlarge",
      "cache.m7g.3xlarge",
      "cache.q9z.large",
      "cache.r5.8xlarge",
      "cache.t4g.large",
      "cache.c7g.large",
    ].map(classes("cache", "nodeType", "cache/node-type")),
    [
      "a node type of Valkey with Redis OSS",
      "cache",
      { engine: "redis", nodeType: "cache.r8g.large" },
      "nodeType cache/node-type",
    ],
    [
      "a number as a type of NAT instances",
      "network",
      { egress: "single-nat-instance", natInstance: { instanceType: 5 as never } },
      "natInstance.instanceType network/nat-instance-type",
    ],
    ...["t4g.4xlarge", "m7g.3xlarge", "q9z.large", "c7gn.24xlarge"].map((instanceType): Refused => [
      instanceType,
      "network",
      { egress: "single-nat-instance", natInstance: { instanceType } },
      "natInstance.instanceType network/nat-instance-type",
    ]),
  ],
  [
    ...[
      "db.t4g.micro",
      "db.m7g.16xlarge",
      "db.m7i.48xlarge",
      "db.r6i.32xlarge",
      "db.x2iedn.8xlarge",
      "db.x2g.large",
      "db.m8g.24xlarge",
    ].map((instanceClass): Accepted => [instanceClass, "database", { instanceClass }]),
    ...["cache.t4g.micro", "cache.m7g.16xlarge", "cache.r8g.large", "cache.m5.24xlarge", "cache.c7gn.xlarge"].map(
      (nodeType): Accepted => [nodeType, "cache", { nodeType }],
    ),
    ...["t4g.nano", "c7gn.16xlarge", "c5.9xlarge", "m7i-flex.large"]
      .filter((type) => !type.includes("-"))
      .map((instanceType): Accepted => [
        instanceType,
        "network",
        { egress: "single-nat-instance", natInstance: { instanceType } },
      ]),
    [
      "a class that is newer than the list, as a variable",
      "database",
      () => ({ instanceClass: Token.asString({ resolve: () => "db.m12g.large" }) }),
    ],
  ],
);

it("the list of EC2 types has the usual families", () => {
  expect(INSTANCE_SIZES["t4g"]).toEqual(["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"]);
  expect(Object.keys(INSTANCE_SIZES).length).toBeGreaterThan(150);
});
