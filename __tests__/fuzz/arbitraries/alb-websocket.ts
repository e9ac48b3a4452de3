import * as fc from "fast-check";
import { AlbWebsocket, type AlbServiceProps, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import {
  DESYNC_MITIGATION_MODES,
  IP_ADDRESS_TYPES,
  SSL_POLICIES,
  XFF_HEADER_PROCESSING_MODES,
} from "../../../modules/alb-websocket/load-balancer-options";
import { type Target } from "../target";
import { hostileKey } from "./hostile";
import { spoiled } from "./spoil";
import {
  baseName,
  certificateArn,
  ipBlock,
  key,
  keyed,
  number,
  prefixListId,
  securityGroupId,
  some,
  subnetIds,
  text,
  textAtApply,
  vpcId,
  within,
} from "./values";

const network = fc.record({ vpcId, publicSubnetIds: subnetIds(2, 4), privateSubnetIds: subnetIds(2, 4) });

const https = fc.record(
  {
    certificateArn,
    additionalCertificateArns: keyed(key, certificateArn, 2),
    redirectHttp: fc.boolean(),
    sslPolicy: fc.constantFrom(...SSL_POLICIES),
  },
  { requiredKeys: ["certificateArn"] },
);

const header = fc.record({
  name: text(fc.constantFrom("x-origin-verify", "x-a")),
  values: fc.array(textAtApply(fc.stringMatching(/^[a-z0-9]{32}$/)), { minLength: 1, maxLength: 3 }),
});

const settings = fc.record(
  {
    name: baseName,
    network,
    internal: fc.boolean(),
    ipAddressType: fc.constantFrom(...IP_ADDRESS_TYPES),
    heartbeat: fc.record({ pingIntervalSec: within(1, 60), pingTimeoutSec: within(1, 60) }),
    idleTimeoutSec: number(within(130, 4000)),
    clientKeepAliveSec: number(within(60, 604_800)),
    accessLogs: fc.record(
      { bucketName: text(fc.constant("logs-123456789012")), prefix: fc.constantFrom("alb", "alb/crm") },
      { requiredKeys: ["bucketName"] },
    ),
    deletionProtection: fc.boolean(),
    allowedCidrs: some(ipBlock, 1, 3),
    allowedPrefixListIds: keyed(key, prefixListId, 2),
    allowedSecurityGroupIds: keyed(key, securityGroupId, 2),
    requiredHeader: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: header }),
    http2: fc.boolean(),
    preserveHostHeader: fc.boolean(),
    xffHeaderProcessingMode: fc.constantFrom(...XFF_HEADER_PROCESSING_MODES),
    desyncMitigationMode: fc.constantFrom(...DESYNC_MITIGATION_MODES),
  },
  { requiredKeys: ["name", "network"] },
);

const props = fc
  .tuple(settings, fc.oneof(https, fc.constant({ allowInsecureHttp: true })))
  .map(([first, second]) => withAddressType({ ...first, ...second }));

/** IPv6 blocks need a load balancer with IPv6 addresses. */
function withAddressType<P extends { readonly allowedCidrs?: string[] }>(given: P): P {
  const ipv6 = given.allowedCidrs?.some((block) => block.includes(":")) ?? false;
  return ipv6 ? { ...given, ipAddressType: "dualstack" } : given;
}

const service = fc.record(
  {
    containerPort: number(within(1, 65_535)),
    keepAliveTimeoutSec: number(within(4001, 5000)),
    healthCheck: fc.record(
      {
        path: text(fc.constantFrom("/", "/api/health", "/a?b=${c}")),
        healthyThreshold: within(2, 10),
        unhealthyThreshold: number(within(2, 10)),
        timeoutSec: within(2, 4),
        intervalSec: within(5, 300),
        matcher: fc.constantFrom("200", "200,204", "200-299"),
      },
      { requiredKeys: [] },
    ),
    hosts: some(text(fc.constantFrom("chat.example.com", "*.example.com", "a.example.org")), 0, 2),
    paths: some(text(fc.constantFrom("/api/*", "/socket.io/*", "/${x}", "*")), 0, 3),
    priority: within(1, 50_000),
    transports: some(fc.constantFrom("websocket", "polling"), 1, 2),
    stickiness: fc.constant(true),
    stickinessDurationSec: number(within(1, 604_800)),
    stickinessCookieName: text(fc.constantFrom("session", "crm.sid")),
    deregistrationDelaySec: within(65, 3600),
    loadBalancingAlgorithm: fc.constant("round_robin"),
    slowStartSec: fc.oneof(fc.constant(0), within(30, 900)),
  },
  { requiredKeys: ["containerPort", "keepAliveTimeoutSec"] },
);

interface Data {
  readonly props: AlbWebsocketProps;
  readonly services: readonly { readonly id: string; readonly props: AlbServiceProps }[];
}

const serviceId = fc.oneof({ weight: 9, arbitrary: key }, { weight: 1, arbitrary: hostileKey });

export const albWebsocket: Target = {
  name: "alb-websocket",
  data: fc.record({
    props: spoiled(props),
    services: fc.array(fc.record({ id: serviceId, props: spoiled(service) }), { maxLength: 3 }),
  }),
  build: (stack, id, data: Data) => {
    const alb = new AlbWebsocket(stack, id, data.props);
    for (const { id: serviceId, props } of data.services) alb.addService(serviceId, props);
  },
};
