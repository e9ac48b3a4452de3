const IDENTITY = "Every physical name begins with it: everything is replaced.";
const ELSEWHERE = "Resources cannot move to another network: everything is replaced.";
const IN_PLACE = "An attribute that AWS changes in place; nothing else follows from it.";
const RULES = "The same rules as those of FargateService, whose transitions try them.";
const TASKS = "The same task definition, rules and roles as those of FargateService, whose transitions try them.";
const PROVIDER = "Resources cannot move to another region or account: they have to be replaced by hand.";

/** Props of a task that runs alone. */
const SINGLE_TASK = {
  name: IDENTITY,
  network: ELSEWHERE,
  repositoryArn: TASKS,
  sidecars: TASKS,
  containerName: TASKS,
  user: TASKS,
  environment: TASKS,
  secrets: TASKS,
  plainTextReasons: TASKS,
  secretKmsKeyArns: TASKS,
  logRetentionDays: TASKS,
  kmsKeyArn: TASKS,
  connections: TASKS,
  egressCidrs: TASKS,
  egressPrefixListIds: TASKS,
  taskPolicyStatements: TASKS,
  cluster: TASKS,
  containerInsights: TASKS,
  cpu: TASKS,
  memoryMiB: TASKS,
  architecture: TASKS,
  ephemeralStorageGiB: TASKS,
};

/** Props that no transition tries and no limit names, by construct, with the reason. */
export const UNTRIED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AlarmTopic: { name: IDENTITY, provider: PROVIDER },
  AlbWebsocket: { network: ELSEWHERE },
  AppRunnerService: {
    source: "Nobody can authorize a connection to GitHub in an apply.",
    autoDeploy: "It only says who deploys: App Runner or the apply.",
    transportsVariable: "It is a variable, as those of environment.",
    heartbeat: "It changes no resource.",
    repositoryArn: "It changes the policy of the role alone, as image does.",
    plainTextReasons: "It changes no resource.",
    secretKmsKeyArns: "It changes the policy of the role alone, as secrets do.",
  },
  Cache: { network: ELSEWHERE },
  Cdn: { name: IDENTITY, provider: "Only us-east-1 is accepted." },
  DnsCertificate: {
    domainName: "It is the certificate of another site.",
    zoneName: "It is the certificate of another site.",
    delegated: "It changes no resource: __tests__/terraform/edge/dns-certificate.test.ts tries it.",
  },
  Ec2Service: {
    network: ELSEWHERE,
    repositoryArn: IN_PLACE,
    plainTextReasons: "It changes no resource.",
    kmsKeyArn: IN_PLACE,
    connections: RULES,
    fanOut: "It changes no resource.",
    connectionMetric: IN_PLACE,
    instancePolicyStatements: IN_PLACE,
  },
  EncryptionKey: { name: IDENTITY, region: PROVIDER, accountId: PROVIDER, provider: PROVIDER },
  FargateService: { network: ELSEWHERE },
  LogBucket: {
    name: IDENTITY,
    accountId: PROVIDER,
    bucketName: "It is another bucket; AWS refuses to delete the old one while it has logs.",
  },
  Monitoring: { name: IDENTITY, provider: PROVIDER },
  Network: { name: IDENTITY },
  OneOffTask: SINGLE_TASK,
  RollbackAlarms: { name: IDENTITY },
  ScheduledTask: SINGLE_TASK,
  Secrets: { name: IDENTITY },
  Waf: { name: IDENTITY, scope: "Load balancers and distributions have different web ACLs.", provider: PROVIDER },
};
