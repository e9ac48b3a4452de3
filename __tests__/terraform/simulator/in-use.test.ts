import { DeleteCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  CreateDistributionCommand,
  CreateOriginAccessControlCommand,
  CreateVpcOriginCommand,
  DeleteDistributionCommand,
  DeleteOriginAccessControlCommand,
  DeleteVpcOriginCommand,
  type DistributionConfig,
} from "@aws-sdk/client-cloudfront";
import { DeleteAlarmsCommand, PutCompositeAlarmCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DetachInternetGatewayCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateClusterCommand, DeleteClusterCommand } from "@aws-sdk/client-ecs";
import { CreateServiceCommand, DeleteServiceCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateCacheParameterGroupCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteCacheParameterGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DeleteUserCommand,
  DeleteUserGroupCommand,
  DescribeUserGroupsCommand,
  ModifyCacheSubnetGroupCommand,
} from "@aws-sdk/client-elasticache";
import { CreateKeyCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterParameterGroupCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  ModifyDBSubnetGroupCommand,
} from "@aws-sdk/client-rds";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import {
  AssociateWebACLCommand,
  CreateIPSetCommand,
  CreateRegexPatternSetCommand,
  CreateWebACLCommand,
  DeleteIPSetCommand,
  DeleteRegexPatternSetCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  type Statement,
} from "@aws-sdk/client-wafv2";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { type Clients, clients } from "../../helpers/aws-clients";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];
const IMAGE = "ami-0123456789abcdef0";

let simulator: AwsSimulator;
let aws: Clients;
let names = 0;

beforeAll(async () => {
  simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
  aws = clients(simulator.endpoint);
});

afterAll(() => simulator?.stop());

/** A name that no other resource of these tests has. */
const fresh = (what: string): string => `${what}-${++names}`;

/** Expects AWS's error code. */
async function expectRefused(call: Promise<unknown>, code: string): Promise<void> {
  const error = await call.then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.name).toBe(code);
}

/** A VPC of two subnets in two zones, with a security group. */
async function network() {
  const block = `10.${++names % 250}`;
  const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: `${block}.0.0/16` }));
  const VpcId = Vpc?.VpcId ?? "";
  const subnets: string[] = [];
  for (const [index, AvailabilityZone] of ZONES.entries()) {
    const CidrBlock = `${block}.${index}.0/24`;
    const { Subnet } = await aws.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    subnets.push(Subnet?.SubnetId ?? "");
  }
  return { VpcId, subnets, group: await securityGroup(VpcId) };
}

async function securityGroup(VpcId: string): Promise<string> {
  const { GroupId } = await aws.ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: fresh("g"), Description: "g" }),
  );
  return GroupId ?? "";
}

async function loadBalancer(Scheme: "internal" | "internet-facing" = "internal") {
  const { VpcId, subnets, group } = await network();
  const command = new CreateLoadBalancerCommand({
    Name: fresh("lb"),
    Subnets: subnets,
    SecurityGroups: [group],
    Scheme,
  });
  const { LoadBalancers } = await aws.elb.send(command);
  return { VpcId, subnets, group, arn: LoadBalancers?.[0]?.LoadBalancerArn ?? "" };
}

const fixed = { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } } as const;

async function listener(LoadBalancerArn: string, Port: number): Promise<string> {
  const command = new CreateListenerCommand({ LoadBalancerArn, Port, Protocol: "HTTP", DefaultActions: [fixed] });
  return (await aws.elb.send(command)).Listeners?.[0]?.ListenerArn ?? "";
}

