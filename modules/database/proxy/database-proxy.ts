import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyEndpoint } from "@cdktf/provider-aws/lib/db-proxy-endpoint";
import { DbProxyTarget, type DbProxyTargetConfig } from "@cdktf/provider-aws/lib/db-proxy-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { arnField } from "../../core/arn";
import { policyDocument, servicePrincipalTrust } from "../../core/iam-policy";
import { type LogRetentionDays } from "../../core/log-retention";
import { physicalName } from "../../core/names";
import { RestrictedSecurityGroup } from "../../core/restricted-security-group";
import { literal } from "../../core/tokens";
import { type DatabaseNetwork } from "../props";
import { type EngineTraits } from "../engine-traits";
import { type CompleteProxyProps } from "./props";

/** `arn:aws:rds:ap-northeast-1:123456789012:db-proxy:prx-0123456789abcdef0` */
const ARN_FIELD_OF_RESOURCE_ID = 6;

/** AWS's own default, as far as the proxy may have that many at all. */
const IDLE_PERCENT = 50;

function idleShareOf(maxConnectionsPercent: number): number {
  return Math.min(IDLE_PERCENT, literal(maxConnectionsPercent) ?? IDLE_PERCENT);
}

export interface ProxyParts extends CompleteProxyProps {
  /** Stem of physical names. */
  readonly name: string;
  readonly network: DatabaseNetwork;
  readonly traits: EngineTraits;
  readonly target: Pick<DbProxyTargetConfig, "dbInstanceIdentifier" | "dbClusterIdentifier">;
  /** Whether the target has instances that only read. */
  readonly hasReaders: boolean;
  /** Group and port of the database itself. */
  readonly database: { readonly securityGroup: RestrictedSecurityGroup; readonly port: number };
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly kmsKeyArn: string | undefined };
  /** The instances: a target that is not there yet cannot be registered. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** RDS Proxy: many connections of tasks come and go over few of the database's. TLS and IAM only, for one user. */
export class DatabaseProxy extends Construct {
  readonly userName: string;
  readonly host: string;
  /** Host that reaches readers alone; Aurora with more than one instance. */
  readonly readerHost: string | undefined;
  /** The engine's usual port, whatever the database's own is. */
  readonly port: number;
  readonly securityGroupId: string;
  readonly arn: string;
  /** `prx-…`, what IAM knows it by. */
  readonly resourceId: string;
  readonly proxy: DbProxy;

  private readonly securityGroup: RestrictedSecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly parts: ProxyParts,
  ) {
    super(scope, id);
    this.userName = parts.userName;
    this.port = parts.traits.defaultPort;
    this.securityGroup = this.createSecurityGroup();
    this.securityGroupId = this.securityGroup.group.id;
    this.proxy = this.createProxy();
    this.createTarget();
    this.readerHost = parts.traits.isCluster && parts.hasReaders ? this.createReaderEndpoint().endpoint : undefined;
    this.host = this.proxy.endpoint;
    this.arn = this.proxy.arn;
    this.resourceId = Token.asString(Fn.element(Fn.split(":", this.proxy.arn), ARN_FIELD_OF_RESOURCE_ID));
  }

  /**
   * Lets the members of a security group connect to the proxy, and by it alone to the database.
   * @param client name of the other side, kebab-case; part of the rule's Terraform address
   * @throws ConfigurationError when the name is illegal or taken, or the id is none
   */
  allowFrom(client: string, securityGroupId: string): void {
    this.securityGroup.allowFrom(client, securityGroupId);
  }

  /** Both ends of the way from the proxy to the database, which is the only one out of it. */
  private createSecurityGroup(): RestrictedSecurityGroup {
    const { network, database } = this.parts;
    const name = physicalName([this.parts.name, "db", "proxy"], { maxLength: 255 });
    const restricted = new RestrictedSecurityGroup(this, {
      name,
      description: "Database proxy: only the named security groups in, only the database out",
      vpcId: network.vpcId,
      ports: { from: this.port, to: this.port },
      nameTag: name,
    });
    new VpcSecurityGroupEgressRule(this, "egress-database", {
      securityGroupId: restricted.group.id,
      description: "To the database",
      referencedSecurityGroupId: database.securityGroup.group.id,
      ipProtocol: "tcp",
      fromPort: database.port,
      toPort: database.port,
      tags: { Name: "database" },
    });
    database.securityGroup.allowFrom("proxy", restricted.group.id);
    return restricted;
  }

  private createProxy(): DbProxy {
    const { parts } = this;
    const name = physicalName([parts.name, "db"], { maxLength: 60 });
    // RDS makes a missing log group itself, with no end of retention: ours comes first.
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/aws/rds/proxy/${name}`,
      retentionInDays: parts.logs.retentionDays,
      kmsKeyId: parts.logs.kmsKeyArn,
    });
    const { role, policy } = this.createRole();
    return new DbProxy(this, "proxy", {
      name,
      engineFamily: parts.traits.dialect === "postgresql" ? "POSTGRESQL" : "MYSQL",
      roleArn: role.arn,
      vpcSubnetIds: [...parts.network.isolatedSubnetIds],
      vpcSecurityGroupIds: [this.securityGroupId],
      requireTls: true,
      idleClientTimeout: parts.idleClientTimeoutSec,
      // It would log the text of statements.
      debugLogging: false,
      auth: [
        {
          authScheme: "SECRETS",
          iamAuth: "REQUIRED",
          secretArn: parts.secretArn,
          description: `Password of ${parts.userName}`,
        },
      ],
      tags: { Name: name },
      dependsOn: [logGroup, policy],
    });
  }

  /** May read the one secret, and decrypt it where it has a key of the customer's. */
  private createRole(): { role: IamRole; policy: IamRolePolicy } {
    const { name, secretArn, secretKmsKeyArn } = this.parts;
    const role = new IamRole(this, "role", {
      name: physicalName([name, "db", "proxy"], { maxLength: 64 }),
      assumeRolePolicy: servicePrincipalTrust("rds.amazonaws.com"),
    });
    const region = arnField(this.securityGroup.group.arn, "region");
    const decrypt = {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: secretKmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    } as const;
    const policy = new IamRolePolicy(this, "read-secret", {
      name: "read-secret",
      role: role.id,
      policy: policyDocument([
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
        ...(secretKmsKeyArn === undefined ? [] : [decrypt]),
      ]),
    });
    return { role, policy };
  }

  private createTarget(): void {
    const { parts, proxy } = this;
    const group = new DbProxyDefaultTargetGroup(this, "target-group", {
      dbProxyName: proxy.name,
      connectionPoolConfig: {
        maxConnectionsPercent: parts.maxConnectionsPercent,
        maxIdleConnectionsPercent: parts.maxIdleConnectionsPercent ?? idleShareOf(parts.maxConnectionsPercent),
        connectionBorrowTimeout: parts.borrowTimeoutSec,
      },
    });
    new DbProxyTarget(this, "target", {
      dbProxyName: proxy.name,
      targetGroupName: group.name,
      ...parts.target,
      dependsOn: [...parts.dependsOn],
    });
  }

  private createReaderEndpoint(): DbProxyEndpoint {
    const name = physicalName([this.parts.name, "db", "readers"], { maxLength: 60 });
    return new DbProxyEndpoint(this, "reader-endpoint", {
      dbProxyEndpointName: name,
      dbProxyName: this.proxy.name,
      targetRole: "READ_ONLY",
      vpcSubnetIds: [...this.parts.network.isolatedSubnetIds],
      vpcSecurityGroupIds: [this.securityGroupId],
      tags: { Name: name },
    });
  }
}
