import { Duration } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { type Vpc } from "aws-cdk-lib/aws-ec2";
import {
  Cluster,
  ContainerDependencyCondition,
  type ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  LogDrivers,
  OperatingSystemFamily,
  Secret as EcsSecret,
} from "aws-cdk-lib/aws-ecs";
import {
  ApplicationLoadBalancedFargateService,
  type ApplicationLoadBalancedFargateServiceProps,
  type ApplicationLoadBalancedTaskImageOptions,
} from "aws-cdk-lib/aws-ecs-patterns";
import { ApplicationProtocol, SslPolicy } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type LogGroup } from "aws-cdk-lib/aws-logs";
import { type DatabaseInstance } from "aws-cdk-lib/aws-rds";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { type Cache } from "./cache";
import { configureLoadBalancer } from "./load-balancer";
import { type StackContext } from "./stack-context";

const PORT = 3000;
const SECRETS = [
  "NEXTAUTH_SECRET",
  "SOCKET_TICKET_SECRET",
  "VISITOR_TOKEN_SECRET",
  "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
];

/** What the service connects to and writes to. */
export interface ServiceDependencies {
  readonly vpc: Vpc;
  readonly database: DatabaseInstance;
  readonly cache: Cache;
  readonly image: ContainerImage;
  readonly logs: LogGroup;
}

export function createService(
  context: StackContext,
  dependencies: ServiceDependencies,
): ApplicationLoadBalancedFargateService {
  const { stack, settings } = context;
  const service = new ApplicationLoadBalancedFargateService(stack, "Service", {
    cluster: new Cluster(stack, "Cluster", {
      vpc: dependencies.vpc,
      containerInsightsV2: ContainerInsights.ENABLED,
    }),
    cpu: settings.cpu,
    memoryLimitMiB: settings.memoryMiB,
    desiredCount: settings.minCount,
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { rollback: true },
    enableExecuteCommand: false,
    assignPublicIp: !settings.production,
    taskSubnets: { subnetGroupName: settings.production ? "Private" : "Public" },
    runtimePlatform: {
      cpuArchitecture: CpuArchitecture.ARM64,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
    ...listenerProps(context),
    taskImageOptions: taskImageOptions(context, dependencies),
    idleTimeout: Duration.seconds(65),
  });
  addMigration(service, dependencies);
  configureLoadBalancer(context, service);
  addConnectPermissions(context, service, dependencies);
  return service;
}

function listenerProps({ stack, settings }: StackContext): Partial<ApplicationLoadBalancedFargateServiceProps> {
  const { certificateArn } = settings;
  if (certificateArn === undefined) return { protocol: ApplicationProtocol.HTTP };
  return {
    protocol: ApplicationProtocol.HTTPS,
    certificate: Certificate.fromCertificateArn(stack, "Certificate", certificateArn),
    redirectHTTP: true,
    sslPolicy: SslPolicy.RECOMMENDED_TLS,
  };
}

function taskImageOptions(
  context: StackContext,
  dependencies: ServiceDependencies,
): ApplicationLoadBalancedTaskImageOptions {
  const secrets = SECRETS.map((name) => [name, EcsSecret.fromSecretsManager(createSecret(context, name))] as const);
  return {
    image: dependencies.image,
    containerPort: PORT,
    logDriver: LogDrivers.awsLogs({ streamPrefix: "app", logGroup: dependencies.logs }),
    environment: environmentVariables(context, dependencies),
    secrets: Object.fromEntries(secrets),
  };
}

function environmentVariables(
  { stack, settings }: StackContext,
  { database, cache: { replicationGroup } }: ServiceDependencies,
): Record<string, string> {
  const url = settings.domainName ?? "localhost";
  return {
    NODE_ENV: "production",
    PORT: String(PORT),
    HOSTNAME: "0.0.0.0",
    AWS_REGION: stack.region,
    SERVICE_NAME: stack.stackName,
    NEXTAUTH_URL: `https://${url}`,
    ALLOWED_ORIGINS: `https://${url}`,
    NEXT_PUBLIC_SOCKET_URL: `https://${url}`,
    DATABASE_URL: `postgresql://messenger_app@${database.instanceEndpoint.socketAddress}/messenger_crm`,
    DATABASE_AUTH: "iam",
    REDIS_URL: `rediss://${stack.stackName}-app@${replicationGroup.attrPrimaryEndPointAddress}:6379`,
    REDIS_AUTH: "iam",
    SOCKET_ADAPTER: "redis",
    LOG_LEVEL: "info",
  };
}

function createSecret({ stack, key, removalPolicy }: StackContext, name: string): Secret {
  return new Secret(stack, name, {
    encryptionKey: key,
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
    removalPolicy,
  });
}

function addMigration(
  { taskDefinition }: ApplicationLoadBalancedFargateService,
  { database, image, logs }: ServiceDependencies,
): void {
  const app = taskDefinition.defaultContainer!;
  const migration = taskDefinition.addContainer("migration", {
    image,
    command: ["node", "migrate.js"],
    essential: false,
    secrets: { DATABASE_MASTER_CREDENTIALS: EcsSecret.fromSecretsManager(database.secret!) },
    logging: LogDrivers.awsLogs({ streamPrefix: "migration", logGroup: logs }),
  });
  app.addContainerDependencies({ container: migration, condition: ContainerDependencyCondition.SUCCESS });
}

function addConnectPermissions(
  { stack }: StackContext,
  { taskDefinition }: ApplicationLoadBalancedFargateService,
  { database, cache }: ServiceDependencies,
): void {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${stack.region}:${stack.account}:${resource}`;
  taskDefinition.addToTaskRolePolicy(
    new PolicyStatement({
      actions: ["rds-db:connect"],
      resources: [arn("rds-db", `dbuser:${database.instanceResourceId}/messenger_app`)],
    }),
  );
  taskDefinition.addToTaskRolePolicy(
    new PolicyStatement({
      actions: ["elasticache:Connect"],
      resources: [
        arn("elasticache", `replicationgroup:${cache.replicationGroup.ref}`),
        arn("elasticache", `user:${stack.stackName}-app`),
      ],
    }),
  );
}