describe("WAF", () => {
  const Scope = "REGIONAL" as const;
  const VisibilityConfig = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "m" };

  async function webAcl(statement?: Statement) {
    const rule = { Name: "r", Priority: 1, Action: { Block: {} }, VisibilityConfig, Statement: statement ?? {} };
    const Rules = statement ? [rule] : [];
    const acl = { Name: fresh("acl"), Scope, DefaultAction: { Allow: {} }, VisibilityConfig, Rules };
    return (await aws.waf.send(new CreateWebACLCommand(acl))).Summary ?? {};
  }

  it("keeps an IP set that a web ACL refers to", async () => {
    const set = { Name: fresh("set"), Scope, IPAddressVersion: "IPV4" as const, Addresses: [] };
    const { Summary } = await aws.waf.send(new CreateIPSetCommand(set));
    const acl = await webAcl({ IPSetReferenceStatement: { ARN: Summary?.ARN } });
    const deletion = new DeleteIPSetCommand({ Name: set.Name, Scope, Id: Summary?.Id, LockToken: Summary?.LockToken });
    await expectRefused(aws.waf.send(deletion), "WAFAssociatedItemException");
    await aws.waf.send(new DeleteWebACLCommand({ Name: acl.Name, Scope, Id: acl.Id, LockToken: acl.LockToken }));
    await aws.waf.send(deletion);
  });

  it("keeps a regex set that a web ACL refers to", async () => {
    const set = { Name: fresh("set"), Scope, RegularExpressionList: [{ RegexString: "^a" }] };
    const { Summary } = await aws.waf.send(new CreateRegexPatternSetCommand(set));
    await webAcl({
      RegexPatternSetReferenceStatement: {
        ARN: Summary?.ARN,
        FieldToMatch: { UriPath: {} },
        TextTransformations: [{ Priority: 0, Type: "NONE" }],
      },
    });
    const { Id, LockToken } = Summary ?? {};
    const deletion = new DeleteRegexPatternSetCommand({ Name: set.Name, Scope, Id, LockToken });
    await expectRefused(aws.waf.send(deletion), "WAFAssociatedItemException");
  });

  it("keeps a web ACL of a load balancer, until it is dissociated", async () => {
    const { arn: ResourceArn } = await loadBalancer();
    const { ARN: WebACLArn, Name, Id, LockToken } = await webAcl();
    await aws.waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn }));
    const deletion = new DeleteWebACLCommand({ Name, Scope, Id, LockToken });
    await expectRefused(aws.waf.send(deletion), "WAFAssociatedItemException");
    await aws.waf.send(new DisassociateWebACLCommand({ ResourceArn }));
    await aws.waf.send(deletion);
  });

  it("keeps a web ACL of a distribution", async () => {
    const edge = clients(simulator.endpoint, "us-east-1");
    const acl = { Name: fresh("acl"), Scope: "CLOUDFRONT" as const, DefaultAction: { Allow: {} }, VisibilityConfig };
    const { Summary } = await edge.waf.send(new CreateWebACLCommand(acl));
    await distribution({ WebACLId: Summary?.ARN });
    const { Id, LockToken } = Summary ?? {};
    const deletion = new DeleteWebACLCommand({ Name: acl.Name, Scope: acl.Scope, Id, LockToken });
    await expectRefused(edge.waf.send(deletion), "WAFAssociatedItemException");
  });
});

async function distribution(changes: Partial<DistributionConfig>, origin: object = {}) {
  const DistributionConfig = {
    CallerReference: fresh("d"),
    Comment: "d",
    Enabled: true,
    Origins: { Quantity: 1, Items: [{ Id: "o", DomainName: "origin.example.com", ...origin }] },
    DefaultCacheBehavior: { TargetOriginId: "o", ViewerProtocolPolicy: "https-only" as const },
    ...changes,
  };
  return (await aws.cloudfront.send(new CreateDistributionCommand({ DistributionConfig }))).Distribution?.Id;
}

