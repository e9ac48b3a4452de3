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
import { locationOf } from "../../core/location";
import { physicalName } from "../../core/names";
import { dnsSuffixIn } from "../../core/regions";
import { RestrictedSecurityGroup } from "../../core/restricted-security-group";
import { literal } from "../../core/tokens";
import { type EngineTraits } from "../engine-traits";
import { type DatabaseNetwork } from "../props";
import { type CompleteProxyProps } from "./defaults";

/** Position of the resource id in `arn:aws:rds:ap-northeast-1:123456789012:db-proxy:prx-0123456789abcdef0`. */
const ARN_FIELD_OF_RESOURCE_ID = 6;

/** AWS's default for `MaxIdleConnectionsPercent`. */
const IDLE_PERCENT = 50;

/** Returns AWS's default, limited to what the proxy may open at all. */
function defaultIdlePercent(maxConnectionsPercent: number): number {
  return Math.min(IDLE_PERCENT, literal(maxConnectionsPercent) ?? IDLE_PERCENT);
}

export interface DatabaseProxySettings extends CompleteProxyProps {
  /** Stem of all physical names. */
  readonly name: string;
  readonly network: DatabaseNetwork;
  readonly traits: EngineTraits;
  readonly target: Pick<DbProxyTargetConfig, "dbInstanceIdentifier" | "dbClusterIdentifier">;
  /** Whether the target has instances for reads only. */
  readonly hasReaders: boolean;
  /** Security group and port of the database. */
  readonly database: { readonly securityGroup: RestrictedSecurityGroup; readonly port: number };
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly kmsKeyArn: string | undefined };
  /** The instances, which must exist before the target can be registered. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Creates an RDS Proxy: many short-lived connections from tasks share few connections to the database. It accepts one database user,
 * over TLS and with IAM only.
 */
export class DatabaseProxy extends Construct {
  readonly proxyName: string;
  readonly userName: string;
  /** Seconds that a client waits for a connection at most. */
  readonly borrowTimeoutSec: number;
  readonly logGroupName: string;
  readonly host: string;
  /** Host for reads; only on Aurora with more than one instance. */
  readonly readerHost: string | undefined;
  /** The engine's default port, even if the database uses another. */
  readonly port: number;
  readonly securityGroupId: string;
  readonly arn: string;
  /** Id of the proxy in IAM policies, `prx-…`. */
  readonly resourceId: string;
  readonly proxy: DbProxy;

  private readonly securityGroup: RestrictedSecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: DatabaseProxySettings,
  ) {
    super(scope, id);
    this.userName = settings.userName;
    this.port = settings.traits.defaultPort;
    this.securityGroup = this.createSecurityGroup();
    this.securityGroupId = this.securityGroup.group.id;
    this.proxyName = physicalName([settings.name, "db"], { maxLength: 60 });
    this.logGroupName = `/aws/rds/proxy/${this.proxyName}`;
    this.borrowTimeoutSec = settings.borrowTimeoutSec;
    this.proxy = this.createProxy();
    this.createTarget();
    this.readerHost =
      settings.traits.isCluster && settings.hasReaders ? this.createReaderEndpoint().endpoint : undefined;
    this.host = this.proxy.endpoint;
    this.arn = this.proxy.arn;
    this.resourceId = Token.asString(Fn.element(Fn.split(":", this.proxy.arn), ARN_FIELD_OF_RESOURCE_ID));
  }

  /**
   * Allows the members of a security group to connect to the proxy, not to the database itself.
   * @param client name of the client in kebab-case; part of the rule's Terraform address
   * @throws ConfigurationError when the name is malformed or taken, the id is not one of a security group, or the group may connect already
   */
  allowFrom(client: string, securityGroupId: string): void {
    this.securityGroup.allowFrom(client, securityGroupId);
  }

  /** Creates the proxy's security group, whose only outbound rule is to the database, and lets the proxy into the database. */
  private createSecurityGroup(): RestrictedSecurityGroup {
    const { network, database } = this.settings;
    const name = physicalName([this.settings.name, "db", "proxy"], { maxLength: 255 });
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
    database.securityGroup.allowFrom("proxy", restricted.group.id, "proxy");
    return restricted;
  }

  private createProxy(): DbProxy {
    const { settings } = this;
    const name = this.proxyName;
    // RDS would create a missing log group itself, without a retention period, so it is created first.
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: this.logGroupName,
      retentionInDays: settings.logs.retentionDays,
      kmsKeyId: settings.logs.kmsKeyArn,
      lifecycle: { createBeforeDestroy: true },
    });
    const { role, policy } = this.createRole();
    return new DbProxy(this, "proxy", {
      name,
      engineFamily: settings.traits.dialect === "postgresql" ? "POSTGRESQL" : "MYSQL",
      roleArn: role.arn,
      vpcSubnetIds: [...settings.network.isolatedSubnetIds],
      vpcSecurityGroupIds: [this.securityGroupId],
      requireTls: true,
      idleClientTimeout: settings.idleClientTimeoutSec,
      // Debug logging writes the text of statements.
      debugLogging: false,
      auth: [
        {
          authScheme: "SECRETS",
          iamAuth: "REQUIRED",
          secretArn: settings.secretArn,
          description: `Password of ${settings.userName}`,
        },
      ],
      tags: { Name: name },
      dependsOn: [logGroup, policy],
    });
  }

  /** Creates a role that may read the one secret and, if it has a customer managed key, decrypt it. */
  private createRole(): { role: IamRole; policy: IamRolePolicy } {
    const { name, secretArn, secretKmsKeyArn } = this.settings;
    const role = new IamRole(this, "role", {
      name: physicalName([name, "db", "proxy"], { maxLength: 64 }),
      assumeRolePolicy: servicePrincipalTrust("rds.amazonaws.com"),
      lifecycle: { createBeforeDestroy: true },
    });
    const { arn } = this.securityGroup.group;
    const region = arnField(arn, "region");
    const dnsSuffix = dnsSuffixIn(arnField(arn, "partition"), locationOf(this).region);
    const decrypt = {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: secretKmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.${dnsSuffix}` } },
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
    const { settings, proxy } = this;
    const group = new DbProxyDefaultTargetGroup(this, "target-group", {
      dbProxyName: proxy.id,
      connectionPoolConfig: {
        maxConnectionsPercent: settings.maxConnectionsPercent,
        maxIdleConnectionsPercent:
          settings.maxIdleConnectionsPercent ?? defaultIdlePercent(settings.maxConnectionsPercent),
        connectionBorrowTimeout: settings.borrowTimeoutSec,
      },
    });
    new DbProxyTarget(this, "target", {
      dbProxyName: proxy.id,
      targetGroupName: group.name,
      ...settings.target,
      dependsOn: [...settings.dependsOn],
    });
  }

  private createReaderEndpoint(): DbProxyEndpoint {
    const name = physicalName([this.settings.name, "db", "readers"], { maxLength: 60 });
    return new DbProxyEndpoint(this, "reader-endpoint", {
      dbProxyEndpointName: name,
      dbProxyName: this.proxy.id,
      targetRole: "READ_ONLY",
      vpcSubnetIds: [...this.settings.network.isolatedSubnetIds],
      vpcSecurityGroupIds: [this.securityGroupId],
      tags: { Name: name },
    });
  }
}
