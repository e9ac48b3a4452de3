import { type AlbWebsocket } from "../../modules/alb-websocket/index";
import { Waf } from "../../modules/waf/index";
import { cloudfrontEntrance } from "./cloudfront";
import { createDns, nameServers } from "./dns";
import { type EntranceProps, type Entrance } from "./entrance";
import { createLoadBalancer, createLogBucket } from "./load-balancer";

/** @throws ConfigurationError from the first construct that refuses its props */
export function createEntrance(props: EntranceProps): Entrance {
  const { entrance } = props.environment;
  switch (entrance.kind) {
    case "insecure-http": {
      const alb = createLoadBalancer(props, createLogBucket(props), { allowInsecureHttp: true });
      return { alb, waf: createWaf(props, alb), origin: `http://${alb.dnsName}`, outputs: {} };
    }
    case "https": {
      const { domainName, certificateArn } = entrance;
      const alb = createLoadBalancer(props, createLogBucket(props), { certificateArn });
      return { alb, waf: createWaf(props, alb), origin: `https://${domainName}`, outputs: {} };
    }
    case "route53": {
      const dns = createDns(props, entrance);
      const alb = createLoadBalancer(props, createLogBucket(props), { certificateArn: dns.certificateArn });
      dns.addAlias("site", { target: alb });
      return { alb, waf: createWaf(props, alb), origin: `https://${dns.domainName}`, outputs: nameServers(dns) };
    }
    case "cloudfront":
      return cloudfrontEntrance(props, entrance);
  }
}

function createWaf({ stack, name, contract, environment, kmsKeyArn }: EntranceProps, alb: AlbWebsocket): Waf {
  return new Waf(stack, "waf", {
    name,
    socketPath: contract.container.socket.path,
    associateWith: { alb: alb.loadBalancerArn },
    logRetentionDays: environment.logRetentionDays,
    kmsKeyArn,
  });
}