describe("CloudFront", () => {
  it("keeps a distribution that is enabled", async () => {
    const deletion = new DeleteDistributionCommand({ Id: await distribution({}), IfMatch: "E" });
    await expectRefused(aws.cloudfront.send(deletion), "DistributionNotDisabled");
    const disabled = new DeleteDistributionCommand({ Id: await distribution({ Enabled: false }), IfMatch: "E" });
    await aws.cloudfront.send(disabled);
  });

  it("keeps an origin access control of a distribution", async () => {
    const OriginAccessControlConfig = {
      Name: fresh("oac"),
      SigningProtocol: "sigv4",
      SigningBehavior: "always",
      OriginAccessControlOriginType: "s3",
    } as const;
    const created = await aws.cloudfront.send(new CreateOriginAccessControlCommand({ OriginAccessControlConfig }));
    const Id = created.OriginAccessControl?.Id;
    await distribution({}, { OriginAccessControlId: Id });
    const deletion = new DeleteOriginAccessControlCommand({ Id, IfMatch: "E" });
    await expectRefused(aws.cloudfront.send(deletion), "OriginAccessControlInUse");
  });

  it("keeps a VPC origin of a distribution, and the load balancer that it leads to", async () => {
    const { arn: Arn } = await loadBalancer();
    const config = { Name: fresh("o"), HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" as const };
    const VpcOriginEndpointConfig = { ...config, Arn };
    const { VpcOrigin } = await aws.cloudfront.send(new CreateVpcOriginCommand({ VpcOriginEndpointConfig }));
    const Id = VpcOrigin?.Id;
    const distributionId = await distribution({ Enabled: false }, { VpcOriginConfig: { VpcOriginId: Id } });
    const deletion = new DeleteVpcOriginCommand({ Id, IfMatch: "E" });
    await expectRefused(aws.cloudfront.send(deletion), "CannotDeleteEntityWhileInUse");
    await aws.cloudfront.send(new DeleteDistributionCommand({ Id: distributionId, IfMatch: "E" }));
    const balancer = new DeleteLoadBalancerCommand({ LoadBalancerArn: Arn });
    await expectRefused(aws.elb.send(balancer), "ResourceInUseException");
    await aws.cloudfront.send(deletion);
    await aws.elb.send(balancer);
  });
});

describe("Elastic Load Balancing", () => {
  it("refuses a second listener on one port, created or changed", async () => {
    const { arn } = await loadBalancer();
    await listener(arn, 80);
    await expectRefused(listener(arn, 80), "DuplicateListenerException");
    const ListenerArn = await listener(arn, 8080);
    await aws.elb.send(new ModifyListenerCommand({ ListenerArn, Port: 8080, DefaultActions: [fixed] }));
    const moved = new ModifyListenerCommand({ ListenerArn, Port: 80, DefaultActions: [fixed] });
    await expectRefused(aws.elb.send(moved), "DuplicateListenerException");
  });

  it("refuses a priority in use", async () => {
    const ListenerArn = await listener((await loadBalancer()).arn, 80);
    const Conditions = [{ Field: "path-pattern", Values: ["/a"] }];
    const rule = new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions, Actions: [fixed] });
    await aws.elb.send(rule);
    await expectRefused(aws.elb.send(rule), "PriorityInUseException");
  });

  it("keeps a target group of a listener", async () => {
    const { arn: LoadBalancerArn, VpcId } = await loadBalancer();
    const group = { Name: fresh("tg"), Protocol: "HTTP" as const, Port: 80, VpcId, TargetType: "ip" as const };
    const TargetGroupArn = (await aws.elb.send(new CreateTargetGroupCommand(group))).TargetGroups?.[0]?.TargetGroupArn;
    const forward = { Type: "forward" as const, TargetGroupArn };
    await aws.elb.send(
      new CreateListenerCommand({ LoadBalancerArn, Port: 81, Protocol: "HTTP", DefaultActions: [forward] }),
    );
    await expectRefused(aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn })), "ResourceInUseException");
  });
});

describe("ACM", () => {
  it("keeps a certificate of a listener", async () => {
    const { CertificateArn } = await aws.acm.send(new RequestCertificateCommand({ DomainName: "crm.example.com" }));
    const { arn: LoadBalancerArn } = await loadBalancer();
    const Certificates = [{ CertificateArn }];
    await aws.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Port: 443,
        Protocol: "HTTPS",
        Certificates,
        DefaultActions: [fixed],
      }),
    );
    const deletion = new DeleteCertificateCommand({ CertificateArn });
    await expectRefused(aws.acm.send(deletion), "ResourceInUseException");
    await aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await aws.acm.send(deletion);
  });

  it("keeps a certificate of a distribution", async () => {
    const edge = clients(simulator.endpoint, "us-east-1");
    const { CertificateArn } = await edge.acm.send(new RequestCertificateCommand({ DomainName: "crm.example.com" }));
    await distribution({ ViewerCertificate: { ACMCertificateArn: CertificateArn, SSLSupportMethod: "sni-only" } });
    await expectRefused(edge.acm.send(new DeleteCertificateCommand({ CertificateArn })), "ResourceInUseException");
  });
});

