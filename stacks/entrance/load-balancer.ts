import { AlbWebsocket, type AlbWebsocketProps } from "../../modules/alb-websocket/index";
import { LogBucket, type Writer } from "../../modules/log-bucket/index";
import { type EntranceProps } from "./entrance";

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

/** @param way how clients reach it, in which one kind of entrance differs from another */
export function createLoadBalancer(
  { stack, name, contract, environment, network }: EntranceProps,
  { bucketName }: LogBucket,
  way: Partial<AlbWebsocketProps>,
): AlbWebsocket {
  return new AlbWebsocket(stack, "alb", {
    name,
    network,
    heartbeat: contract.container.socket.heartbeat,
    // What clients do not reach needs no IPv6: CloudFront has its own, and goes on by IPv4.
    ipAddressType: environment.ipv6 && !way.internal ? "dualstack" : "ipv4",
    accessLogs: { bucketName },
    deletionProtection: !environment.disposable,
    ...way,
  });
}
