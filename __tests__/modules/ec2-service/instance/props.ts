import { type InstanceProps } from "../../../../modules/ec2-service/instance";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/session-AbCdEf";

/** Props of an instance with a migration. */
export function instanceProps(over: Partial<InstanceProps> = {}): InstanceProps {
  return {
    name: "crm-prod",
    region: "ap-northeast-1",
    image: `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm@sha256:${"a".repeat(64)}`,
    migration: { command: ["node", "migrate.js"], secrets: { MASTER: SECRET }, timeoutSec: 120 },
    entrancePort: 8080,
    processes: 2,
    firstProcessPort: 3001,
    environment: { NODE_ENV: "production" },
    secrets: { SESSION_SECRET: SECRET },
    healthPath: "/api/health",
    socketPath: "/socket.io/",
    heartbeatSec: { pingInterval: 25, pingTimeout: 20 },
    maxMessageBytes: 65_536,
    keepAliveTimeoutSec: 75,
    bootSec: 60,
    drainSec: 60,
    autoScalingGroupName: "crm-prod",
    lifecycleHooks: { launching: "crm-prod-launching", terminating: "crm-prod-terminating" },
    logGroupName: "/crm-prod/app",
    metricsNamespace: "crm-prod/instances",
    ...over,
  };
}
