import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { type TerraformProvider } from "cdktf";
import { Cdn } from "../../modules/cdn";
import { EncryptionKey } from "../../modules/encryption-key";
import { Waf } from "../../modules/waf";
import { addCloudfrontProvider, CLOUDFRONT_REGION } from "../aws-provider";
import { createEdgeMonitoring } from "./edge-monitoring";
import { createDns, nameServerOutputs } from "./dns";
import { type EntranceProps, type EntranceSettings, type LoadBalancerEntrance } from "./entrance";
import { createLoadBalancer, createLogBucket, loadBalancerOutputs } from "./load-balancer";
import { secretHeaderAccess, VPC_ORIGIN_ACCESS } from "./origin-access";

/** The addresses from which CloudFront reaches origins. Source: CloudFront developer guide, "Locations and IP address ranges". */
const PREFIX_LIST = "com.amazonaws.global.cloudfront.origin-facing";

/** Creates CloudFront with a web ACL, in front of a load balancer that accepts requests from CloudFront only. */
export function cloudfrontEntrance(
  props: EntranceProps,
  settings: EntranceSettings<"cloudfront">,
): LoadBalancerEntrance {
  const { stack, name, contract, environment, tags } = props;
  const provider = addCloudfrontProvider(stack, { accountId: environment.accountId, tags });
  const dns = createDns(props, settings, provider);
  const { id: cloudfront } = new DataAwsEc2ManagedPrefixList(stack, "cloudfront", { name: PREFIX_LIST });
  const logs = createLogBucket(props, ["load-balancer", "vended-logs"]);
  const access = settings.originAccess === "secret-header" ? secretHeaderAccess(stack) : VPC_ORIGIN_ACCESS;
  const alb = createLoadBalancer(props, logs, {
    ...access.alb,
    certificateArn: dns.certificateArn,
    allowedPrefixListIds: { cloudfront },
    // CloudFront appends the client's address and the application reads the last one, so the load balancer must not append its own.
    xffHeaderProcessingMode: "preserve",
  });
  const kmsKeyArn = edgeKeyArn(props, provider);
  const waf = createCloudfrontWaf(props, provider, kmsKeyArn);
  const cdn = new Cdn(stack, "cdn", {
    name,
    domainNames: [dns.domainName],
    certificateArn: dns.cloudfrontCertificateArn,
    ...access.cdn,
    origin: alb,
    heartbeat: contract.container.socket.heartbeat,
    socketPath: contract.container.socket.path,
    webAclArn: waf.webAclArn,
    accessLogs: { bucketName: logs.bucketName },
    provider,
  });
  dns.addAlias("site", { target: cdn });
  const certificates = { edge: dns.cloudfrontCertificateArn };
  createEdgeMonitoring(props, { provider, kmsKeyArn, waf, distribution: cdn, certificates });
  return {
    alb,
    origin: `https://${dns.domainName}`,
    waf: undefined,
    certificates: { site: dns.certificateArn },
    outputs: {
      ...loadBalancerOutputs(alb),
      ...nameServerOutputs(dns),
      distribution_id: [cdn.distributionId, "CloudFront distribution, for invalidations"],
    },
  };
}

function createCloudfrontWaf(
  { stack, name, contract, environment }: EntranceProps,
  provider: TerraformProvider,
  kmsKeyArn: string | undefined,
): Waf {
  return new Waf(stack, "waf", {
    name,
    scope: "CLOUDFRONT",
    provider,
    socketPath: contract.container.socket.path,
    logRetentionDays: environment.logRetentionDays,
    kmsKeyArn,
  });
}

/** Returns a key of us-east-1, created if necessary ($1 a month): a key works in its own region only, and the web ACL's log group and the edge's alarms are there. */
function edgeKeyArn(
  { stack, name, environment, kmsKeyArn }: EntranceProps,
  provider: TerraformProvider,
): string | undefined {
  const { accountId, region } = environment;
  if (kmsKeyArn === undefined || region === CLOUDFRONT_REGION) return kmsKeyArn;
  // Nothing that it encrypts outlives the stack.
  const deletionProtection = false;
  const edge = { name, accountId, region: CLOUDFRONT_REGION, provider, deletionProtection };
  return new EncryptionKey(stack, "edge-key", edge).keyArn;
}
