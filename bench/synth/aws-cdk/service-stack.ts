import { CfnOutput, Duration, Stack, RemovalPolicy } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  InstanceType,
  IpAddresses,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { Repository } from "aws-cdk-lib/aws-ecr";
import {
  Cluster,
  ContainerDependencyCondition,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  LogDrivers,
  OperatingSystemFamily,
  Secret as EcsSecret,
} from "aws-cdk-lib/aws-ecs";
import { ApplicationLoadBalancedFargateService } from "aws-cdk-lib/aws-ecs-patterns";
import {
  CfnParameterGroup,
  CfnReplicationGroup,
  CfnSubnetGroup,
  CfnUser,
  CfnUserGroup,
} from "aws-cdk-lib/aws-elasticache";
import { ApplicationProtocol, Protocol, SslPolicy } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import {
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PostgresEngineVersion,
  SubnetGroup,
} from "aws-cdk-lib/aws-rds";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { type Construct } from "constructs";
import { addFirewall } from "./firewall";
import { addMonitoring, addRollbackAlarms, type Monitored } from "./monitoring";
import { REPOSITORY_NAME } from "./registry-stack";

export interface Environment {
  readonly name: string;
  readonly production: boolean;
  readonly account: string;
  readonly region: string;
  readonly availabilityZones: string[];
  readonly cidrBlock: string;
  readonly natGateways: number;
  readonly instanceClass: string;
  readonly allocatedStorageGiB: number;
  readonly maxAllocatedStorageGiB: number;
  readonly backupRetentionDays: number;
  readonly cacheNodeType: string;
  readonly cacheReplicas: number;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly minCount: number;
  readonly maxCount: number;
  readonly logRetentionDays: RetentionDays;
  readonly emails: readonly string[];
  readonly domainName?: string;
  readonly certificateArn?: string;
}

const PORT = 3000;
const SECRETS = [
  "NEXTAUTH_SECRET",
  "SOCKET_TICKET_SECRET",
  "VISITOR_TOKEN_SECRET",
  "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
];

