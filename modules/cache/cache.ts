import { type ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { type ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { Construct } from "constructs";
import { ConfigurationError } from "../core/configuration-error";
import { type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { Checks } from "../core/checks";
import { readProps } from "../core/props";
import { RestrictedSecurityGroup } from "../core/restricted-security-group";
import { escapeTemplate } from "../core/tokens";
import { type AccessControl, createAccessControl } from "./access-control";
import { ADAPTERS_OF_KIND, type SocketIoAdapter } from "./adapters";
import { type CacheKind } from "./cache-kinds";
import { type CommonSettings } from "./common-settings";
import { describeCache } from "./description";
import {
  cacheDefaults,
  clusterDefaults,
  type CompleteCacheProps,
  type CompleteNodeProps,
  nodeDefaults,
  serverlessDefaults,
} from "./defaults";
import { type CacheEngine } from "./engine-versions";
import { type CacheProps, PROPS } from "./props";
import { createReplicationGroup, logGroupName, nodeIdsOf } from "./replication-group";
import { createServerlessCache } from "./serverless-cache";
import { validateCache } from "./validation/cache";

/** Fixed ports of a serverless cache; the reader port follows the primary port. */
const SERVERLESS_PORTS = { primary: 6379, reader: 6380 } as const;

/**
 * Creates a Valkey or Redis OSS cache on ElastiCache. TLS and encryption at rest are always on, clients sign in with IAM, and the kind is
 * checked against the Socket.IO adapter.
 */
export class Cache extends Construct {
  readonly kind: CacheKind;
  readonly engine: CacheEngine;
  /** Whether clients must use the cluster protocol. */
  readonly clusterMode: boolean;
  /** Host that accepts writes; in cluster mode and on serverless, the endpoint from which clients discover the nodes. */
  readonly host: string;
  readonly port: number;
  /** Host for reads; `undefined` in cluster mode. */
  readonly readerHost: string | undefined;
  readonly readerPort: number | undefined;
  /** The user that signs in with IAM; `undefined` without authentication. */
  readonly userName: string | undefined;
  /** Socket.IO adapter that the app should use. */
  readonly adapter: SocketIoAdapter;
  /** Socket.IO adapters that this kind of cache supports. */
  readonly supportedAdapters: readonly SocketIoAdapter[];
  readonly securityGroupId: string;
  readonly arn: string;
  /** Id of the replication group or name of the serverless cache. */
  readonly identifier: string;
  /** Ids of the nodes; empty on serverless. */
  readonly nodeIds: readonly string[];
  /** Log group of the slow log; `undefined` on serverless, which has none. */
  readonly slowLogGroupName: string | undefined;
  /** Dimensions of its CloudWatch metrics: one set per node, or a single set for a serverless cache. */
  readonly alarmDimensions: readonly Readonly<Record<string, string>>[];
  readonly replicationGroup: ElasticacheReplicationGroup | undefined;
  readonly serverlessCache: ElasticacheServerlessCache | undefined;

  private readonly props: CompleteCacheProps;
  private readonly securityGroup: RestrictedSecurityGroup;
  private readonly accessControl: AccessControl | undefined;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, cacheDefaults);
    validateCache(checks, this.props);

    this.kind = this.props.kind;
    this.engine = this.props.engine;
    this.clusterMode = this.kind !== "replication-group";
    this.supportedAdapters = ADAPTERS_OF_KIND[this.kind];
    this.adapter = this.props.adapter ?? ADAPTERS_OF_KIND[this.kind][0];
    this.port = this.kind === "serverless" ? SERVERLESS_PORTS.primary : (this.props.port ?? nodeDefaults.port);

    this.securityGroup = this.createSecurityGroup();
    this.securityGroupId = this.securityGroup.group.id;
    this.accessControl = createAccessControl(this, this.props);
    this.userName = this.accessControl?.user.userName;
    if (this.kind === "serverless") {
      const cache = createServerlessCache(this, { ...serverlessDefaults, ...this.props }, this.commonSettings());
      this.serverlessCache = cache;
      this.arn = cache.arn;
      this.identifier = cache.name;
      this.host = cache.endpoint.get(0).address;
      this.readerHost = cache.readerEndpoint.get(0).address;
      this.readerPort = SERVERLESS_PORTS.reader;
      this.nodeIds = [];
      this.alarmDimensions = [{ clusterId: cache.name }];
    } else {
      const complete: CompleteNodeProps = { ...nodeDefaults, ...clusterDefaults, ...this.props };
      const group = createReplicationGroup(this, complete, this.commonSettings());
      this.replicationGroup = group;
      this.arn = group.arn;
      this.identifier = group.replicationGroupId;
      this.host = this.clusterMode ? group.configurationEndpointAddress : group.primaryEndpointAddress;
      this.readerHost = this.clusterMode ? undefined : group.readerEndpointAddress;
      this.readerPort = this.clusterMode ? undefined : this.port;
      this.nodeIds = nodeIdsOf(group, complete);
      this.slowLogGroupName = logGroupName(group.replicationGroupIdInput!, "slow-log");
      this.alarmDimensions = this.nodeIds.map((nodeId) => ({ CacheClusterId: nodeId }));
    }
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
   * Returns the permission to sign in as the cache's user. ElastiCache ends a connection after 12 hours unless the client signs in
   * again.
   * @throws ConfigurationError when the cache has no authentication
   */
  iamConnectStatement(): PolicyStatement {
    if (!this.accessControl) {
      throw new ConfigurationError(this.node.path, [
        {
          code: "cache/no-iam-user",
          prop: "iamConnectStatement",
          expected: "a cache with IAM authentication",
          got: "authentication none",
          remedy: "Without authentication there is no user to sign in as.",
        },
      ]);
    }
    return { Effect: "Allow", Action: "elasticache:Connect", Resource: [this.arn, this.accessControl.user.arn] };
  }

  /** Returns `rediss://user@host:6379`: with TLS and without a password; the app adds an IAM token when it connects. */
  connectionUrl(): string {
    const user = this.userName ? `${this.userName}@` : "";
    return `rediss://${user}${this.host}:${this.port}`;
  }

  private createSecurityGroup(): RestrictedSecurityGroup {
    const name = physicalName([this.props.name, "cache"], { maxLength: 255 });
    const group = new RestrictedSecurityGroup(this, {
      name,
      description: "Cache: only the named security groups, only its port",
      vpcId: this.props.network.vpcId,
      ports: { from: this.port, to: this.kind === "serverless" ? SERVERLESS_PORTS.reader : this.port },
      nameTag: name,
    });
    for (const [client, id] of Object.entries(this.props.allowedSecurityGroups ?? {})) {
      group.allowFrom(client, id, `allowedSecurityGroups.${client}`);
    }
    return group;
  }

  private commonSettings(): CommonSettings {
    return {
      identifier: this.props.identifier ?? physicalName([this.props.name, "cache"], { maxLength: 40 }),
      description: escapeTemplate(describeCache(this.props)),
      securityGroupId: this.securityGroupId,
      userGroupId: this.accessControl?.group.userGroupId,
    };
  }
}
