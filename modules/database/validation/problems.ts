import { type ProblemCatalogue } from "../../core/problem";

export const databaseProblems = {
  "database/identifier": {
    summary: "The identifier of a database is malformed, too long or not a literal.",
    why: "RDS refuses it at apply, and the names of log groups and of the final snapshot are made from it at synth (RDS API reference, CreateDBInstance.DBInstanceIdentifier).",
  },
  "database/engine-version": {
    summary: "An engine version is unknown, out of standard support or not a literal.",
    why: "RDS bills Extended Support for older major versions, and the family of the parameter group is chosen by the major version at synth (RDS user guide, Amazon RDS Extended Support).",
  },
  "database/database-name": {
    summary: "The name of the first database is malformed or too long.",
    why: "The engine refuses some names at apply; others would have to be quoted in every SQL statement.",
  },
  "database/user-name": {
    summary: "The name of a database user is malformed or too long.",
    why: "The engine refuses some names at apply (RDS API reference, CreateDBInstance.MasterUsername); others would have to be quoted in every SQL statement.",
  },
  "database/reserved-name": {
    summary: "A database or user has a name that the engine reserves, or a user has one that attackers try first.",
    why: "RDS refuses most reserved names only at apply; admin, postgres and root are the first names in any password attack.",
  },
  "database/log-export": {
    summary: "A log to export is unknown to the engine, is listed twice, or the list is not a literal.",
    why: "RDS refuses other logs (RDS API reference, CreateDBInstance.EnableCloudwatchLogsExports), and each log gets its own log group at synth.",
  },
  "database/tls-parameter": {
    summary: "The parameter that forces TLS was set.",
    why: "The construct always forces TLS; without it, passwords and messages could cross the network in plain text.",
  },
  "database/parameter": {
    summary: "The name or the value of an engine parameter is malformed.",
    why: "RDS accepts lower-case names and text values only, and refuses others at apply.",
  },
  "database/unknown-parameter": {
    summary: "An engine parameter does not exist in this major version, or is misspelt.",
    why: "RDS refuses it at apply, when the rest of the stack has been created (RDS API reference, ModifyDBParameterGroup).",
  },
  "database/windows-overlap": {
    summary: "The maintenance window overlaps the backup window.",
    why: "RDS refuses windows that overlap (RDS API reference, CreateDBInstance.PreferredMaintenanceWindow).",
  },
  "database/insights-mode": {
    summary: "Database Insights is advanced while Performance Insights is off.",
    why: "The advanced mode requires Performance Insights (RDS user guide, CloudWatch Database Insights).",
  },
  "database/performance-insights-unsupported": {
    summary: "Performance Insights is on for an instance class that does not support it.",
    why: "RDS refuses it for MySQL on db.t classes below medium (RDS user guide, Performance Insights, supported instance classes).",
  },
  "database/prop-of-other-engine": {
    summary: "A prop of RDS instances was set for Aurora, or the other way round.",
    why: "It would have no effect: an RDS instance has a class and allocated storage, Aurora Serverless v2 has capacity limits and instances.",
  },
  "database/instance-class": {
    summary: "A value is not the name of an RDS instance class.",
    why: "An EC2 instance type, or a size that the family does not have, fails only at apply.",
  },
  "database/retired-instance-class": {
    summary: "An instance class belongs to a family that AWS has retired or is retiring.",
    why: "AWS stops offering such families, so a new instance of one may not start (RDS user guide, DB instance class types).",
  },
  "database/storage-limit": {
    summary: "The limit of storage autoscaling is too close to the allocated storage.",
    why: "RDS requires the limit to be at least 10 % above the allocated storage (RDS user guide, storage autoscaling).",
  },
  "database/iops-missing": {
    summary: "Storage io2 was chosen without iops.",
    why: "RDS has no default for the IOPS of io2.",
  },
  "database/fixed-performance": {
    summary: "IOPS or throughput was set for storage on which it is fixed.",
    why: "A gp3 volume below 400 GiB has a fixed baseline, and the throughput of io2 follows from its IOPS (RDS user guide, Amazon RDS DB instance storage).",
  },
  "database/performance-ratio": {
    summary: "IOPS are too high for the storage, or throughput is too high for the IOPS.",
    why: "RDS limits the IOPS per GiB and the throughput per IOPS (RDS user guide, Amazon RDS DB instance storage).",
  },
  "database/replica-setting-without-replicas": {
    summary: "A setting of read replicas was given without any read replica.",
    why: "It would have no effect; usually readReplicaCount was forgotten.",
  },
  "database/replica-zones": {
    summary: "The zones of the read replicas are empty or malformed.",
    why: "A region, a zone id or an empty list in place of zone names fails only at apply.",
  },
  "database/capacity": {
    summary: "A capacity of Aurora Serverless v2 is out of range or not a multiple of 0.5 ACU.",
    why: "RDS accepts 0 to 256 ACU in steps of 0.5 (Aurora user guide, Aurora Serverless v2 capacity).",
  },
  "database/capacity-order": {
    summary: "The maximum capacity of Aurora Serverless v2 is below the minimum.",
    why: "Each instance scales between the two, so RDS refuses such a range.",
  },
  "database/app-user-is-administrator": {
    summary: "The app's database user is the administrator.",
    why: "RDS rotates the administrator's password every seven days, and an app should have only the privileges that it needs.",
  },
  "database/proxy-prevents-pause": {
    summary: "A proxy is configured for an Aurora cluster that may pause when idle.",
    why: "The proxy keeps connections open, so no instance would ever pause (Aurora user guide, scaling to zero ACUs).",
  },
  "database/proxy-idle-connections": {
    summary: "The proxy's maxIdleConnectionsPercent is above its maxConnectionsPercent.",
    why: "RDS requires MaxIdleConnectionsPercent to be at most MaxConnectionsPercent (RDS API reference, ConnectionPoolConfiguration).",
  },
  "database/no-reader": {
    summary: "connectionUrl() was called for a reader that does not exist.",
    why: "The standby of an RDS instance accepts no connections, and a proxy has an endpoint for reads only with a second Aurora instance.",
  },
  "database/proxy-user-on-replica": {
    summary: "readerConnectionUrls() was called for the proxy's user on RDS.",
    why: "Read replicas are not behind the proxy, and its user signs in to the database with a password that only the proxy reads.",
  },
} as const satisfies ProblemCatalogue;
