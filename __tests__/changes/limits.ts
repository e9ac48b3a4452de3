/** A change that one apply cannot make, or that interrupts, and what to do instead. */
export interface Limit {
  readonly construct: string;
  readonly change: string;
  readonly why: string;
  readonly steps: string;
}

/** Sources: AWS's API references, by the error code or the operation named. */
export const LIMITS: readonly Limit[] = [
  {
    construct: "Network",
    change: "`availabilityZones`: a zone less, with a database, cache or NAT instance in it",
    why: "AWS refuses to remove a subnet that has network interfaces (DependencyViolation), and a subnet group's subnet that is in use.",
    steps:
      "Take read replicas and cache nodes out of the zone and apply. Move a database's primary by a failover. Then remove the zone.",
  },
  {
    construct: "Network",
    change:
      "`availabilityZones`: another zone that is first in the alphabet, with `single-nat-gateway` or `single-nat-instance`",
    why: "The one NAT is in the first zone: it is replaced by one there, the new one first, and tasks get another public address.",
    steps: "Tell those who allow the old address the new one before the apply.",
  },
  {
    construct: "Network",
    change: "`ipv6`: true to false",
    why: "The VPC gives up its block before the subnets give up theirs, which AWS refuses.",
    steps: "Leave it on: it is free of charge.",
  },
  {
    construct: "Network",
    change: "`cidrBlock`",
    why: "It replaces the VPC and everything in it; a database or cache cannot move to another VPC.",
    steps: "Build another environment and move the data.",
  },
  {
    construct: "Network",
    change: "`egress`: to `public-ip` or `vpc-endpoints`, while tasks run",
    why: "The private subnets' routes go before the tasks have moved.",
    steps:
      "Expect failing outgoing requests until the service is steady, or move the service to another network first.",
  },
  {
    construct: "AlbWebsocket",
    change: "`internal` or `name`, with `deletionProtection`",
    why: "AWS refuses to delete the old load balancer (OperationNotPermitted).",
    steps: "Set `deletionProtection: false` and apply, then change it.",
  },
  {
    construct: "AlbWebsocket",
    change: "`internal` or `name`; `addService`: another id or `containerPort`",
    why: "The listener forwards to a new target group before tasks are registered there; with another port, the rules between load balancer and tasks change first, too. Requests fail with 503 until a deploy has ended.",
    steps:
      "Expect that interruption. To avoid it, add a second service with a FargateService of its own, move hosts or paths to it once it is steady, then remove the first.",
  },
  {
    construct: "AlbWebsocket",
    change: "`requiredHeader`: from none to one",
    why: "The load balancer answers 403 at once, and a distribution sends the header only when it has been deployed, minutes later.",
    steps: "Let the Cdn send the header first (`secretHeader`) and apply, then require it.",
  },
  {
    construct: "AlbWebsocket",
    change: "`additionalCertificateArns`: another key for the same certificate",
    why: "AWS knows a certificate of a listener once: adding it again changes nothing, and removing the old entry may come last and take it away (RemoveListenerCertificates).",
    steps:
      "Keep the key; or move the state with `terraform state mv`. If it happened, the next apply adds the certificate again.",
  },
  {
    construct: "AlbWebsocket",
    change: "`allowedCidrs` and other sources: another key for the same prefix list or group",
    why: "The new rule is created while the old one stands (InvalidPermission.Duplicate).",
    steps: "Keep the key; or move the state with `terraform state mv`.",
  },
  {
    construct: "FargateService",
    change: "`name`",
    why: "It is another service: the old one stops first, and its log group goes with all its logs.",
    steps: "Export the logs that are needed (CreateExportTask), and expect an interruption of a deploy's length.",
  },
  {
    construct: "FargateService",
    change: "`cluster`",
    why: "A service cannot move to another cluster, so the old one stops first.",
    steps: "Expect an interruption of a deploy's length, or move to a second service as with another `containerPort`.",
  },
  {
    construct: "FargateService",
    change: "`autoscaling`: from some to none",
    why: "The number of tasks changes at once from what the load has made it to `desiredCount`, 2 unless it is given.",
    steps: "Set `desiredCount` to the number of tasks that run.",
  },
  {
    construct: "FargateService",
    change: "`rollbackAlarmNames`: from some alarms to none",
    why: "The provider (5.100) sends UpdateService without the required list of names and stops. It cannot send an empty list either.",
    steps:
      'Turn the alarms off first: `aws ecs update-service --deployment-configuration \'{"alarms":{"alarmNames":[],"enable":false,"rollback":false}}\'` with cluster and service, then apply.',
  },
  {
    construct: "Ec2Service",
    change:
      "`image`, `amiId`, `environment`, `secrets`, `migration`, `processes`, `firstProcessPort`, `healthPath`, `socketPath`, `heartbeat`, `maxMessageBytes`, `keepAliveTimeoutSec`, `bootSec`, `drainSec`, `rootVolumeGiB`, `metricsNamespace`: a broken value",
    why: "The apply starts an instance refresh and does not wait for it. A new instance that does not become healthy stops the refresh, and the old ones keep serving; but the group keeps the new template, because the provider (5.100) sets it first (hashicorp/terraform-provider-aws issue 34189).",
    steps:
      "Follow it with `aws autoscaling describe-instance-refreshes`. Return to the former value and apply: that starts a refresh back.",
  },
  {
    construct: "Ec2Service",
    change: "`name`",
    why: "It is another group: the old one ends first, and its log group goes with all its logs.",
    steps: "Export the logs that are needed (CreateExportTask), and expect an interruption of a launch's length.",
  },
  {
    construct: "Ec2Service",
    change: "`loadBalancer`: another target group",
    why: "The group leaves the old target group while its instances are still starting in the new one.",
    steps: "Expect that interruption, or move to a second Ec2Service.",
  },
  {
    construct: "AppRunnerService",
    change: "`name`, `kmsKeyArn`",
    why: "It is another service: the old one stops first, and its address under awsapprunner.com and its logs go with it.",
    steps: "Expect an interruption of a deployment's length. Export the logs that are needed.",
  },
  {
    construct: "AppRunnerService",
    change: "`network`: from some to another or to none, other subnets",
    why: "A VPC connector cannot change, App Runner has one of a name, and refuses to delete one that a service uses (InvalidRequestException).",
    steps: "Create a second AppRunnerService in the other network, move the custom domain, then remove the first.",
  },
  {
    construct: "AppRunnerService",
    change: "`customDomain`: another name",
    why: "The old name goes first, and the new one works only when its DNS records exist and ACM has validated the certificate.",
    steps: "Expect an interruption; or associate the new name by hand first, and import it.",
  },
  {
    construct: "Cache, Database",
    change: "`allowedSecurityGroups`, `allowFrom`: another name for the same security group",
    why: "The new rule is created while the old one stands (InvalidPermission.Duplicate).",
    steps: "Keep the name; or move the state with `terraform state mv`.",
  },
  {
    construct: "Cache",
    change: "`kind`, `name`, `identifier`, `port`, `kmsKeyArn`, a lower `engineVersion`",
    why: "It is another cache: what is in the old one is lost.",
    steps: "Expect clients to reconnect and catch up from the database. Take a snapshot if the data matters.",
  },
  {
    construct: "Cache",
    change: "`engineVersion`: another major version, or redis to valkey, without `applyImmediately`",
    why: "AWS would upgrade the nodes in the maintenance window, and refuse to delete the old parameter group until then (InvalidCacheParameterGroupState). The plan is refused.",
    steps: "Set `applyImmediately: true` together with `engineVersion`, and remove it afterwards.",
  },
  {
    construct: "Cache",
    change: "`engine`: valkey to redis",
    why: "The provider replaces the cache, the old one first: what is in it is lost. From redis to valkey is in place.",
    steps: "Expect clients to reconnect and catch up from the database.",
  },
  {
    construct: "Database",
    change: "`engine`, `name`, `databaseName`, `masterUsername`, `kmsKeyArn`; Aurora's `identifier`",
    why: "It is another database: AWS refuses to delete the old one while it has `deletionProtection`, and its data would be lost.",
    steps: "Create a second Database, move the data, then remove the first.",
  },
  {
    construct: "Database",
    change: "`engineVersion`: another major version, without `allowMajorVersionUpgrade` and `applyImmediately`",
    why: "RDS refuses it (InvalidParameterCombination), or would upgrade in the maintenance window and refuse to delete the old parameter group until then (InvalidDBParameterGroupState). The plan is refused.",
    steps: "Set both to true together with `engineVersion`, and remove them afterwards. Expect an outage of minutes.",
  },
  {
    construct: "Database",
    change: "`identifier`, on RDS",
    why: "RDS renames the instance: it reboots and has another host name, in the maintenance window unless `applyImmediately` is set (RDS API reference, ModifyDBInstance). Its log groups go with their logs.",
    steps:
      "Set `applyImmediately: true` together with it, let the service have the new host in the same apply, and expect an interruption of minutes. Export the logs that are needed.",
  },
  {
    construct: "Database",
    change: "`proxy`, when the network's isolated subnets change",
    why: "A proxy's subnets cannot change, and its name is taken until it has been deleted (CreateDBProxy).",
    steps: "Expect an interruption of some minutes, or let the app connect to the database itself meanwhile.",
  },
  {
    construct: "Monitoring",
    change: "an alarm more or less in `service-unhealthy`: `disabledAlarms`, another monitored resource",
    why: "The composite alarm goes before its members do, because AWS refuses to delete an alarm that a rule names (ValidationError).",
    steps:
      "Nothing: it is away for some seconds. It then notifies its topic of the state that it finds, of a lasting ALARM once more.",
  },
  {
    construct: "Waf",
    change: "`associateWith`: a resource from one web ACL to another",
    why: "AWS knows one association for each resource, so the old one goes first.",
    steps: "Nothing: the resource is without a web ACL for some seconds.",
  },
  {
    construct: "Registry",
    change: "`repositoryName`, `kmsKeyArn`",
    why: "It is another repository, without an image; AWS refuses to delete the old one while it has any (RepositoryNotEmptyException).",
    steps:
      "Create a second Registry, push or replicate the images, let the services use it, then remove the first with `forceDelete`.",
  },
  {
    construct: "Secrets",
    change: "`kmsKeyArn`: a key to none",
    why: "The provider (5.100) does not send it, so the secrets keep their key and cannot be read once it is destroyed (terraform-provider-aws issue 21623).",
    steps: 'For each secret, run `aws secretsmanager update-secret --secret-id … --kms-key-id ""` first, then apply.',
  },
  {
    construct: "Secrets",
    change: "a secret removed and added again within `recoveryWindowDays`",
    why: "Secrets Manager keeps its name for that time (InvalidRequestException, scheduled for deletion).",
    steps: "Restore it with `aws secretsmanager restore-secret`, and import it.",
  },
  {
    construct: "DnsCertificate",
    change: "`alternativeNames`: the last one removed",
    why: "The provider (5.100) takes an empty list for one that it may keep: the certificate stays valid for the name.",
    steps: "Nothing, or replace the certificate with `terraform apply -replace`.",
  },
  {
    construct: "DnsCertificate",
    change: "`addAlias`: another key for the same name",
    why: "The new record is created while the old one stands.",
    steps: "Keep the key; or move the state with `terraform state mv`.",
  },
];
