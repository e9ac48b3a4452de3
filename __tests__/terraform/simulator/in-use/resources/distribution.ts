import { CreateDistributionCommand, type DistributionConfig } from "@aws-sdk/client-cloudfront";
import { aws, fresh } from "../simulated";

export async function distribution(changes: Partial<DistributionConfig>, origin: object = {}) {
  const DistributionConfig = {
    CallerReference: fresh("d"),
    Comment: "d",
    Enabled: true,
    Origins: { Quantity: 1, Items: [{ Id: "o", DomainName: "origin.example.com", ...origin }] },
    DefaultCacheBehavior: { TargetOriginId: "o", ViewerProtocolPolicy: "https-only" as const },
    ...changes,
  };
  return (await aws.cloudfront.send(new CreateDistributionCommand({ DistributionConfig }))).Distribution?.Id;
}
