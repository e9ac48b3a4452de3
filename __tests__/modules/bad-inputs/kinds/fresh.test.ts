import { itChecks } from "./case";

const EDGE = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/crm/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
const metric = (logGroupName: string) => ({ logMetrics: { A: { namespace: "crm", text: "a", logGroupName } } });

// Found by trying 87 inputs that no test knew.
itChecks(
  "inputs that passed at first",
  [
    [
      "a global web ACL of another region",
      "cdn",
      { webAclArn: EDGE.replace("us-east-1", "eu-west-1") },
      "webAclArn core/wrong-arn",
    ],
    [
      "an account twice",
      "registry",
      { pullAccountIds: ["123456789012", "123456789012"] },
      "pullAccountIds core/duplicate",
    ],
    ["a folder twice", "logBucket", { prefixes: ["alb", "alb"] }, "prefixes core/duplicate"],
    [
      "status codes in reverse",
      "target",
      { healthCheck: { matcher: "299-200" } },
      "healthCheck.matcher core/wrong-format",
    ],
    [
      "a health check with a fragment",
      "target",
      { healthCheck: { path: "/api/health#x" } },
      "healthCheck.path core/wrong-format",
    ],
    ["a variable with NUL in it", "service", { environment: { A: "x\0y" } }, "environment.A core/wrong-format"],
    ["a log group with a space", "monitoring", metric("log group"), "logMetrics.A.logGroupName core/wrong-format"],
    [
      "an existing VPC with host bits",
      "existingNetwork",
      { cidrBlock: "10.0.0.1/16" },
      "cidrBlock network/cidr-host-bits",
    ],
    [
      "a zone of an environment twice",
      "prod",
      { availabilityZones: ["ap-northeast-1a", "ap-northeast-1a"] },
      "availabilityZones core/duplicate",
    ],
    [
      "a reserved block of an environment",
      "prod",
      { cidrBlock: "127.0.0.0/16" },
      "cidrBlock network/reserved-cidr-block",
    ],
    [
      "faults in four parts of an environment at once",
      "dev",
      {
        cidrBlock: "10.10.0.1/16",
        database: {
          engine: "postgres",
          instanceClass: "db.m7g.3xlarge",
          allocatedStorageGiB: 1,
          maxAllocatedStorageGiB: 100,
          multiAz: false,
          backupRetentionDays: 1,
        },
        cache: { nodeType: "cache.q9z.large", replicas: 9 },
        service: { cpu: 300, memoryMiB: 512, minCount: 4, maxCount: 2, connectionsPerTask: 5000, spot: false },
      },
      "cidrBlock network/cidr-host-bits",
      "database.instanceClass database/instance-class",
      "database.allocatedStorageGiB core/out-of-range",
      "cache.nodeType cache/node-type",
      "cache.replicas core/out-of-range",
      "service.cpu fargate-service/task-size",
      "service.maxCount ecs/task-counts",
    ],
  ],
  [
    ["a global web ACL of us-east-1", "cdn", { webAclArn: EDGE }],
    ["ranges of status codes", "target", { healthCheck: { matcher: "200-204,301-302,404" } }],
    ["a path with a query", "target", { healthCheck: { path: "/api/health?deep=1" } }],
    ["a log group with every character", "monitoring", metric("/ecs/crm_1.x#y-z")],
    ["control characters other than NUL", "service", { environment: { A: "x\ty\nz" } }],
  ],
);
