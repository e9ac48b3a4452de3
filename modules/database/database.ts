import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { type RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { atLeastTwoSubnets, lifecycleWithPreconditions } from "../core/apply-time";
import { arnField } from "../core/arn";
import { Checks, formatValue } from "../core/checks";
import { type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { readProps, withDefaults } from "../core/props";
import { RestrictedSecurityGroup } from "../core/restricted-security-group";
import { createCluster, createClusterInstances } from "./aurora-cluster";
import { connectionUrl, type ConnectionUrlOptions } from "./connection-url";
import { type CompleteDatabaseProps, type DatabaseProps, PROPS } from "./props";
import { auroraDefaults, databaseDefaults, instanceDefaults, proxyDefaults } from "./defaults";
import { type DatabaseEngine, DEFAULT_VERSIONS, majorVersionOf } from "./engine-versions";
import { ENGINE_TRAITS, type EngineTraits } from "./engine-traits";
import { createInstance } from "./instance";
import { supportsPerformanceInsights } from "./instance-classes";
import { createMonitoringRole } from "./monitoring-role";
import { outputsOf } from "./outputs";
import { createParameterGroup } from "./parameter-group";
import { type CommonSettings, type PerformanceInsights } from "./common-settings";
import { DatabaseProxy } from "./proxy/database-proxy";
import { createReadReplicas } from "./read-replicas";
import { checkUser } from "./validation/user-name";
import { validateDatabase } from "./validation/database";

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
  /** RDS only: the copies that only read. */
  readonly readReplicas: readonly DbInstance[];
  /** Identifiers of the read replicas. */
  readonly readReplicaIdentifiers: readonly string[];
  readonly proxy: DatabaseProxy | undefined;

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
    const monitoring = createMonitoringRole(this, this.props, this.securityGroup.group.arn);
    const parts = this.createParts(monitoring?.role);
    // RDS makes a missing log group itself, with no end of retention: ours come first.
    const dependsOn: ITerraformDependable[] = [...logGroups, ...(monitoring ? [monitoring.attachment] : [])];

    this.logGroupNames = logGroups.map((group) => group.name);
    if (this.isCluster) {
      const complete = { ...auroraDefaults, ...this.props };
      this.cluster = createCluster(this, complete, parts, dependsOn);
      this.clusterInstances = createClusterInstances(this, complete, parts, this.cluster);
      this.readReplicas = [];
    } else {
      const complete = { ...instanceDefaults, ...this.props };
      this.instance = createInstance(this, complete, parts, dependsOn);
      this.clusterInstances = [];
      const instanceClass = complete.readReplicaClass ?? complete.instanceClass;
      this.readReplicas = createReadReplicas(this, complete, {
        ...parts,
        source: this.instance,
        instanceClass,
        performanceInsights: this.performanceInsights(instanceClass),
        dependsOn: monitoring ? [monitoring.attachment] : [],
      });
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
    this.readReplicaIdentifiers = this.readReplicas.map((replica) => replica.identifier);
    this.proxy = this.createProxy();
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
   * What a role needs to sign in as a database user by IAM: to the database and its read replicas, or as the proxy's user to the proxy. The user itself is made by a migration: `GRANT rds_iam` in
   * PostgreSQL, `IDENTIFIED WITH AWSAuthenticationPlugin` in MySQL.
   * @throws ConfigurationError when the name is illegal, reserved or the administrator's
   */
  iamConnectStatement(dbUser: string): PolicyStatement {
    this.checkAppUser("iamConnectStatement", dbUser);
    const scope = `${arnField(this.arn, "region")}:${arnField(this.arn, "accountId")}`;
    const ids =
      this.proxy?.userName === dbUser
        ? [this.proxy.resourceId]
        : [this.resourceId, ...this.readReplicas.map((replica) => replica.resourceId)];
    const [first, ...more] = ids.map(
      (id) => `arn:${arnField(this.arn, "partition")}:rds-db:${scope}:dbuser:${id}/${dbUser}`,
    );
    return { Effect: "Allow", Action: "rds-db:connect", Resource: more.length > 0 ? [first!, ...more] : first! };
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
    checks.throwIfInvalid();
    const through = this.proxyFor(user, options);
    const { host, readerHost, port } = through ?? this;
    return this.urlOf(user, { host: (options.reader ? readerHost : host) ?? host, port }, options);
  }

  /**
   * URLs of all hosts that only read: one for each read replica of RDS, the one of Aurora's that spreads over its readers, none
   * where there is no reader.
   * @throws ConfigurationError when the user is illegal, or is the proxy's, which read replicas of RDS do not let in
   */
  readerConnectionUrls(user: string, options: Omit<ConnectionUrlOptions, "reader"> = {}): string[] {
    const checks = new Checks(this);
    checkUser(checks, "readerConnectionUrls", user, this.engine);
    checks.require(this.readReplicas.length === 0 || this.proxy?.userName !== user, {
      prop: "readerConnectionUrls",
      expected: "a user who signs in by IAM",
      got: formatValue(user),
      remedy: "Read replicas stand behind no proxy, and its user has a password that only the proxy reads.",
    });
    checks.throwIfInvalid();
    if (this.isCluster) return [this.connectionUrl(user, { ...options, reader: true })];
    return this.readReplicas.map((replica) => this.urlOf(user, { host: replica.address, port: this.port }, options));
  }

  /** The proxy, where it is the user's way. */
  private proxyFor(user: string, { direct, reader }: ConnectionUrlOptions): DatabaseProxy | undefined {
    const { proxy } = this;
    if (!proxy || direct || proxy.userName !== user) return undefined;
    const checks = new Checks(this);
    checks.require(!reader || proxy.readerHost !== undefined, {
      prop: "connectionUrl",
      expected: "reader only with a second instance behind the proxy",
      got: formatValue(user),
      remedy: "Raise instanceCount, or read from the writer.",
    });
    checks.throwIfInvalid();
    return proxy;
  }

  private urlOf(user: string, at: { host: string; port: number }, options: ConnectionUrlOptions): string {
    return connectionUrl(this.traits.dialect, { user, ...at, database: this.databaseName }, options);
  }

  private createProxy(): DatabaseProxy | undefined {
    const { props } = this;
    if (!props.proxy) return undefined;
    return new DatabaseProxy(this, "proxy", {
      ...withDefaults(proxyDefaults, props.proxy),
      name: props.name,
      network: props.network,
      traits: this.traits,
      target: this.isCluster ? { dbClusterIdentifier: this.identifier } : { dbInstanceIdentifier: this.identifier },
      hasReaders: this.clusterInstances.length > 1,
      database: { securityGroup: this.securityGroup, port: this.port },
      logs: { retentionDays: props.logRetentionDays, kmsKeyArn: props.logsKmsKeyArn },
      dependsOn: this.clusterInstances,
    });
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

  private createParts(monitoringRole: IamRole | undefined): CommonSettings {
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
      performanceInsights: this.performanceInsights(props.instanceClass ?? instanceDefaults.instanceClass),
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
      lifecycle: lifecycleWithPreconditions(
        atLeastTwoSubnets("network.isolatedSubnetIds", this.props.network.isolatedSubnetIds),
      ),
      tags: { Name: name },
    });
  }

  private performanceInsights(instanceClass: string): PerformanceInsights {
    const { props } = this;
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
      got: formatValue(dbUser),
      remedy: "The administrator keeps its rotated password; an app needs far less than it may.",
    });
    checks.throwIfInvalid();
  }

  private logExports(): readonly string[] {
    return this.props.logExports ?? this.traits.defaultLogs;
  }

  private physicalIdentifier(): string {
    return this.props.identifier ?? physicalName([this.props.name, "db"], { maxLength: 63 });
  }
}