describe("a subnet and a security group with network interfaces", () => {
  /** What holds an interface in the first subnet. */
  const HOLDERS: readonly (readonly [string, (made: Awaited<ReturnType<typeof network>>) => Promise<unknown>])[] = [
    [
      "a load balancer",
      ({ subnets, group }) =>
        aws.elb.send(new CreateLoadBalancerCommand({ Name: fresh("lb"), Subnets: subnets, SecurityGroups: [group] })),
    ],
    [
      "an interface of its own",
      ({ subnets, group }) =>
        aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnets[0], Groups: [group] })),
    ],
    [
      "an interface endpoint",
      ({ VpcId, subnets, group }) =>
        aws.ec2.send(
          new CreateVpcEndpointCommand({
            VpcId,
            ServiceName: "com.amazonaws.ap-northeast-1.ssm",
            VpcEndpointType: "Interface",
            SubnetIds: subnets,
            SecurityGroupIds: [group],
          }),
        ),
    ],
    [
      "an instance",
      ({ subnets, group }) =>
        aws.ec2.send(
          new RunInstancesCommand({
            ImageId: IMAGE,
            MinCount: 1,
            MaxCount: 1,
            SubnetId: subnets[0],
            SecurityGroupIds: [group],
          }),
        ),
    ],
    ["a service", ({ subnets, group }) => service(subnets, group)],
    ["a database", async ({ subnets, group }) => database(await databaseGroup(subnets), group)],
    ["a cache", async ({ subnets, group }) => cache(await cacheGroup(subnets), { SecurityGroupIds: [group] })],
  ];

  it.each(HOLDERS)("stay: %s", async (_, hold) => {
    const made = await network();
    await hold(made);
    const SubnetId = made.subnets[0];
    await expectRefused(aws.ec2.send(new DeleteSubnetCommand({ SubnetId })), "DependencyViolation");
    const deletion = new DeleteSecurityGroupCommand({ GroupId: made.group });
    await expectRefused(aws.ec2.send(deletion), "DependencyViolation");
  });

  it("go once nothing is in them", async () => {
    const { VpcId, subnets, group, arn: LoadBalancerArn } = await loadBalancer();
    await aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets[0] }));
    await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
    expect(VpcId).not.toBe("");
  });

  it("stay: a rule of another group", async () => {
    const { VpcId, group } = await network();
    const other = await securityGroup(VpcId);
    const UserIdGroupPairs = [{ GroupId: group }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, UserIdGroupPairs }];
    const rule = new AuthorizeSecurityGroupIngressCommand({ GroupId: other, IpPermissions });
    await aws.ec2.send(rule);
    await expectRefused(aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group })), "DependencyViolation");
    await expectRefused(aws.ec2.send(rule), "InvalidPermission.Duplicate");
  });

  it("end Terraform's retries after a while, with a code that it does not retry", async () => {
    const { subnets } = await loadBalancer();
    const deletion = () => aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets[0] }));
    for (let refusal = 0; refusal < 8; refusal++) await expectRefused(deletion(), "DependencyViolation");
    await expectRefused(deletion(), "DependencyViolation.StillAfterRetries");
  });
});

async function service(subnets: readonly string[], group: string) {
  const cluster = fresh("cluster");
  await aws.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
  await aws.ecs.send(
    new RegisterTaskDefinitionCommand({ family: cluster, containerDefinitions, networkMode: "awsvpc" }),
  );
  const awsvpcConfiguration = { subnets: [...subnets], securityGroups: [group] };
  await aws.ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: "s",
      taskDefinition: cluster,
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration },
    }),
  );
  return cluster;
}

