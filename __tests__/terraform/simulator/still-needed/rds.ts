import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBParameterGroupCommand,
  CreateDBProxyCommand,
  CreateDBProxyEndpointCommand,
  DeleteDBInstanceCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  DescribeDBProxyEndpointsCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBClusterCommand,
  ModifyDBClusterParameterGroupCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ResetDBClusterParameterGroupCommand,
  ResetDBParameterGroupCommand,
  RestoreDBClusterToPointInTimeCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from "@aws-sdk/client-rds";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { type Gap } from "./gap";

const database = (id: string) =>
  new CreateDBInstanceCommand({
    DBInstanceIdentifier: id,
    Engine: "postgres",
    DBInstanceClass: "db.t4g.micro",
    AllocatedStorage: 20,
    MasterUsername: "owner",
    ManageMasterUserPassword: true,
    EnablePerformanceInsights: true,
    MonitoringInterval: 60,
  });

export const RDS_GAPS: readonly Gap[] = [
  [
    "rds: instances that can be told apart, with insights, monitoring and a real master secret",
    async ({ rds, secrets }) => {
      const one = (await rds.send(database("one"))).DBInstance;
      const two = (await rds.send(database("two"))).DBInstance;
      const SecretId = one?.MasterUserSecret?.SecretArn;
      const { SecretString = "{}" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      const { username } = JSON.parse(SecretString) as { username?: string };
      const monitored = one?.PerformanceInsightsEnabled === true && one.MonitoringInterval === 60;
      return one?.DbiResourceId !== two?.DbiResourceId && monitored && username === "owner";
    },
  ],
  [
    "rds: a read replica with an id of its own",
    async ({ rds }) => {
      const source = (await rds.send(database("source"))).DBInstance;
      const replica = { DBInstanceIdentifier: "replica", SourceDBInstanceIdentifier: "source", MonitoringInterval: 60 };
      const { DBInstance } = await rds.send(new CreateDBInstanceReadReplicaCommand(replica));
      return DBInstance?.DbiResourceId !== source?.DbiResourceId && DBInstance?.MonitoringInterval === 60;
    },
  ],
  [
    "rds: endpoints of a proxy beside its own",
    async ({ rds, ec2 }) => {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
      const VpcSubnetIds = [Subnets[0]?.SubnetId ?? ""];
      const DBProxyName = "p";
      const proxy = { DBProxyName, EngineFamily: "POSTGRESQL" as const, Auth: [], VpcSubnetIds };
      const RoleArn = "arn:aws:iam::123456789012:role/p";
      await rds.send(new CreateDBProxyCommand({ ...proxy, RoleArn }));
      const endpoint = { DBProxyName, DBProxyEndpointName: "r", VpcSubnetIds, TargetRole: "READ_ONLY" as const };
      await rds.send(new CreateDBProxyEndpointCommand(endpoint));
      const { DBProxyEndpoints } = await rds.send(new DescribeDBProxyEndpointsCommand({ DBProxyEndpointName: "r" }));
      return DBProxyEndpoints?.[0]?.TargetRole === "READ_ONLY";
    },
  ],
  [
    "rds: the source of a parameter",
    async ({ rds }) => {
      const DBParameterGroupName = "p";
      const group = { DBParameterGroupName, DBParameterGroupFamily: "postgres16", Description: "p" };
      await rds.send(new CreateDBParameterGroupCommand(group));
      const Parameters = [{ ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate" as const }];
      await rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
      const found = await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName }));
      return found.Parameters?.[0]?.Source === "user";
    },
  ],
  [
    "rds: an Aurora cluster without phantom scaling, with HTTP endpoint",
    async ({ rds }) => {
      const { DBCluster } = await rds.send(
        new CreateDBClusterCommand({
          DBClusterIdentifier: "a",
          Engine: "aurora-postgresql",
          EngineVersion: "16.6",
          MasterUsername: "owner",
          ManageMasterUserPassword: true,
          EnableHttpEndpoint: true,
        }),
      );
      return DBCluster?.ScalingConfigurationInfo === undefined && DBCluster?.HttpEndpointEnabled === true;
    },
  ],
  [
    "rds: the port of an instance that changes",
    async ({ rds }) => {
      await rds.send(database("port"));
      const change = { DBInstanceIdentifier: "port", DBPortNumber: 6432, ApplyImmediately: true };
      await rds.send(new ModifyDBInstanceCommand(change));
      const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: "port" }));
      return DBInstances?.[0]?.Endpoint?.Port === 6432;
    },
  ],
  [
    "rds: exported logs of a cluster that change",
    async ({ rds }) => {
      const DBClusterIdentifier = "logs";
      await rds.send(
        new CreateDBClusterCommand({
          DBClusterIdentifier,
          Engine: "aurora-postgresql",
          MasterUsername: "owner",
          ManageMasterUserPassword: true,
          EnableCloudwatchLogsExports: ["postgresql"],
        }),
      );
      const change = { DisableLogTypes: ["postgresql"], EnableLogTypes: ["iam-db-auth-error"] };
      await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, CloudwatchLogsExportConfiguration: change }));
      const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
      return String(DBClusters?.[0]?.EnabledCloudwatchLogsExports) === "iam-db-auth-error";
    },
  ],
  [
    "rds: parameters that are reset",
    async ({ rds }) => {
      const DBParameterGroupName = "reset";
      const family = { DBParameterGroupFamily: "postgres17", Description: "r" };
      await rds.send(new CreateDBParameterGroupCommand({ DBParameterGroupName, ...family }));
      const Parameters = ["rds.force_ssl", "log_connections"].map((ParameterName) => ({
        ParameterName,
        ParameterValue: "1",
        ApplyMethod: "immediate" as const,
      }));
      await rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
      await rds.send(new ResetDBParameterGroupCommand({ DBParameterGroupName, Parameters: Parameters.slice(1) }));
      const found = await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName }));
      return found.Parameters?.map(({ ParameterName }) => ParameterName).join() === "rds.force_ssl";
    },
  ],
  [
    "rds: cluster parameters that are reset, with their source",
    async ({ rds }) => {
      const DBClusterParameterGroupName = "reset-cluster";
      const family = { DBParameterGroupFamily: "aurora-postgresql17", Description: "r" };
      await rds.send(new CreateDBClusterParameterGroupCommand({ DBClusterParameterGroupName, ...family }));
      const Parameters = [{ ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate" as const }];
      const parameters = async () =>
        (await rds.send(new DescribeDBClusterParametersCommand({ DBClusterParameterGroupName }))).Parameters ?? [];
      await rds.send(new ModifyDBClusterParameterGroupCommand({ DBClusterParameterGroupName, Parameters }));
      const [set] = await parameters();
      await rds.send(
        new ResetDBClusterParameterGroupCommand({ DBClusterParameterGroupName, ResetAllParameters: true }),
      );
      return set?.Source === "user" && (await parameters()).length === 0;
    },
  ],
  [
    "rds: a restored instance without its source's deletion protection",
    async ({ rds }) => {
      const source = { DBInstanceIdentifier: "protected", DBInstanceClass: "db.t4g.small", Engine: "postgres" };
      const settings = { AllocatedStorage: 20, MasterUsername: "crm", DeletionProtection: true };
      await rds.send(new CreateDBInstanceCommand({ ...source, ...settings, ManageMasterUserPassword: true }));
      const restored = await rds.send(
        new RestoreDBInstanceToPointInTimeCommand({
          SourceDBInstanceIdentifier: "protected",
          TargetDBInstanceIdentifier: "restored",
          UseLatestRestorableTime: true,
        }),
      );
      return restored.DBInstance?.DeletionProtection === false;
    },
  ],
  [
    "rds: automated snapshots that a renamed instance takes with it, to its end",
    async ({ rds }) => {
      await rds.send(database("named"));
      const change = { DBInstanceIdentifier: "named", NewDBInstanceIdentifier: "renamed", ApplyImmediately: true };
      await rds.send(new ModifyDBInstanceCommand(change));
      const snapshotsOf = async (DBInstanceIdentifier: string) =>
        (await rds.send(new DescribeDBSnapshotsCommand({ DBInstanceIdentifier }))).DBSnapshots ?? [];
      const [before, after] = [await snapshotsOf("named"), await snapshotsOf("renamed")];
      await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "renamed", SkipFinalSnapshot: true }));
      const { DBSnapshots = [] } = await rds.send(new DescribeDBSnapshotsCommand({}));
      const left = DBSnapshots.filter(({ DBSnapshotIdentifier: id }) => id?.startsWith("rds:named-"));
      return before.length === 0 && after.length === 1 && left.length === 0;
    },
  ],
  [
    "rds: a restored cluster without its source's protection and secret, and a renamed one with its instances",
    async ({ rds }) => {
      const source = { DBClusterIdentifier: "aurora", Engine: "aurora-postgresql", MasterUsername: "crm" };
      const settings = { DeletionProtection: true, ManageMasterUserPassword: true };
      await rds.send(new CreateDBClusterCommand({ ...source, ...settings }));
      const target = { SourceDBClusterIdentifier: "aurora", DBClusterIdentifier: "aurora-restored" };
      const restored = await rds.send(
        new RestoreDBClusterToPointInTimeCommand({ ...target, UseLatestRestorableTime: true }),
      );
      const { DeletionProtection, MasterUserSecret } = restored.DBCluster ?? {};
      await rds.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier: "aurora-restored-1",
          DBClusterIdentifier: "aurora-restored",
          DBInstanceClass: "db.serverless",
          Engine: "aurora-postgresql",
        }),
      );
      const change = { DBClusterIdentifier: "aurora-restored", NewDBClusterIdentifier: "aurora-renamed" };
      await rds.send(new ModifyDBClusterCommand({ ...change, ApplyImmediately: true }));
      const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: "aurora-renamed" }));
      const members = DBClusters?.[0]?.DBClusterMembers?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);
      return DeletionProtection === false && !MasterUserSecret && members?.join() === "aurora-restored-1";
    },
  ],
];
