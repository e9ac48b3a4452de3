import { type AlbServiceProps, AlbWebsocket, type AlbWebsocketProps, LogBucket } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const arn = (id: string) => `arn:aws:acm:ap-northeast-1:123456789012:certificate/${id}-7b64-4c0d-9d3e-1a2b3c4d5e6f`;
const CERTIFICATES = { first: arn("11111111"), second: arn("22222222") };

const alb =
  (props: Partial<AlbWebsocketProps>, services: Readonly<Record<string, Partial<AlbServiceProps>>> = {}): Build =>
  (scope, { name, network }) => {
    const fixed = { certificateArn: CERTIFICATES.first, deletionProtection: false };
    const made = new AlbWebsocket(scope, "alb", { name, network, ...fixed, ...props });
    for (const [id, service] of Object.entries({ web: {}, ...services })) {
      made.addService(id, { containerPort: 3000, keepAliveTimeoutSec: 75, ...service });
    }
  };

const withLogs: Build = (scope, surroundings) => {
  const { name } = surroundings;
  const bucket = new LogBucket(scope, "logs", { name, accountId: "123456789012", writers: ["load-balancer"] });
  alb({ accessLogs: { bucketName: bucket.bucketName } })(scope, surroundings);
};

const api = (service: Partial<AlbServiceProps>) => alb({}, { api: { paths: ["/api/*"], ...service } });

itChanges([
  ...sweep<AlbWebsocketProps>("AlbWebsocket", (props) => alb(props), {
    certificateArn: [CERTIFICATES.second],
    additionalCertificateArns: [{ second: CERTIFICATES.second }],
    sslPolicy: ["ELBSecurityPolicy-TLS13-1-2-2021-06"],
    heartbeat: [{ pingIntervalSec: 30, pingTimeoutSec: 20 }],
    idleTimeoutSec: [70],
    clientKeepAliveSec: [7200],
    allowedCidrs: [["203.0.113.0/24"], ["203.0.113.0/24", "198.51.100.0/24"]],
    http2: [false],
    preserveHostHeader: [true],
    xffHeaderProcessingMode: ["preserve", "remove"],
    desyncMitigationMode: ["strictest"],
  }),
  ...sweep<AlbServiceProps>("AlbWebsocket", (props) => alb({}, { web: props }), {
    containerPort: [3001],
    healthCheck: [{ path: "/health" }],
    stickinessDurationSec: [3600],
    stickinessCookieName: ["session"],
    deregistrationDelaySec: [60],
    loadBalancingAlgorithm: ["round_robin"],
  }),
  changes(
    "AlbWebsocket",
    "addService",
    ["one", alb({})],
    ["two", api({})],
    ["two, another path", api({ paths: ["/v2/*"] })],
    ["one", alb({})],
  ),
  changes(
    "AlbWebsocket",
    "accessLogs",
    ["none", alb({})],
    ["a LogBucket", withLogs],
    ["none, the LogBucket destroyed", alb({})],
  ),
]);