async function databaseGroup(SubnetIds: readonly string[]): Promise<string> {
  const DBSubnetGroupName = fresh("db");
  const group = { DBSubnetGroupName, DBSubnetGroupDescription: "g", SubnetIds: [...SubnetIds] };
  await aws.rds.send(new CreateDBSubnetGroupCommand(group));
  return DBSubnetGroupName;
}

async function database(DBSubnetGroupName: string, group: string, DBParameterGroupName?: string) {
  await aws.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: fresh("db"),
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: 20,
      MasterUsername: "owner",
      ManageMasterUserPassword: true,
      VpcSecurityGroupIds: [group],
      DBSubnetGroupName,
      DBParameterGroupName,
    }),
  );
}

describe("RDS", () => {
  it("keeps the subnet group of a database, and its zone in the group", async () => {
    const { subnets, group } = await network();
    const DBSubnetGroupName = await databaseGroup(subnets);
    await database(DBSubnetGroupName, group);
    const deletion = new DeleteDBSubnetGroupCommand({ DBSubnetGroupName });
    await expectRefused(aws.rds.send(deletion), "InvalidDBSubnetGroupStateFault");
    const without = (index: number) =>
      aws.rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, SubnetIds: [subnets[1 - index] ?? ""] }));
    await expectRefused(without(0), "SubnetAlreadyInUse");
    await without(1);
    const { DBSubnetGroups } = await aws.rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }));
    expect(DBSubnetGroups?.[0]?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier)).toEqual([subnets[0]]);
  });

  it("keeps the parameter group of a database", async () => {
    const { subnets, group } = await network();
    const DBParameterGroupName = fresh("pg");
    const parameters = { DBParameterGroupName, DBParameterGroupFamily: "postgres17", Description: "p" };
    await aws.rds.send(new CreateDBParameterGroupCommand(parameters));
    await database(await databaseGroup(subnets), group, DBParameterGroupName);
    const deletion = new DeleteDBParameterGroupCommand({ DBParameterGroupName });
    await expectRefused(aws.rds.send(deletion), "InvalidDBParameterGroupStateFault");
  });

  it("keeps the subnet group and the parameter group of a cluster", async () => {
    const { subnets } = await network();
    const DBSubnetGroupName = await databaseGroup(subnets);
    const DBClusterParameterGroupName = fresh("pg");
    const family = { DBParameterGroupFamily: "aurora-postgresql17", Description: "p" };
    await aws.rds.send(new CreateDBClusterParameterGroupCommand({ DBClusterParameterGroupName, ...family }));
    await aws.rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: fresh("aurora"),
        Engine: "aurora-postgresql",
        MasterUsername: "owner",
        ManageMasterUserPassword: true,
        DBSubnetGroupName,
        DBClusterParameterGroupName,
      }),
    );
    const groups = new DeleteDBSubnetGroupCommand({ DBSubnetGroupName });
    await expectRefused(aws.rds.send(groups), "InvalidDBSubnetGroupStateFault");
    const parameters = new DeleteDBClusterParameterGroupCommand({ DBClusterParameterGroupName });
    await expectRefused(aws.rds.send(parameters), "InvalidDBParameterGroupStateFault");
  });
});

async function cacheGroup(SubnetIds: readonly string[]): Promise<string> {
  const CacheSubnetGroupName = fresh("cache");
  const group = { CacheSubnetGroupName, CacheSubnetGroupDescription: "g", SubnetIds: [...SubnetIds] };
  await aws.elasticache.send(new CreateCacheSubnetGroupCommand(group));
  return CacheSubnetGroupName;
}

async function cache(CacheSubnetGroupName: string, changes: object = {}) {
  await aws.elasticache.send(
    new CreateReplicationGroupCommand({
      ReplicationGroupId: fresh("cache"),
      ReplicationGroupDescription: "c",
      Engine: "valkey",
      CacheSubnetGroupName,
      ...changes,
    }),
  );
}

