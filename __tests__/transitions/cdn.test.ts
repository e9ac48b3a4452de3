import { type Construct } from "constructs";
import { AlbWebsocket, Cdn, type CdnProps, LogBucket } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes, type Surroundings } from "../helpers/transitions/transitions";

const arn = (id: string) => `arn:aws:acm:us-east-1:123456789012:certificate/${id}-7b64-4c0d-9d3e-1a2b3c4d5e6f`;

const cdn =
  (props: Partial<CdnProps>) =>
  (scope: Construct, { name, network, edge }: Surroundings): void => {
    const origin = new AlbWebsocket(scope, "alb", {
      name,
      network,
      allowInsecureHttp: true,
      deletionProtection: false,
      internal: true,
    });
    new Cdn(scope, "cdn", {
      name,
      domainNames: [`${name}.example.com`],
      certificateArn: arn("11111111"),
      origin,
      provider: edge,
      ...props,
    });
  };

const withLogs: Build = (scope, surroundings) => {
  const bucket = new LogBucket(scope, "logs", {
    name: surroundings.name,
    accountId: "123456789012",
    writers: ["vended-logs"],
  });
  cdn({ accessLogs: { bucketName: bucket.bucketName } })(scope, surroundings);
};

itChanges([
  ...sweep<CdnProps>("Cdn", cdn, {
    certificateArn: [arn("22222222")],
    domainNames: [["cdn.example.com", "www.example.com"]],
    heartbeat: [{ pingIntervalSec: 20, pingTimeoutSec: 20 }],
    socketPath: ["/ws/"],
    apiPaths: [["/v1/*"], []],
    cachedPaths: [[]],
    hstsMaxAgeSec: [86_400],
    readTimeoutSec: [50],
    keepaliveTimeoutSec: [20],
    priceClass: ["PriceClass_200"],
    ipv6: [false],
  }),
  changes(
    "Cdn",
    "accessLogs",
    ["none", cdn({})],
    ["a LogBucket", withLogs],
    ["none, the LogBucket destroyed", cdn({})],
  ),
]);
