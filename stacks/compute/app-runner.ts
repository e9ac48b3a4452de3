import { type EnvironmentOf } from "../../environments";
import { type MonitoredApp } from "../../modules/monitoring";
import { AppRunnerService } from "../../modules/app-runner-service";
import { type Entrance } from "../entrance";
import { repositoryArn } from "../registry-stack";
import { createAppSecrets } from "./app-secrets";
import { type Compute, type ComputeProps } from "./compute";
import { type MigrationSecrets, singleInstanceVariables } from "./environment-variables";
import { imageToRun } from "./image";
import { monitoredApp } from "./metrics";

type AppRunnerProps = ComputeProps<EnvironmentOf<"app-runner">>;

/**
 * Creates pattern C: one instance on App Runner, by long-polling. It needs no cache, since there is no other instance, and no load balancer.
 * The instance migrates the database when it starts: App Runner runs nothing before a service.
 */
export function createAppRunner(props: AppRunnerProps): Compute {
  const origin = `https://${props.environment.entrance.domainName}`;
  const image = imageToRun(props);
  const service = createService(props, { origin, image: image.reference });
  image.rememberAfter(service.service);
  return {
    entrance: entranceOf(service, origin),
    monitored: { app: monitoredInstance(props) },
    thresholds: { openConnectionsPerTask: Math.floor(service.maxConcurrency * FULL) },
    outputs: {
      service_name: [service.serviceName, "App Runner service"],
      service_arn: [service.serviceArn, "ARN of the App Runner service"],
      log_group_name: [service.logGroupName, "Where the instance logs"],
    },
  };
}

/** Share of the most clients from which the alarm on open connections goes off. */
const FULL = 0.8;

function createService(
  props: AppRunnerProps,
  { origin, image }: { readonly origin: string; readonly image: string },
): AppRunnerService {
  const { stack, name, contract, environment, network, database, registry, kmsKeyArn } = props;
  const { port, health, socket } = contract.container;
  const migrationSecrets: MigrationSecrets = { DATABASE_MASTER_CREDENTIALS: database.masterUserSecretArn };
  const service = new AppRunnerService(stack, "service", {
    name,
    image,
    repositoryArn: repositoryArn(registry, contract),
    containerPort: port,
    ...environment.service,
    healthCheck: { path: health.path },
    heartbeat: socket.heartbeat,
    network,
    connections: { database },
    environment: singleInstanceVariables(props, origin),
    secrets: { ...createAppSecrets(props), ...migrationSecrets },
    secretKmsKeyArns: kmsKeyArn ? [kmsKeyArn] : [],
    customDomain: { domainName: environment.entrance.domainName },
    kmsKeyArn,
  });
  service.addInstancePolicy("database", [database.iamConnectStatement(contract.database.appUser)]);
  return service;
}

function entranceOf(service: AppRunnerService, origin: string): Entrance {
  return {
    origin,
    waf: undefined,
    // App Runner renews the certificate itself; its ARN is not known.
    certificates: {},
    outputs: {
      dns_target: [service.dnsTarget!, "Target of the domain's CNAME or alias record"],
      certificate_validation_records: [
        service.validationRecords!,
        "DNS records that validate the certificate, as JSON",
      ],
    },
  };
}

/** Returns the metrics of the instance without those of Redis, which it does not use. */
function monitoredInstance(props: AppRunnerProps): MonitoredApp {
  const { namespace, dimensions, metrics, intervalSec } = monitoredApp(props);
  const used = Object.entries(metrics).filter(([kind]) => kind !== "adapterConnected");
  return { namespace, dimensions, intervalSec, metrics: Object.fromEntries(used) };
}