/** Everything of one environment. */
export class ServiceStack extends Stack {
  private readonly removalPolicy: RemovalPolicy;
  private readonly key?: Key;
  private readonly serviceLogs: LogGroup;
  private readonly image: ContainerImage;

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: Environment,
  ) {
    super(scope, id, { env: { account: settings.account, region: settings.region } });
    this.removalPolicy = settings.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = settings.production ? this.createKey() : undefined;

    this.serviceLogs = this.logGroup("ServiceLogs", `/ecs/${this.stackName}`);
    this.image = ContainerImage.fromEcrRepository(
      Repository.fromRepositoryName(this, "Repository", REPOSITORY_NAME),
      "0.1.0",
    );

    const vpc = this.createVpc();
    const database = this.createDatabase(vpc);
    const cache = this.createCache(vpc);
    const service = this.createService(vpc, database, cache);
    database.connections.allowFrom(service.service, Port.tcp(5432));
    cache.securityGroup.addIngressRule(service.service.connections.securityGroups[0]!, Port.tcp(6379));
    this.createScaling(service);

    const topic = new Topic(this, "Alarms", { masterKey: this.key, enforceSSL: true });
    for (const email of settings.emails) topic.addSubscription(new EmailSubscription(email));
    addFirewall(this, service.loadBalancer, this.logGroup("FirewallLogs", `aws-waf-logs-${id}`));
    const monitored: Monitored = {
      name: id,
      service,
      database,
      cacheNodes: Array.from({ length: 1 + settings.cacheReplicas }, (_, index) => `${id}-cache-00${index + 1}`),
      firewall: "firewall",
      topic,
      logGroup: this.serviceLogs,
    };
    addRollbackAlarms(this, monitored);
    addMonitoring(this, monitored);
    new CfnOutput(this, "Url", { value: settings.domainName ?? service.loadBalancer.loadBalancerDnsName });
  }

  private createKey(): Key {
    const key = new Key(this, "Key", {
      alias: this.stackName,
      enableKeyRotation: true,
      removalPolicy: this.removalPolicy,
    });
    key.grantEncryptDecrypt(new ServicePrincipal(`logs.${this.region}.amazonaws.com`));
    return key;
  }

  private logGroup(id: string, logGroupName: string): LogGroup {
    return new LogGroup(this, id, {
      logGroupName,
      retention: this.settings.logRetentionDays,
      encryptionKey: this.key,
      removalPolicy: this.removalPolicy,
    });
  }

  private createVpc(): Vpc {
    const { cidrBlock, natGateways, availabilityZones } = this.settings;
    const vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr(cidrBlock),
      availabilityZones,
      natGateways,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: "Public", subnetType: SubnetType.PUBLIC, cidrMask: 22 },
        {
          name: "Private",
          subnetType: natGateways > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED,
          cidrMask: 20,
        },
        { name: "Isolated", subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 22 },
      ],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    vpc.addFlowLog("FlowLogs", {
      destination: FlowLogDestination.toCloudWatchLogs(
        this.logGroup("FlowLogGroup", `/vpc/${this.stackName}/flow-logs`),
      ),
    });
    return vpc;
  }

  private createDatabase(vpc: Vpc): DatabaseInstance {
    const { instanceClass, allocatedStorageGiB, maxAllocatedStorageGiB, backupRetentionDays, production } =
      this.settings;
    for (const kind of ["postgresql", "upgrade"]) {
      this.logGroup(`DatabaseLogs-${kind}`, `/aws/rds/instance/${this.stackName}-db/${kind}`);
    }
    const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 });
    return new DatabaseInstance(this, "Database", {
      vpc,
      vpcSubnets: { subnetGroupName: "Isolated" },
      subnetGroup: new SubnetGroup(this, "DatabaseSubnets", {
        description: "Isolated subnets",
        vpc,
        vpcSubnets: { subnetGroupName: "Isolated" },
      }),
      engine,
      parameterGroup: new ParameterGroup(this, "DatabaseParameters", {
        engine,
        parameters: { "rds.force_ssl": "1", log_min_duration_statement: "1000" },
      }),
      instanceType: new InstanceType(instanceClass),
      databaseName: "messenger_crm",
      credentials: Credentials.fromGeneratedSecret("messenger_admin"),
      allocatedStorage: allocatedStorageGiB,
      maxAllocatedStorage: maxAllocatedStorageGiB,
      multiAz: production,
      storageEncrypted: true,
      storageEncryptionKey: this.key,
      iamAuthentication: true,
      enablePerformanceInsights: true,
      monitoringInterval: Duration.seconds(60),
      cloudwatchLogsExports: ["postgresql", "upgrade"],
      instanceIdentifier: `${this.stackName}-db`,
      backupRetention: Duration.days(backupRetentionDays),
      deletionProtection: production,
      removalPolicy: production ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY,
    });
  }

  private createCache(vpc: Vpc): Cache {
    const { cacheNodeType, cacheReplicas } = this.settings;
    const securityGroup = new SecurityGroup(this, "CacheSecurityGroup", { vpc, allowAllOutbound: false });
    const subnets = new CfnSubnetGroup(this, "CacheSubnets", {
      description: "Isolated subnets",
      subnetIds: vpc.selectSubnets({ subnetGroupName: "Isolated" }).subnetIds,
    });
    const defaultUser = new CfnUser(this, "CacheDefaultUser", {
      engine: "valkey",
      userId: `${this.stackName}-default`,
      userName: "default",
      accessString: "off -@all",
      authenticationMode: { Type: "no-password-required" },
    });
    const appUser = new CfnUser(this, "CacheAppUser", {
      engine: "valkey",
      userId: `${this.stackName}-app`,
      userName: `${this.stackName}-app`,
      accessString: "on ~messenger-crm:* &socket.io* +@all -@dangerous",
      authenticationMode: { Type: "iam" },
    });
    const users = new CfnUserGroup(this, "CacheUsers", {
      engine: "valkey",
      userGroupId: this.stackName,
      userIds: [defaultUser.ref, appUser.ref],
    });
    const logs = ["engine-log", "slow-log"].map((logType) => ({
      logType,
      logFormat: "json",
      destinationType: "cloudwatch-logs",
      destinationDetails: {
        cloudWatchLogsDetails: {
          logGroup: this.logGroup(`CacheLogs-${logType}`, `/aws/vendedlogs/elasticache/${this.stackName}/${logType}`)
            .logGroupName,
        },
      },
    }));
    const replicationGroup = new CfnReplicationGroup(this, "Cache", {
      replicationGroupId: `${this.stackName}-cache`,
      logDeliveryConfigurations: logs,
      cacheParameterGroupName: new CfnParameterGroup(this, "CacheParameters", {
        cacheParameterGroupFamily: "valkey8",
        description: "Socket.IO adapter and sessions",
        properties: { "maxmemory-policy": "volatile-lru" },
      }).ref,
      replicationGroupDescription: "Socket.IO adapter and sessions",
      engine: "valkey",
      engineVersion: "8.0",
      cacheNodeType,
      numNodeGroups: 1,
      replicasPerNodeGroup: cacheReplicas,
      automaticFailoverEnabled: cacheReplicas > 0,
      multiAzEnabled: cacheReplicas > 0,
      atRestEncryptionEnabled: true,
      kmsKeyId: this.key?.keyArn,
      transitEncryptionEnabled: true,
      userGroupIds: [users.ref],
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [securityGroup.securityGroupId],
    });
    return { replicationGroup, securityGroup };
  }

  private createService(vpc: Vpc, database: DatabaseInstance, cache: Cache): ApplicationLoadBalancedFargateService {
    const { cpu, memoryMiB, minCount, production, certificateArn } = this.settings;
    const service = new ApplicationLoadBalancedFargateService(this, "Service", {
      cluster: new Cluster(this, "Cluster", { vpc, containerInsightsV2: ContainerInsights.ENABLED }),
      cpu,
      memoryLimitMiB: memoryMiB,
      desiredCount: minCount,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      enableExecuteCommand: false,
      assignPublicIp: !production,
      taskSubnets: { subnetGroupName: production ? "Private" : "Public" },
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      ...(certificateArn === undefined
        ? { protocol: ApplicationProtocol.HTTP }
        : {
            protocol: ApplicationProtocol.HTTPS,
            certificate: Certificate.fromCertificateArn(this, "Certificate", certificateArn),
            redirectHTTP: true,
            sslPolicy: SslPolicy.RECOMMENDED_TLS,
          }),
      taskImageOptions: {
        image: this.image,
        containerPort: PORT,
        logDriver: LogDrivers.awsLogs({ streamPrefix: "app", logGroup: this.serviceLogs }),
        environment: this.variables(database, cache),
        secrets: Object.fromEntries(SECRETS.map((name) => [name, EcsSecret.fromSecretsManager(this.secret(name))])),
      },
      idleTimeout: Duration.seconds(65),
    });
    this.addMigration(service, database);
    this.configureTargets(service);
    service.taskDefinition.addToTaskRolePolicy(
      new PolicyStatement({
        actions: ["rds-db:connect"],
        resources: [
          `arn:aws:rds-db:${this.region}:${this.account}:dbuser:${database.instanceResourceId}/messenger_app`,
        ],
      }),
    );
    service.taskDefinition.addToTaskRolePolicy(
      new PolicyStatement({
        actions: ["elasticache:Connect"],
        resources: [
          `arn:aws:elasticache:${this.region}:${this.account}:replicationgroup:${cache.replicationGroup.ref}`,
          `arn:aws:elasticache:${this.region}:${this.account}:user:${this.stackName}-app`,
        ],
      }),
    );
    return service;
  }

  private addMigration({ taskDefinition }: ApplicationLoadBalancedFargateService, database: DatabaseInstance): void {
    const app = taskDefinition.defaultContainer!;
    const migration = taskDefinition.addContainer("migration", {
      image: this.image,
      command: ["node", "migrate.js"],
      essential: false,
      secrets: { DATABASE_MASTER_CREDENTIALS: EcsSecret.fromSecretsManager(database.secret!) },
      logging: LogDrivers.awsLogs({ streamPrefix: "migration", logGroup: this.serviceLogs }),
    });
    app.addContainerDependencies({ container: migration, condition: ContainerDependencyCondition.SUCCESS });
  }

  private configureTargets({ targetGroup, loadBalancer }: ApplicationLoadBalancedFargateService): void {
    targetGroup.configureHealthCheck({
      path: "/api/health",
      protocol: Protocol.HTTP,
      healthyHttpCodes: "200",
      interval: Duration.seconds(15),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    });
    targetGroup.enableCookieStickiness(Duration.days(1));
    targetGroup.setAttribute("deregistration_delay.timeout_seconds", "60");
    loadBalancer.setAttribute("routing.http.drop_invalid_header_fields.enabled", "true");
    loadBalancer.setAttribute("deletion_protection.enabled", String(this.settings.production));
    const bucket = new Bucket(this, "AccessLogs", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(this.settings.logRetentionDays) }],
      removalPolicy: this.removalPolicy,
    });
    loadBalancer.logAccessLogs(bucket);
  }

  private variables(database: DatabaseInstance, { replicationGroup }: Cache): Record<string, string> {
    const url = this.settings.domainName ?? "localhost";
    return {
      NODE_ENV: "production",
      PORT: String(PORT),
      HOSTNAME: "0.0.0.0",
      AWS_REGION: this.region,
      SERVICE_NAME: this.stackName,
      NEXTAUTH_URL: `https://${url}`,
      ALLOWED_ORIGINS: `https://${url}`,
      NEXT_PUBLIC_SOCKET_URL: `https://${url}`,
      DATABASE_URL: `postgresql://messenger_app@${database.instanceEndpoint.socketAddress}/messenger_crm`,
      DATABASE_AUTH: "iam",
      REDIS_URL: `rediss://${this.stackName}-app@${replicationGroup.attrPrimaryEndPointAddress}:6379`,
      REDIS_AUTH: "iam",
      SOCKET_ADAPTER: "redis",
      LOG_LEVEL: "info",
    };
  }

  private secret(name: string): Secret {
    return new Secret(this, name, {
      encryptionKey: this.key,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: this.removalPolicy,
    });
  }

  private createScaling({ service, targetGroup }: ApplicationLoadBalancedFargateService): void {
    const scaling = service.autoScaleTaskCount({
      minCapacity: this.settings.minCount,
      maxCapacity: this.settings.maxCount,
    });
    scaling.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 60, scaleInCooldown: Duration.minutes(10) });
    scaling.scaleToTrackCustomMetric("Connections", {
      metric: targetGroup.metrics.custom("ActiveConnectionCount"),
      targetValue: 1000,
      scaleInCooldown: Duration.minutes(10),
    });
  }
}

interface Cache {
  readonly replicationGroup: CfnReplicationGroup;
  readonly securityGroup: SecurityGroup;
}
