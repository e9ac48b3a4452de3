import { contract } from "../../../app/contract";
import { type LiveBalancer } from "../account/load-balancer";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

const { heartbeat } = contract.container.socket;
const HEARTBEAT_SEC = heartbeat.pingIntervalSec + heartbeat.pingTimeoutSec;
const KEEP_ALIVE_SEC = contract.container.http.keepAliveTimeoutSec;

/** The load balancer closes a connection without traffic; heartbeats are the traffic of an idle socket. */
export const idleTimeout = defineCheck({
  name: "idle-timeout",
  expects: `the load balancer's idle timeout is above ${HEARTBEAT_SEC} s (heartbeat) and below ${KEEP_ALIVE_SEC} s (the application's keep-alive)`,
  read: (account) => account.balancers(),
  judge: (balancers) => balancers.flatMap(problems),
});

function problems({ name, attributes }: LiveBalancer): Problem[] {
  const idleSec = Number(attributes["idle_timeout.timeout_seconds"]);
  const evidence = `idle_timeout.timeout_seconds of ${name} is ${idleSec}`;
  const remedy = "Run `make deploy`, which sets the timeout that the stack derives from the contract.";
  if (idleSec <= HEARTBEAT_SEC) {
    return [
      {
        severity: "error",
        what: `The load balancer may close an idle socket before its heartbeat: after ${idleSec} s, with heartbeats that may take ${HEARTBEAT_SEC} s.`,
        evidence,
        impact: "Quiet clients lose their connection and reconnect, again and again.",
        remedy,
      },
    ];
  }
  if (idleSec >= KEEP_ALIVE_SEC) {
    return [
      {
        severity: "warning",
        what: `The application closes idle connections (${KEEP_ALIVE_SEC} s) before the load balancer does (${idleSec} s).`,
        evidence,
        impact: "The load balancer sends requests on connections that have just closed: a 502 now and then.",
        remedy,
      },
    ];
  }
  return [];
}
