import { TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type AppContract } from "../app/contract";
import { type Environment } from "../environments";
import { type AlbWebsocket, type ServiceTarget } from "../modules/alb-websocket";
import { Cache } from "../modules/cache";
import { Database } from "../modules/database";
import { EncryptionKey } from "../modules/encryption-key";
import { FargateService } from "../modules/fargate-service";
import { AlarmTopic, Monitoring, RollbackAlarms } from "../modules/monitoring";
import { Network } from "../modules/network";
import { type Waf } from "../modules/waf";
import { addAwsProvider } from "./aws-provider";
import { repositoryArn, repositoryUrl, type RegistryStackProps } from "./registry-stack";
import { alarmSubscriptions } from "./alarm-subscriptions";
import { appEnvironment, type MigrationSecrets } from "./compute/environment-variables";
import { createAppSecrets } from "./compute/app-secrets";
import { createEntrance } from "./entrance/index";
import { type Entrance } from "./entrance/entrance";
import { imageReference } from "./compute/image";
import { addServiceOutputs } from "./outputs";
import { addStateBackend, type StateBackend } from "./state-backend";

export interface ServiceStackProps {
  readonly contract: AppContract;
  readonly environment: Environment;
  readonly registry: RegistryStackProps["registry"];
  readonly backend: StateBackend;
}

/** Pattern A of the guide, everything of one environment: entrance -> Fargate -> PostgreSQL and Valkey, WAF, monitoring. */
export class ServiceStack extends TerraformStack {
  private readonly contract: AppContract;
  private readonly environment: Environment;
  /** Stem of all physical names, `messenger-crm-dev`. */
  private readonly name: string;
  private readonly keyArn: string | undefined;

  /** @throws ConfigurationError from the first construct that refuses its props */
  constructor(scope: Construct, id: string, { contract, environment, registry, backend }: ServiceStackProps) {
    super(scope, id);
    this.contract = contract;
    this.environment = environment;
    this.name = `${contract.name}-${environment.name}`;
    const { accountId, region } = environment;
    const tags = { Application: contract.name, Environment: environment.name, ManagedBy: "terraform" };
    addAwsProvider(this, { accountId, region, tags });
    addStateBackend(this, backend, { bucket: environment.state.bucket, region });

    this.keyArn = this.createKey();
    const network = this.createNetwork();
    const database = this.createDatabase(network);
    const cache = this.createCache(network);
    const entrance = this.createEntrance(network, tags);
    const target = this.createTarget(entrance.alb);
    const topic = this.createAlarmTopic();
    const rollback = this.createRollbackAlarms(target, topic);
    const service = this.createService({ network, database, cache, entrance, target, rollback, registry });
    this.createMonitoring({ topic, service, target, database, cache, waf: entrance.waf });
    addServiceOutputs(this, { entrance, service, database, topic });
  }

  private createKey(): string | undefined {
    const { accountId, region, customerManagedKey } = this.environment;
    if (!customerManagedKey) return undefined;
    return new EncryptionKey(this, "encryption-key", { name: this.name, accountId, region }).keyArn;
  }

  private createNetwork(): Network {
    const { availabilityZones, cidrBlock, egress, natInstance, ipv6, logRetentionDays } = this.environment;
    return new Network(this, "network", {
      name: this.name,
      availabilityZones,
      cidrBlock,
      egress,
      natInstance,
      ipv6,
      flowLogRetentionDays: logRetentionDays,
      kmsKeyArn: this.keyArn,
    });
  }

  private createDatabase(network: Network): Database {
    const { database, disposable, logRetentionDays } = this.environment;
    return new Database(this, "database", {
      name: this.name,
      network,
      engine: "postgres",
      databaseName: this.contract.database.name,
      ...database,
      deletionProtection: !disposable,
      skipFinalSnapshot: disposable,
      logRetentionDays,
      kmsKeyArn: this.keyArn,
      masterUserSecretKmsKeyArn: this.keyArn,
      logsKmsKeyArn: this.keyArn,
    });
  }

  private createCache(network: Network): Cache {
    const { cache, logRetentionDays, disposable } = this.environment;
    const { keyPrefix, channelPrefix } = this.contract.container.redis;
    return new Cache(this, "cache", {
      name: this.name,
      network,
      ...cache,
      // Of several shards each carries its share of sharded channels; classic ones go to every node.
      adapter: cache.kind === "cluster" ? "sharded-redis" : "redis",
      authentication: { kind: "iam", userName: this.name },
      keyPrefixes: [keyPrefix],
      channelPrefixes: [channelPrefix],
      skipFinalSnapshot: disposable,
      logRetentionDays,
      kmsKeyArn: this.keyArn,
      logsKmsKeyArn: this.keyArn,
    });
  }

  private createEntrance(network: Network, tags: Readonly<Record<string, string>>): Entrance {
    const { contract, environment, name, keyArn: kmsKeyArn } = this;
    return createEntrance({ stack: this, name, contract, environment, network, kmsKeyArn, tags });
  }

