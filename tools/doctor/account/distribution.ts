import { type CloudFrontClient, type DistributionSummary, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { ask } from "./ask";

/** A CloudFront distribution in front of the load balancer. */
export interface Distribution {
  readonly id: string;
  readonly dnsName: string;
  readonly status: string;
  readonly isEnabled: boolean;
  readonly certificateArn: string | undefined;
}

/** Finds the distribution that has a domain among its aliases; `undefined` when there is none. */
export async function readDistribution(
  cloudfront: CloudFrontClient,
  domain: string,
): Promise<Distribution | undefined> {
  let marker: string | undefined;
  do {
    const query = new ListDistributionsCommand(marker === undefined ? {} : { Marker: marker });
    const { DistributionList } = await ask("cloudfront:ListDistributions", cloudfront.send(query));
    const found = DistributionList?.Items?.find(({ Aliases }) => Aliases?.Items?.includes(domain));
    if (found !== undefined) return describe(found);
    marker = DistributionList?.IsTruncated ? DistributionList.NextMarker : undefined;
  } while (marker !== undefined);
  return undefined;
}

function describe({ Id, DomainName, Status, Enabled, ViewerCertificate }: DistributionSummary): Distribution {
  return {
    id: Id ?? "",
    dnsName: DomainName ?? "",
    status: Status ?? "",
    isEnabled: Enabled ?? false,
    certificateArn: ViewerCertificate?.ACMCertificateArn,
  };
}