async function user(UserName: string): Promise<string> {
  const UserId = fresh("user");
  const AuthenticationMode = { Type: "iam" as const };
  const Engine = "valkey";
  await aws.elasticache.send(
    new CreateUserCommand({ UserId, UserName, Engine, AccessString: "on ~* +@all", AuthenticationMode }),
  );
  return UserId;
}

describe("ElastiCache", () => {
  it("keeps the subnet group of a cache, and its subnets in the group", async () => {
    const { subnets } = await network();
    const CacheSubnetGroupName = await cacheGroup(subnets);
    await cache(CacheSubnetGroupName);
    const deletion = new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName });
    await expectRefused(aws.elasticache.send(deletion), "CacheSubnetGroupInUse");
    const fewer = new ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName, SubnetIds: [subnets[0] ?? ""] });
    await expectRefused(aws.elasticache.send(fewer), "SubnetInUse");
  });

  it("keeps the parameter group of a cache", async () => {
    const CacheParameterGroupName = fresh("pg");
    const family = { CacheParameterGroupFamily: "valkey8", Description: "p" };
    await aws.elasticache.send(new CreateCacheParameterGroupCommand({ CacheParameterGroupName, ...family }));
    await cache(await cacheGroup((await network()).subnets), { CacheParameterGroupName });
    const deletion = new DeleteCacheParameterGroupCommand({ CacheParameterGroupName });
    await expectRefused(aws.elasticache.send(deletion), "InvalidCacheParameterGroupStateFault");
  });

  it("keeps the user group of a cache, and its default user; another user leaves the group", async () => {
    const [defaultUser, other] = [await user("default"), await user("app")];
    const UserGroupId = fresh("users");
    const group = { UserGroupId, Engine: "valkey", UserIds: [defaultUser, other] };
    await aws.elasticache.send(new CreateUserGroupCommand(group));
    const secured = { UserGroupIds: [UserGroupId], TransitEncryptionEnabled: true };
    await cache(await cacheGroup((await network()).subnets), secured);
    const deletion = new DeleteUserGroupCommand({ UserGroupId });
    await expectRefused(aws.elasticache.send(deletion), "InvalidUserGroupStateFault");
    const first = new DeleteUserCommand({ UserId: defaultUser });
    await expectRefused(aws.elasticache.send(first), "DefaultUserAssociatedToUserGroupFault");
    await aws.elasticache.send(new DeleteUserCommand({ UserId: other }));
    const { UserGroups } = await aws.elasticache.send(new DescribeUserGroupsCommand({ UserGroupId }));
    expect(UserGroups?.[0]?.UserIds).toEqual([defaultUser]);
  });
});

describe("ECS, Secrets Manager and CloudWatch Logs", () => {
  it("keep a cluster with a service", async () => {
    const { subnets, group } = await network();
    const cluster = await service(subnets, group);
    const deletion = new DeleteClusterCommand({ cluster });
    await expectRefused(aws.ecs.send(deletion), "ClusterContainsServicesException");
    await aws.ecs.send(new DeleteServiceCommand({ cluster, service: "s", force: true }));
    await aws.ecs.send(deletion);
  });

  it("can neither read nor write a secret whose key waits for its deletion", async () => {
    const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({}));
    const KmsKeyId = KeyMetadata?.Arn;
    const SecretId = fresh("secret");
    await aws.secrets.send(new CreateSecretCommand({ Name: SecretId, KmsKeyId, SecretString: "a" }));
    await aws.secrets.send(new GetSecretValueCommand({ SecretId }));
    await aws.kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 7 }));
    await expectRefused(aws.secrets.send(new GetSecretValueCommand({ SecretId })), "DecryptionFailure");
    const write = new PutSecretValueCommand({ SecretId, SecretString: "b" });
    await expectRefused(aws.secrets.send(write), "EncryptionFailure");
    const another = new CreateSecretCommand({ Name: fresh("secret"), KmsKeyId, SecretString: "a" });
    await expectRefused(aws.secrets.send(another), "EncryptionFailure");
  });

  it("refuse a secret's name in its recovery window, and a log group's name", async () => {
    const Name = fresh("secret");
    const secret = new CreateSecretCommand({ Name, SecretString: "a" });
    await aws.secrets.send(secret);
    await aws.secrets.send(new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: 7 }));
    await expectRefused(aws.secrets.send(secret), "InvalidRequestException");
    const group = new CreateLogGroupCommand({ logGroupName: fresh("/logs") });
    await aws.logs.send(group);
    await expectRefused(aws.logs.send(group), "ResourceAlreadyExistsException");
  });
});

