import { AlbWebsocket, type AlbServiceProps, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import { type Examples } from "./example";

const valid: AlbWebsocketProps = {
  name: "crm-prod",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
  certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
};
const validService: AlbServiceProps = { containerPort: 3000, keepAliveTimeoutSec: 75 };

export const albWebsocketExamples: Examples = {
  "alb-websocket/reserved-name": (stack) => new AlbWebsocket(stack, "alb", { ...valid, name: "internal-crm" }),
  "alb-websocket/certificate-or-http": (stack) =>
    new AlbWebsocket(stack, "alb", { ...valid, certificateArn: undefined }),
  "alb-websocket/no-default-certificate": (stack) =>
    new AlbWebsocket(stack, "alb", {
      ...valid,
      certificateArn: undefined,
      allowInsecureHttp: true,
      additionalCertificateArns: {
        support: "arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789",
      },
    }),
  "alb-websocket/resource-key": (stack) =>
    new AlbWebsocket(stack, "alb", { ...valid, allowedPrefixListIds: { "Tokyo office": "pl-0123456789abcdef0" } }),
  "alb-websocket/heartbeat-too-slow": (stack) =>
    new AlbWebsocket(stack, "alb", { ...valid, heartbeat: { pingIntervalSec: 25_000, pingTimeoutSec: 20_000 } }),
  "alb-websocket/idle-timeout-too-short": (stack) => new AlbWebsocket(stack, "alb", { ...valid, idleTimeoutSec: 30 }),
  "alb-websocket/ipv6-source": (stack) =>
    new AlbWebsocket(stack, "alb", { ...valid, allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"] }),
  "alb-websocket/no-client-allowed": (stack) => new AlbWebsocket(stack, "alb", { ...valid, allowedCidrs: [] }),
  "alb-websocket/service-id": (stack) => new AlbWebsocket(stack, "alb", valid).addService("Web App", validService),
  "alb-websocket/service-id-taken": (stack) => {
    const alb = new AlbWebsocket(stack, "alb", valid);
    alb.addService("web", validService);
    alb.addService("web", { ...validService, paths: ["/api/*"] });
  },
  "alb-websocket/keep-alive-too-short": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", { ...validService, keepAliveTimeoutSec: 5 }),
  "alb-websocket/health-check-overlap": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", {
      ...validService,
      healthCheck: { timeoutSec: 10, intervalSec: 10 },
    }),
  "alb-websocket/transports": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", { ...validService, transports: [] }),
  "alb-websocket/stickiness-with-polling": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", { ...validService, stickiness: false }),
  "alb-websocket/deregistration-delay-too-short": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", { ...validService, deregistrationDelaySec: 5 }),
  "alb-websocket/slow-start-algorithm": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", {
      ...validService,
      loadBalancingAlgorithm: "least_outstanding_requests",
      slowStartSec: 60,
    }),
  "alb-websocket/too-many-wildcards": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", { ...validService, paths: ["/*/*/*/*/*/*/*"] }),
  "alb-websocket/too-many-conditions": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("api", {
      ...validService,
      paths: ["/a/*", "/b/*", "/c/*", "/d/*", "/e/*", "/f/*"],
    }),
  "alb-websocket/two-default-services": (stack) => {
    const alb = new AlbWebsocket(stack, "alb", valid);
    alb.addService("web", validService);
    alb.addService("api", validService);
  },
  "alb-websocket/default-service-priority": (stack) =>
    new AlbWebsocket(stack, "alb", valid).addService("web", { ...validService, priority: 10 }),
  "alb-websocket/priority-taken": (stack) => {
    const alb = new AlbWebsocket(stack, "alb", valid);
    alb.addService("api", { ...validService, paths: ["/api/*"], priority: 10 });
    alb.addService("admin", { ...validService, paths: ["/admin/*"], priority: 10 });
  },
  "alb-websocket/overlapping-routes": (stack) => {
    const alb = new AlbWebsocket(stack, "alb", valid);
    alb.addService("api", { ...validService, paths: ["/api/*"] });
    alb.addService("admin", { ...validService, paths: ["/api/admin/*"] });
  },
};
