import { type Construct } from "constructs";
import { type AlbServiceProps, AlbWebsocket, type AlbWebsocketProps } from "../../../../modules";
import { type Case, changes, type Surroundings } from "../../../helpers/transitions/transitions";

const CERTIFICATE = "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";

type Services = Readonly<Record<string, Partial<AlbServiceProps>>>;

const alb =
  (props: Partial<AlbWebsocketProps>, services: Services = { web: {} }) =>
  (scope: Construct, { name, network }: Surroundings): void => {
    const made = new AlbWebsocket(scope, "alb", { name, network, deletionProtection: false, ...props });
    for (const [id, service] of Object.entries(services)) {
      made.addService(id, { containerPort: 3000, keepAliveTimeoutSec: 75, ...service });
    }
  };

const insecure = { allowInsecureHttp: true };
const secure = { certificateArn: CERTIFICATE };
const withApi = { web: {}, api: { paths: ["/api/*"] } };
const priorities = (api: number, admin: number): Services => ({
  api: { paths: ["/api/*"], priority: api },
  admin: { paths: ["/admin/*"], priority: admin },
});

export const albWebsocketCases: readonly Case[] = [
  changes(
    "AlbWebsocket",
    "allowInsecureHttp, certificateArn",
    ["allowInsecureHttp", alb(insecure, withApi)],
    ["a certificate", alb(secure, withApi)],
    ["allowInsecureHttp", alb(insecure, withApi)],
  ),
  changes(
    "AlbWebsocket",
    "redirectHttp",
    ["true", alb(secure)],
    ["false", alb({ ...secure, redirectHttp: false })],
    ["true", alb(secure)],
  ),
  changes(
    "AlbWebsocket",
    "internal",
    ["false", alb(insecure)],
    ["true", alb({ ...insecure, internal: true })],
    ["false", alb(insecure)],
  ),
  changes(
    "AlbWebsocket",
    "priority",
    ["10 and 20", alb(insecure, priorities(10, 20))],
    ["20 and 10", alb(insecure, priorities(20, 10))],
    ["20 and 30", alb(insecure, priorities(20, 30))],
  ),
];
