import {
  CreateCachePolicyCommand,
  CreateDistributionCommand,
  CreateVpcOriginCommand,
  DeleteCachePolicyCommand,
  ListTagsForResourceCommand as ListTagsForResourceOfCloudfront,
} from "@aws-sdk/client-cloudfront";
import { type Gap } from "./gap";

/** Names the policy, as every distribution of ours does. */
const distributionWith = (CachePolicyId: string | undefined) =>
  new CreateDistributionCommand({
    DistributionConfig: {
      CallerReference: CachePolicyId ?? "none",
      Comment: "d",
      Enabled: true,
      Origins: { Quantity: 1, Items: [{ Id: "o", DomainName: "origin.example.com" }] },
      DefaultCacheBehavior: { TargetOriginId: "o", ViewerProtocolPolicy: "https-only", CachePolicyId },
    },
  });

export const CLOUDFRONT_GAPS: readonly Gap[] = [
  [
    "cloudfront: the ARN of a distribution",
    async ({ cloudfront }) => {
      const { Distribution } = await cloudfront.send(distributionWith(undefined));
      return Distribution?.ARN === `arn:aws:cloudfront::123456789012:distribution/${Distribution?.Id}`;
    },
  ],
  [
    "cloudfront: a cache policy that cannot be deleted while it is used",
    async ({ cloudfront }) => {
      const CachePolicyConfig = { Name: "p", MinTTL: 0 };
      const { CachePolicy } = await cloudfront.send(new CreateCachePolicyCommand({ CachePolicyConfig }));
      await cloudfront.send(distributionWith(CachePolicy?.Id));
      return cloudfront.send(new DeleteCachePolicyCommand({ Id: CachePolicy?.Id, IfMatch: "E" })).then(
        () => false,
        (error: Error) => error.name === "CachePolicyInUse",
      );
    },
  ],
  [
    "cloudfront: VPC origins, with their tags",
    async ({ cloudfront }) => {
      const config = { Name: "o", HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" as const };
      const Arn = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/a/0123456789abcdef";
      const VpcOriginEndpointConfig = { ...config, Arn };
      const Tags = { Items: [{ Key: "Team", Value: "edge" }] };
      const { VpcOrigin } = await cloudfront.send(new CreateVpcOriginCommand({ VpcOriginEndpointConfig, Tags }));
      const tagged = await cloudfront.send(new ListTagsForResourceOfCloudfront({ Resource: VpcOrigin?.Arn }));
      const kept = VpcOrigin?.Status === "Deployed" && VpcOrigin.VpcOriginEndpointConfig?.Arn === Arn;
      return kept && tagged.Tags?.Items?.[0]?.Value === "edge";
    },
  ],
];
