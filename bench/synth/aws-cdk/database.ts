import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { InstanceType, type Vpc } from "aws-cdk-lib/aws-ec2";
import {
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PostgresEngineVersion,
  SubnetGroup,
} from "aws-cdk-lib/aws-rds";
import { createLogGroup, type StackContext } from "./stack-context";

export function createDatabase(context: StackContext, vpc: Vpc): DatabaseInstance {
  const { stack, settings, key } = context;
  for (const kind of ["postgresql", "upgrade"]) {
    createLogGroup(context, `DatabaseLogs-${kind}`, `/aws/rds/instance/${stack.stackName}-db/${kind}`);
  }
  const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_17 });
  return new DatabaseInstance(stack, "Database", {
    vpc,
    vpcSubnets: { subnetGroupName: "Isolated" },
    subnetGroup: new SubnetGroup(stack, "DatabaseSubnets", {
      description: "Isolated subnets",
      vpc,
      vpcSubnets: { subnetGroupName: "Isolated" },
    }),
    engine,
    parameterGroup: new ParameterGroup(stack, "DatabaseParameters", {
      engine,
      parameters: { "rds.force_ssl": "1", log_min_duration_statement: "1000" },
    }),
    instanceType: new InstanceType(settings.instanceClass),
    databaseName: "messenger_crm",
    credentials: Credentials.fromGeneratedSecret("messenger_admin"),
    allocatedStorage: settings.allocatedStorageGiB,
    maxAllocatedStorage: settings.maxAllocatedStorageGiB,
    multiAz: settings.production,
    storageEncrypted: true,
    storageEncryptionKey: key,
    iamAuthentication: true,
    enablePerformanceInsights: true,
    monitoringInterval: Duration.seconds(60),
    cloudwatchLogsExports: ["postgresql", "upgrade"],
    instanceIdentifier: `${stack.stackName}-db`,
    backupRetention: Duration.days(settings.backupRetentionDays),
    deletionProtection: settings.production,
    removalPolicy: settings.production ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY,
  });
}