  private createTarget(alb: AlbWebsocket): ServiceTarget {
    const { port, health, http, socket } = this.contract.container;
    return alb.addService("app", {
      containerPort: port,
      keepAliveTimeoutSec: http.keepAliveTimeoutSec,
      healthCheck: { path: health.path },
      transports: socket.transports,
    });
  }

  private createAlarmTopic(): AlarmTopic {
    return new AlarmTopic(this, "alarm-topic", {
      name: this.name,
      subscriptions: alarmSubscriptions(this, this.environment.alarms.emails),
      kmsKeyArn: this.keyArn,
    });
  }

  private createRollbackAlarms(target: ServiceTarget, topic: AlarmTopic): RollbackAlarms {
    return new RollbackAlarms(this, "rollback-alarms", {
      name: this.name,
      loadBalancer: this.monitoredLoadBalancer(target),
      app: this.monitoredApp(),
      alarmTopicArn: topic.topicArn,
    });
  }

  private createService(parts: {
    network: Network;
    database: Database;
    cache: Cache;
    entrance: Entrance;
    target: ServiceTarget;
    rollback: RollbackAlarms;
    registry: RegistryStackProps["registry"];
  }): FargateService {
    const { container, database: contractDatabase, metrics } = this.contract;
    const { service, region, logRetentionDays, release, tier, disposable } = this.environment;
    const { database, cache, registry } = parts;
    const keyArns = this.keyArn ? [this.keyArn] : [];
    const fargate = new FargateService(this, "service", {
      name: this.name,
      network: parts.network,
      egressCidrs: this.environment.ipv6 ? ["0.0.0.0/0", "::/0"] : undefined,
      image: imageReference(this, { repositoryUrl: repositoryUrl(registry, this.contract), release }),
      repositoryArn: repositoryArn(registry, this.contract),
      containerPort: container.port,
      user: container.user,
      cpu: service.cpu,
      memoryMiB: service.memoryMiB,
      bootSec: container.bootSec,
      drainSec: container.drain.shutdownSec,
      spot: service.spot ? { onDemandBase: 1, onDemandWeight: 0, spotWeight: 1 } : undefined,
      environment: appEnvironment({
        serviceName: this.name,
        port: container.port,
        region,
        publicOrigin: parts.entrance.origin,
        databaseUrl: database.connectionUrl(contractDatabase.appUser),
        cacheUrl: cache.connectionUrl(),
        socketAdapter: cache.adapter,
        production: tier === "production",
      }),
      secrets: createAppSecrets(this, { name: this.name, contract: this.contract, disposable, kmsKeyArn: this.keyArn }),
      secretKmsKeyArns: keyArns,
      migration: {
        command: container.migrateCommand,
        timeoutSec: container.migrateSec,
        secrets: { DATABASE_MASTER_CREDENTIALS: database.masterUserSecretArn } satisfies MigrationSecrets,
      },
      loadBalancer: parts.target,
      connections: { database, cache },
      fanOut: { adapter: cache.adapter, supportedAdapters: cache.supportedAdapters },
      autoscaling: {
        minCount: service.minCount,
        maxCount: service.maxCount,
        connectionsPerTask: service.connectionsPerTask,
      },
      connectionMetric: {
        namespace: metrics.namespace,
        metricName: metrics.names.openConnections,
        dimensions: { [metrics.dimension]: this.name },
      },
      rollbackAlarmNames: parts.rollback.alarmNames,
      logRetentionDays,
      kmsKeyArn: this.keyArn,
    });
    fargate.addTaskPolicy("database", [database.iamConnectStatement(contractDatabase.appUser)]);
    fargate.addTaskPolicy("cache", [cache.iamConnectStatement()]);
    return fargate;
  }

  private createMonitoring(parts: {
    topic: AlarmTopic;
    service: FargateService;
    target: ServiceTarget;
    database: Database;
    cache: Cache;
    waf: Waf | undefined;
  }): Monitoring {
    const { logs, metrics } = this.contract;
    return new Monitoring(this, "monitoring", {
      name: this.name,
      alarmTopicArn: parts.topic.topicArn,
      service: parts.service,
      loadBalancer: this.monitoredLoadBalancer(parts.target),
      database: parts.database,
      cache: { kind: "nodes", nodeIds: parts.cache.nodeIds },
      waf: parts.waf,
      app: this.monitoredApp(),
      logMetrics: { [logs.connectedMetric]: { namespace: metrics.namespace, text: logs.connectedLine } },
    });
  }

  private monitoredLoadBalancer(target: ServiceTarget) {
    return {
      loadBalancerArnSuffix: target.loadBalancerArnSuffix,
      targets: { app: target.targetGroupArnSuffix },
      longestHeldRequestSec: this.contract.container.socket.heartbeat.pingIntervalSec,
    };
  }

  private monitoredApp() {
    const { namespace, dimension } = this.contract.metrics;
    const { names, intervalSec } = this.contract.container.metrics;
    return { namespace, dimensions: { [dimension]: this.name }, metrics: names, intervalSec };
  }
}
