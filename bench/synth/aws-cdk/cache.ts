import { SecurityGroup, type Vpc } from "aws-cdk-lib/aws-ec2";
import {
  CfnParameterGroup,
  CfnReplicationGroup,
  CfnSubnetGroup,
  CfnUser,
  CfnUserGroup,
} from "aws-cdk-lib/aws-elasticache";
import { createLogGroup, type StackContext } from "./stack-context";

export interface Cache {
  readonly replicationGroup: CfnReplicationGroup;
  readonly securityGroup: SecurityGroup;
}

export function createCache(context: StackContext, vpc: Vpc): Cache {
  const { stack, settings, key } = context;
  const { cacheNodeType, cacheReplicas } = settings;
  const securityGroup = new SecurityGroup(stack, "CacheSecurityGroup", { vpc, allowAllOutbound: false });
  const subnets = new CfnSubnetGroup(stack, "CacheSubnets", {
    description: "Isolated subnets",
    subnetIds: vpc.selectSubnets({ subnetGroupName: "Isolated" }).subnetIds,
  });
  const users = createUsers(context);
  const replicationGroup = new CfnReplicationGroup(stack, "Cache", {
    replicationGroupId: `${stack.stackName}-cache`,
    logDeliveryConfigurations: createLogDeliveries(context),
    cacheParameterGroupName: new CfnParameterGroup(stack, "CacheParameters", {
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
    kmsKeyId: key?.keyArn,
    transitEncryptionEnabled: true,
    userGroupIds: [users.ref],
    cacheSubnetGroupName: subnets.ref,
    securityGroupIds: [securityGroup.securityGroupId],
  });
  return { replicationGroup, securityGroup };
}

function createUsers({ stack }: StackContext): CfnUserGroup {
  const defaultUser = new CfnUser(stack, "CacheDefaultUser", {
    engine: "valkey",
    userId: `${stack.stackName}-default`,
    userName: "default",
    accessString: "off -@all",
    authenticationMode: { Type: "no-password-required" },
  });
  const appUser = new CfnUser(stack, "CacheAppUser", {
    engine: "valkey",
    userId: `${stack.stackName}-app`,
    userName: `${stack.stackName}-app`,
    accessString: "on ~messenger-crm:* &socket.io* +@all -@dangerous",
    authenticationMode: { Type: "iam" },
  });
  return new CfnUserGroup(stack, "CacheUsers", {
    engine: "valkey",
    userGroupId: stack.stackName,
    userIds: [defaultUser.ref, appUser.ref],
  });
}

function createLogDeliveries(context: StackContext): CfnReplicationGroup.LogDeliveryConfigurationRequestProperty[] {
  const prefix = `/aws/vendedlogs/elasticache/${context.stack.stackName}`;
  return ["engine-log", "slow-log"].map((logType) => ({
    logType,
    logFormat: "json",
    destinationType: "cloudwatch-logs",
    destinationDetails: {
      cloudWatchLogsDetails: {
        logGroup: createLogGroup(context, `CacheLogs-${logType}`, `${prefix}/${logType}`).logGroupName,
      },
    },
  }));
}
