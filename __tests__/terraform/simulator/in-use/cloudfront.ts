import {
  CreateOriginAccessControlCommand,
  CreateVpcOriginCommand,
  DeleteDistributionCommand,
  DeleteOriginAccessControlCommand,
  DeleteVpcOriginCommand,
} from "@aws-sdk/client-cloudfront";
import { DeleteLoadBalancerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { distribution } from "./resources/distribution";
import { loadBalancer } from "./resources/load-balancer";
import { aws, expectRefused, fresh } from "./simulated";

describe("CloudFront", () => {
  it("keeps a distribution that is enabled", async () => {
    const deletion = new DeleteDistributionCommand({ Id: await distribution({}), IfMatch: "E" });
    await expectRefused(aws.cloudfront.send(deletion), "DistributionNotDisabled");
    const disabled = new DeleteDistributionCommand({ Id: await distribution({ Enabled: false }), IfMatch: "E" });
    await aws.cloudfront.send(disabled);
  });

  it("keeps an origin access control of a distribution", async () => {
    const OriginAccessControlConfig = {
      Name: fresh("oac"),
      SigningProtocol: "sigv4",
      SigningBehavior: "always",
      OriginAccessControlOriginType: "s3",
    } as const;
    const created = await aws.cloudfront.send(new CreateOriginAccessControlCommand({ OriginAccessControlConfig }));
    const Id = created.OriginAccessControl?.Id;
    await distribution({}, { OriginAccessControlId: Id });
    const deletion = new DeleteOriginAccessControlCommand({ Id, IfMatch: "E" });
    await expectRefused(aws.cloudfront.send(deletion), "OriginAccessControlInUse");
  });

  it("keeps a VPC origin of a distribution, and the load balancer that it leads to", async () => {
    const { arn: Arn } = await loadBalancer();
    const config = { Name: fresh("o"), HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" as const };
    const VpcOriginEndpointConfig = { ...config, Arn };
    const { VpcOrigin } = await aws.cloudfront.send(new CreateVpcOriginCommand({ VpcOriginEndpointConfig }));
    const Id = VpcOrigin?.Id;
    const distributionId = await distribution({ Enabled: false }, { VpcOriginConfig: { VpcOriginId: Id } });
    const deletion = new DeleteVpcOriginCommand({ Id, IfMatch: "E" });
    await expectRefused(aws.cloudfront.send(deletion), "CannotDeleteEntityWhileInUse");
    await aws.cloudfront.send(new DeleteDistributionCommand({ Id: distributionId, IfMatch: "E" }));
    const balancer = new DeleteLoadBalancerCommand({ LoadBalancerArn: Arn });
    await expectRefused(aws.elb.send(balancer), "ResourceInUseException");
    await aws.cloudfront.send(deletion);
    await aws.elb.send(balancer);
  });
});
