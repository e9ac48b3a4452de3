import { type DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { type RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { type RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { arnField } from "../core/arn";
import { Checks } from "../core/checks";
import { type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { readProps, withDefaults } from "../core/props";
import { RestrictedSecurityGroup } from "../core/restricted-security-group";
import { capacityOf } from "./capacity";
import { createCommonSettings } from "./common-settings";
import { connectionUrl, type ConnectionUrlOptions } from "./connection-url";
import { type CompleteDatabaseProps, databaseDefaults } from "./defaults";
import { ENGINE_TRAITS, type EngineTraits } from "./engine-traits";
import { type DatabaseEngine } from "./engine-versions";
import { type DatabaseProps, PROPS } from "./props";
import { DatabaseProxy } from "./proxy/database-proxy";
import { proxyDefaults } from "./proxy/defaults";
import { attributesOf, createResources } from "./resources";
import { validateDatabase } from "./validation/database";
import { validateConnectionUser, validateIamUser, validateProxyReader, validateReaderUser } from "./validation/users";

/**
 * Creates a PostgreSQL or MySQL database on RDS or Aurora Serverless v2. TLS is forced, apps sign in with IAM, and Terraform never
 * handles a password.
 */
export class Database extends Construct {
  readonly engine: DatabaseEngine;
  readonly isCluster: boolean;
  /** Host that accepts writes. */
  readonly host: string;
  /** Host that distributes reads over the readers; Aurora only. */
  readonly readerHost: string | undefined;
  readonly port: number;
  readonly databaseName: string;
  readonly masterUsername: string;
  /** Secret with the administrator's user name and password, which RDS creates and rotates. */
  readonly masterUserSecretArn: string;
  readonly securityGroupId: string;
  readonly arn: string;
  /** Identifier of the instance or cluster. */
  readonly identifier: string;
  /** Identifiers of all instances; on RDS there is one, and read replicas are not included. */
  readonly instanceIdentifiers: readonly string[];
  /** Id of the database in IAM policies, `db-…` or `cluster-…`. */
  readonly resourceId: string;
  /** Dimensions of its CloudWatch metrics. */
  readonly alarmDimensions: Readonly<Record<string, string>>;
  readonly logGroupNames: readonly string[];
  /** Initial storage in GiB, for alarms; RDS only. */
  readonly allocatedStorageGiB: number | undefined;
  /** Size up to which the storage grows by itself, in GiB; RDS only. */
  readonly maxAllocatedStorageGiB: number | undefined;
  /** Memory of an instance, on Aurora at its highest capacity, in GiB; `undefined` when it is not known at synth. */
  readonly memoryGiB: number | undefined;
  /** Most connections that an instance accepts; `undefined` when it is not known at synth. An estimate, never too high. */
  readonly maxConnections: number | undefined;
  /** Whether Performance Insights is on. */
  readonly performanceInsights: boolean;
  readonly instance: DbInstance | undefined;
  readonly cluster: RdsCluster | undefined;
  readonly clusterInstances: readonly RdsClusterInstance[];
  /** Read replicas; RDS only. */
  readonly readReplicas: readonly DbInstance[];
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
    const settings = createCommonSettings(this, this.props, { group: this.securityGroup.group, port: this.port });
    this.logGroupNames = settings.logGroupNames;
    const resources = createResources(this, this.props, settings);
    this.instance = resources.instance;
    this.cluster = resources.cluster;
    this.clusterInstances = resources.clusterInstances;
    this.readReplicas = resources.readReplicas;
    this.allocatedStorageGiB = resources.allocatedStorageGiB;
    this.maxAllocatedStorageGiB = resources.maxAllocatedStorageGiB;
    const capacity = capacityOf(this.props);
    this.memoryGiB = capacity.memoryGiB;
    this.maxConnections = capacity.maxConnections;
    this.performanceInsights = settings.performanceInsights.performanceInsightsEnabled;

    const attributes = attributesOf(resources);
    this.host = attributes.host;
    this.readerHost = attributes.readerHost;
    this.arn = attributes.arn;
    this.identifier = attributes.identifier;
    this.resourceId = attributes.resourceId;
    this.masterUserSecretArn = attributes.masterUserSecretArn;
    this.instanceIdentifiers = this.isCluster
      ? this.clusterInstances.map((instance) => instance.identifier)
      : [this.identifier];
    this.readReplicaIdentifiers = this.readReplicas.map((replica) => replica.identifier);
    this.alarmDimensions = { [this.isCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier"]: this.identifier };
    this.proxy = this.createProxy();
  }

  /**
   * Allows the members of a security group to connect.
   * @param client name of the client in kebab-case; part of the rule's Terraform address
   * @throws ConfigurationError when the name is malformed or taken, the id is not one of a security group, or the group may connect already
   */
  allowFrom(client: string, securityGroupId: string): void {
    this.securityGroup.allowFrom(client, securityGroupId);
  }

  /**
   * Returns the permission to sign in with IAM as a database user: to the proxy for the proxy's user, to the database and its read
   * replicas for every other. A migration creates the user itself: `GRANT rds_iam` in PostgreSQL,
   * `IDENTIFIED WITH AWSAuthenticationPlugin` in MySQL.
   * @throws ConfigurationError when the name is malformed, reserved or the administrator's
   */
  iamConnectStatement(dbUser: string): PolicyStatement {
    validateIamUser(new Checks(this), dbUser, this.props);
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
   * Returns a URL without a password that requires TLS and verifies the server's name; the app adds an IAM token when it connects.
   * @throws ConfigurationError when the user name is malformed, or `reader` is set and there is no reader
   */
  connectionUrl(user: string, options: ConnectionUrlOptions = {}): string {
    validateConnectionUser(new Checks(this), user, {
      engine: this.engine,
      reader: options.reader ?? false,
      hasReaderHost: this.readerHost !== undefined,
    });
    const { host, readerHost, port } = this.proxyFor(user, options) ?? this;
    return this.urlOf(user, { host: (options.reader ? readerHost : host) ?? host, port }, options);
  }

  /**
   * Returns the URLs of all hosts for reads: one per read replica on RDS, the reader endpoint on Aurora, an empty list when there is
   * no reader.
   * @throws ConfigurationError when the user name is malformed, or is the proxy's user, which cannot sign in to a read replica
   */
  readerConnectionUrls(user: string, options: Omit<ConnectionUrlOptions, "reader"> = {}): string[] {
    const isProxyUser = this.proxy?.userName === user;
    validateReaderUser(new Checks(this), user, {
      engine: this.engine,
      refused: isProxyUser && this.readReplicas.length > 0,
    });
    if (this.isCluster) return [this.connectionUrl(user, { ...options, reader: true })];
    return this.readReplicas.map((replica) => this.urlOf(user, { host: replica.address, port: this.port }, options));
  }

  /** Returns the proxy when the user connects through it. */
  private proxyFor(user: string, { direct, reader }: ConnectionUrlOptions): DatabaseProxy | undefined {
    const { proxy } = this;
    if (!proxy || direct || proxy.userName !== user) return undefined;
    if (reader) validateProxyReader(new Checks(this), user, proxy.readerHost);
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
    for (const [client, id] of Object.entries(this.props.allowedSecurityGroups ?? {})) {
      group.allowFrom(client, id, `allowedSecurityGroups.${client}`);
    }
    return group;
  }
}
