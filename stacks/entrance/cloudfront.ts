import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { type TerraformProvider } from "cdktf";
import { Cdn } from "../../modules/cdn/index";
import { EncryptionKey } from "../../modules/encryption-key/index";
import { Waf } from "../../modules/waf/index";
import { addCloudfrontProvider, CLOUDFRONT_REGION } from "../aws-provider";
import { createDns, nameServers } from "./dns";
import { type EntranceOf, type EntranceProps, type Entrance } from "./entrance";
import { createLoadBalancer, createLogBucket } from "./load-balancer";
import { secretHeaderAccess, VPC_ORIGIN } from "./origin-access";

/** Addresses that CloudFront reaches origins from. Source: CloudFront developer guide, "Locations and IP address ranges". */
const PREFIX_LIST = "com.amazonaws.global.cloudfront.origin-facing";

/** CloudFront, whose web ACL stands at the edge, in front of a load balancer that nobody else reaches. */
export function cloudfrontEntrance(props: EntranceProps, entrance: EntranceOf<"cloudfront">): Entrance {
  const { stack, name, contract, environment, tags } = props;
  const provider = addCloudfrontProvider(stack, { accountId: environment.accountId, tags });
  const dns = createDns(props, entrance, provider);
  const { id: cloudfront } = new DataAwsEc2ManagedPrefixList(stack, "cloudfront", { name: PREFIX_LIST });
  const logs = createLogBucket(props, ["load-balancer", "vended-logs"]);
  const way = entrance.originAccess === "secret-header" ? secretHeaderAccess(stack) : VPC_ORIGIN;
  const alb = createLoadBalancer(props, logs, {
    ...way.alb,
    certificateArn: dns.certificateArn,
    allowedPrefixListIds: { cloudfront },
    // The last address stays the client's, as CloudFront has written it: the app counts by it.
    xffHeaderProcessingMode: "preserve",
  });
  const cdn = new Cdn(stack, "cdn", {
    name,
    domainNames: [dns.domainName],
    certificateArn: dns.cloudfrontCertificateArn,
    ...way.cdn,
    origin: alb,
    heartbeat: contract.container.socket.heartbeat,
    socketPath: contract.container.socket.path,
    webAclArn: createWaf(props, provider).webAclArn,
    accessLogs: { bucketName: logs.bucketName },
    provider,
  });
  dns.addAlias("site", { target: cdn });
  return {
    alb,
    origin: `https://${dns.domainName}`,
    waf: undefined,
    outputs: {
      ...nameServers(dns),
      distribution_id: [cdn.distributionId, "CloudFront distribution, for invalidations"],
    },
  };
}

function createWaf(props: EntranceProps, provider: TerraformProvider): Waf {
  const { stack, name, contract, environment } = props;
  return new Waf(stack, "waf", {
    name,
    scope: "CLOUDFRONT",
    provider,
    socketPath: contract.container.socket.path,
    logRetentionDays: environment.logRetentionDays,
    kmsKeyArn: edgeKeyArn(props, provider),
  });
}

/** A key encrypts in its own region only, and the log of the edge is in CloudFront's: another dollar a month. */
function edgeKeyArn(
  { stack, name, environment, kmsKeyArn }: EntranceProps,
  provider: TerraformProvider,
): string | undefined {
  const { accountId, region } = environment;
  if (kmsKeyArn === undefined || region === CLOUDFRONT_REGION) return kmsKeyArn;
  return new EncryptionKey(stack, "edge-key", { name, accountId, region: CLOUDFRONT_REGION, provider }).keyArn;
}
