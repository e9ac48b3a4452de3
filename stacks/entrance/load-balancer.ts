import { AlbWebsocket, type AlbWebsocketProps } from "../../modules/alb-websocket";
import { LogBucket, type Writer } from "../../modules/log-bucket";
import { type StackOutputs } from "../outputs";
import { type EntranceProps } from "./entrance";

/** Creates the bucket for access logs. */
export function createLogBucket({ stack, name, environment }: EntranceProps, writers?: readonly Writer[]): LogBucket {
  const { accountId, disposable, logRetentionDays } = environment;
  return new LogBucket(stack, "log-bucket", {
    name,
    accountId,
    retentionDays: logRetentionDays,
    forceDestroy: disposable,
    writers,
  });
}

/** Creates the load balancer. @param access the props that depend on the kind of entrance: certificate, clients, scheme */
export function createLoadBalancer(
  { stack, name, contract, environment, network }: EntranceProps,
  { bucketName }: LogBucket,
  access: Partial<AlbWebsocketProps>,
): AlbWebsocket {
  return new AlbWebsocket(stack, "alb", {
    name,
    network,
    heartbeat: contract.container.socket.heartbeat,
    // Clients reach CloudFront over IPv6, and CloudFront reaches an internal load balancer over IPv4.
    ipAddressType: environment.ipv6 && !access.internal ? "dualstack" : "ipv4",
    accessLogs: { bucketName },
    deletionProtection: !environment.disposable,
    ...access,
  });
}

export function loadBalancerOutputs({ dnsName, hostedZoneId }: AlbWebsocket): StackOutputs {
  return {
    load_balancer_dns_name: [dnsName, "Target of the domain's alias record"],
    load_balancer_zone_id: [hostedZoneId, "Hosted zone of the load balancer, for the alias record"],
  };
}