describe("CloudWatch", () => {
  it("keeps an alarm that a composite alarm depends on, and refuses a rule with an unknown alarm", async () => {
    const [child, parent] = [fresh("alarm"), fresh("composite")];
    const watched = { Namespace: "n", MetricName: "m", Statistic: "Sum" as const, Period: 60, EvaluationPeriods: 1 };
    const limit = { ComparisonOperator: "GreaterThanThreshold" as const, Threshold: 1 };
    const rule = (name: string) => new PutCompositeAlarmCommand({ AlarmName: parent, AlarmRule: `ALARM("${name}")` });
    await aws.cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: child, ...watched, ...limit }));
    // ValidationError in the query protocol, which Terraform's provider speaks.
    const code = "ValidationException";
    await expectRefused(aws.cloudwatch.send(rule("unknown")), code);
    await aws.cloudwatch.send(rule(child));
    const deletion = new DeleteAlarmsCommand({ AlarmNames: [child] });
    await expectRefused(aws.cloudwatch.send(deletion), code);
    await aws.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [parent] }));
    await aws.cloudwatch.send(deletion);
  });
});

describe("ways out of a VPC", () => {
  async function gateway() {
    const { VpcId, subnets } = await network();
    const { InternetGateway } = await aws.ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway?.InternetGatewayId;
    await aws.ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    const { AllocationId } = await aws.ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
    const created = await aws.ec2.send(new CreateNatGatewayCommand({ SubnetId: subnets[0], AllocationId }));
    const { RouteTable } = await aws.ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId;
    return { VpcId, subnets, InternetGatewayId, RouteTableId, NatGatewayId: created.NatGateway?.NatGatewayId };
  }

  it("stay: an internet gateway while a NAT gateway has a public address", async () => {
    const { VpcId, InternetGatewayId, NatGatewayId } = await gateway();
    const detach = new DetachInternetGatewayCommand({ VpcId, InternetGatewayId });
    await expectRefused(aws.ec2.send(detach), "DependencyViolation");
    await aws.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    await aws.ec2.send(detach);
  });

  it("go, and are reported as interruptions: a NAT gateway or instance that a route leads to", async () => {
    const { RouteTableId, NatGatewayId, subnets } = await gateway();
    const DestinationCidrBlock = "0.0.0.0/0";
    await aws.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, NatGatewayId }));
    await aws.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    const text = `${NatGatewayId} was deleted while the route 0.0.0.0/0 of ${RouteTableId} leads to it: its traffic stops`;
    expect((await simulator.report()).interruptions).toContain(text);
    await aws.ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
    const launch = new RunInstancesCommand({ ImageId: IMAGE, MinCount: 1, MaxCount: 1, SubnetId: subnets[0] });
    const { InstanceId, NetworkInterfaces } = (await aws.ec2.send(launch)).Instances?.[0] ?? {};
    const { NetworkInterfaceId } = NetworkInterfaces?.[0] ?? {};
    await aws.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, NetworkInterfaceId }));
    await aws.ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId ?? ""] }));
    const { interruptions } = await simulator.report();
    expect(interruptions.join("\n")).toContain(`${InstanceId} was deleted while the route`);
  });

  it("go silently after their routes", async () => {
    const { RouteTableId, NatGatewayId } = await gateway();
    const DestinationCidrBlock = "0.0.0.0/0";
    await aws.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, NatGatewayId }));
    await aws.ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
    await aws.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect((await simulator.report()).interruptions.join("\n")).not.toContain(`${NatGatewayId}`);
  });
});
