import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { type RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { atLeastTwo, lifecycleWith } from "../core/apply-time";
import { arnField } from "../core/arn";
import { Checks, show } from "../core/checks";
import { type PolicyStatement, servicePrincipalTrust } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { readProps } from "../core/props";
import { RestrictedSecurityGroup } from "../core/restricted-security-group";
import { createCluster, createClusterInstances } from "./aurora-cluster";
import { connectionUrl, type ConnectionUrlOptions } from "./connection-url";
import { type CompleteDatabaseProps, type DatabaseProps, PROPS } from "./database-props";
import { auroraDefaults, databaseDefaults, instanceDefaults } from "./defaults";
import { type DatabaseEngine, DEFAULT_VERSIONS, majorVersionOf } from "./engine-versions";
import { ENGINE_TRAITS, type EngineTraits } from "./engines";
import { createInstance } from "./instance";
import { supportsPerformanceInsights } from "./instance-classes";
import { createParameterGroup } from "./parameter-group";
import { type DatabaseParts, type PerformanceInsights } from "./parts";
import { checkUser } from "./user-name";
import { validateDatabase } from "./validation";

/** Days that Performance Insights keeps: what is free, and what the advanced mode of Database Insights asks for. */
const INSIGHTS_RETENTION_DAYS = { standard: 7, advanced: 465 } as const;

/** PostgreSQL or MySQL on RDS or Aurora Serverless v2: TLS forced, no password in Terraform, apps let in by IAM. */
export class Database extends Construct {
  readonly engine: DatabaseEngine;
  readonly isCluster: boolean;
  /** Host that writes. */
  readonly host: string;
  /** Host that spreads reads over the readers; Aurora only. */
  readonly readerHost: string | undefined;
  readonly port: number;
  readonly databaseName: string;
  readonly masterUsername: string;
  /** Secret with the administrator's user name and password, which RDS makes and rotates. */
  readonly masterUserSecretArn: string;
  readonly securityGroupId: string;
  readonly arn: string;
  /** Identifier of the instance, or of the cluster. */
  readonly identifier: string;
  /** Identifiers of all instances: one on RDS. */
  readonly instanceIdentifiers: readonly string[];
  /** `db-…` or `cluster-…`, what IAM knows the database by. */
  readonly resourceId: string;
  /** Dimensions of its CloudWatch metrics. */
  readonly alarmDimensions: Readonly<Record<string, string>>;
  readonly logGroupNames: readonly string[];
  /** Storage at the start in GiB, for alarms; RDS only. */
  readonly allocatedStorageGiB: number | undefined;
  readonly instance: DbInstance | undefined;
  readonly cluster: RdsCluster | undefined;
  readonly clusterInstances: readonly RdsClusterInstance[];

  private readonly props: CompleteDatabaseProps;
  private readonly traits: EngineTraits;
  private readonly securityGroup: RestrictedSecurityGroup;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, databaseDefaults);
    validateDatabase(checks, this.props);

    this.engine = this.props.engine;
    this.traits = ENGINE_TRAITS[this.engine];
    this.isCluster = this.traits.isCluster;
    this.port = this.props.port ?? this.traits.defaultPort;
    this.databaseName = this.props.databaseName;
    this.masterUsername = this.props.masterUsername;

    this.securityGroup = this.createSecurityGroup();
    this.securityGroupId = this.securityGroup.group.id;
    const logGroups = this.createLogGroups();
    const monitoring = this.createMonitoringRole();
    const parts = this.createParts(monitoring?.role);
    // RDS makes a missing log group itself, with no end of retention: ours come first.
    const dependsOn: ITerraformDependable[] = [...logGroups, ...(monitoring ? [monitoring.attachment] : [])];

    this.logGroupNames = logGroups.map((group) => group.name);
    if (this.isCluster) {
      const complete = { ...auroraDefaults, ...this.props };
      this.cluster = createCluster(this, complete, parts, dependsOn);
      this.clusterInstances = createClusterInstances(this, complete, parts, this.cluster);
    } else {
      const complete = { ...instanceDefaults, ...this.props };
      this.instance = createInstance(this, complete, parts, dependsOn);
      this.clusterInstances = [];
      this.allocatedStorageGiB = complete.allocatedStorageGiB;
    }

    const made = outputsOf(this.instance, this.cluster);
    this.host = made.host;
    this.readerHost = made.readerHost;
    this.arn = made.arn;
    this.identifier = made.identifier;
    this.resourceId = made.resourceId;
    this.masterUserSecretArn = made.masterUserSecretArn;
    this.instanceIdentifiers = this.isCluster
      ? this.clusterInstances.map((instance) => instance.identifier)
      : [this.identifier];
    this.alarmDimensions = { [this.isCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier"]: this.identifier };
  }

  /**
   * Lets the members of a security group connect.
   * @param client name of the other side, kebab-case; part of the rule's Terraform address
   * @throws ConfigurationError when the name is illegal or taken, or the id is none
   */
  allowFrom(client: string, securityGroupId: string): void {
    this.securityGroup.allowFrom(client, securityGroupId);
  }

  /**
   * What a role needs to sign in as a database user by IAM. The user itself is made by a migration: `GRANT rds_iam` in
   * PostgreSQL, `IDENTIFIED WITH AWSAuthenticationPlugin` in MySQL.
   * @throws ConfigurationError when the name is illegal, reserved or the administrator's
   */
  iamConnectStatement(dbUser: string): PolicyStatement {
    this.checkAppUser("iamConnectStatement", dbUser);
    const scope = `${arnField(this.arn, "region")}:${arnField(this.arn, "accountId")}`;
    const resource = `arn:${arnField(this.arn, "partition")}:rds-db:${scope}:dbuser:${this.resourceId}/${dbUser}`;
    return { Effect: "Allow", Action: "rds-db:connect", Resource: resource };
  }

  /**
   * URL without a password, with TLS and the server's name verified; the app adds an IAM token when it connects.
   * @throws ConfigurationError when the user is illegal, or a reader is asked of an engine that has none
   */
  connectionUrl(user: string, options: ConnectionUrlOptions = {}): string {
    const checks = new Checks(this);
    checkUser(checks, "connectionUrl", user, this.engine);
    checks.require(!options.reader || this.readerHost !== undefined, {
      prop: "connectionUrl",
      expected: "reader only with Aurora",
      got: this.engine,
      remedy: "A standby of RDS takes no connections.",
    });
    checks.done();
    const host = (options.reader ? this.readerHost : this.host) ?? this.host;
    return connectionUrl(this.traits.dialect, { user, host, port: this.port, database: this.databaseName }, options);
  }

  private createSecurityGroup(): RestrictedSecurityGroup {
    const name = physicalName([this.props.name, "db"], { maxLength: 255 });
    const group = new RestrictedSecurityGroup(this, {
      name,
      description: "Database: only the named security groups, only its port",
      vpcId: this.props.network.vpcId,
      ports: { from: this.port, to: this.port },
      nameTag: name,
    });
    for (const [client, id] of Object.entries(this.props.allowedSecurityGroups ?? {})) group.allowFrom(client, id);
    return group;
  }

  private createLogGroups(): CloudwatchLogGroup[] {
    const kind = this.isCluster ? "cluster" : "instance";
    return this.logExports().map(
      (log) =>
        new CloudwatchLogGroup(this, `${log}-log-group`, {
          name: `/aws/rds/${kind}/${this.physicalIdentifier()}/${log}`,
          retentionInDays: this.props.logRetentionDays,
          kmsKeyId: this.props.logsKmsKeyArn,
        }),
    );
  }

  private createMonitoringRole(): { role: IamRole; attachment: IamRolePolicyAttachment } | undefined {
    if (this.props.enhancedMonitoringIntervalSec === 0) return undefined;
    const role = new IamRole(this, "monitoring-role", {
      name: physicalName([this.props.name, "db", "monitoring"], { maxLength: 64 }),
      assumeRolePolicy: servicePrincipalTrust("monitoring.rds.amazonaws.com"),
    });
    const partition = arnField(this.securityGroup.group.arn, "partition");
    const attachment = new IamRolePolicyAttachment(this, "monitoring-policy", {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    });
    return { role, attachment };
  }

  private createParts(monitoringRole: IamRole | undefined): DatabaseParts {
    const { props } = this;
    const identifier = this.physicalIdentifier();
    const engineVersion = props.engineVersion ?? DEFAULT_VERSIONS[this.engine];
    return {
      identifier,
      engineVersion,
      port: this.port,
      subnetGroupName: this.createSubnetGroup().name,
      securityGroupId: this.securityGroupId,
      parameterGroupName: createParameterGroup(this, {
        name: props.name,
        family: majorVersionOf(this.engine, engineVersion)!.family,
        traits: this.traits,
        logExports: this.logExports(),
        parameters: props.parameters ?? {},
      }),
      logExports: this.logExports(),
      finalSnapshotIdentifier: props.skipFinalSnapshot
        ? undefined
        : physicalName([identifier, "final"], { maxLength: 255 }),
      performanceInsights: this.performanceInsights(),
      monitoring: {
        monitoringInterval: props.enhancedMonitoringIntervalSec,
        ...(monitoringRole ? { monitoringRoleArn: monitoringRole.arn } : {}),
      },
    };
  }

  private createSubnetGroup(): DbSubnetGroup {
    const name = physicalName([this.props.name, "db"], { maxLength: 255 });
    return new DbSubnetGroup(this, "subnet-group", {
      name,
      description: "Isolated subnets of the database",
      subnetIds: [...this.props.network.isolatedSubnetIds],
      lifecycle: lifecycleWith(atLeastTwo("network.isolatedSubnetIds", this.props.network.isolatedSubnetIds)),
      tags: { Name: name },
    });
  }

  private performanceInsights(): PerformanceInsights {
    const { props } = this;
    const instanceClass = props.instanceClass ?? instanceDefaults.instanceClass;
    const supported = this.isCluster || supportsPerformanceInsights(this.engine, instanceClass);
    if (!(props.performanceInsights ?? supported)) return { performanceInsightsEnabled: false };
    return {
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: INSIGHTS_RETENTION_DAYS[props.databaseInsights],
      ...(props.kmsKeyArn ? { performanceInsightsKmsKeyId: props.kmsKeyArn } : {}),
    };
  }

  private checkAppUser(method: string, dbUser: string): void {
    const checks = new Checks(this);
    checkUser(checks, method, dbUser, this.engine);
    checks.require(dbUser !== this.masterUsername, {
      prop: method,
      expected: "a user of the app's own",
      got: show(dbUser),
      remedy: "The administrator keeps its rotated password; an app needs far less than it may.",
    });
    checks.done();
  }

  private logExports(): readonly string[] {
    return this.props.logExports ?? this.traits.defaultLogs;
  }

  private physicalIdentifier(): string {
    return this.props.identifier ?? physicalName([this.props.name, "db"], { maxLength: 63 });
  }
}

function outputsOf(instance: DbInstance | undefined, cluster: RdsCluster | undefined) {
  if (cluster) {
    return {
      host: cluster.endpoint,
      readerHost: cluster.readerEndpoint,
      arn: cluster.arn,
      identifier: cluster.clusterIdentifier,
      resourceId: cluster.clusterResourceId,
      masterUserSecretArn: cluster.masterUserSecret.get(0).secretArn,
    };
  }
  return {
    host: instance!.address,
    readerHost: undefined,
    arn: instance!.arn,
    identifier: instance!.identifier,
    resourceId: instance!.resourceId,
    masterUserSecretArn: instance!.masterUserSecret.get(0).secretArn,
  };
}
