import { type AlbWebsocket } from "../../modules/alb-websocket";
import { Waf } from "../../modules/waf";
import { type EntranceProps } from "./entrance";

/** Creates the web ACL of the stack's region, associated with the load balancer. */
export function createRegionalWaf({ stack, name, contract, environment, kmsKeyArn }: EntranceProps, alb: AlbWebsocket) {
  return new Waf(stack, "waf", {
    name,
    socketPath: contract.container.socket.path,
    associateWith: { alb: alb.loadBalancerArn },
    logRetentionDays: environment.logRetentionDays,
    kmsKeyArn,
  });
}
