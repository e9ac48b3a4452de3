import { type CertificateDetail, DescribeCertificateCommand, ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  type CacheBehavior,
  type DistributionConfig,
  GetCachePolicyCommand,
  GetDistributionCommand,
  GetVpcOriginCommand,
  ListDistributionsCommand,
  type Origin,
} from "@aws-sdk/client-cloudfront";
import { DescribeSecurityGroupRulesCommand, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { type Clients } from "./aws-clients";

/** The applied edge of a site (CloudFront, DNS, certificates), read from the simulated AWS API and not from Terraform's state. */
export class DeployedEdge {
  /** @param usEast1 clients of us-east-1, the region of CloudFront's certificate */
  constructor(
    private readonly aws: Clients,
    private readonly usEast1: Clients,
  ) {}

  async distribution() {
    const { DistributionList } = await this.aws.cloudfront.send(new ListDistributionsCommand({}));
    const { Id } = only(DistributionList?.Items);
    const { Distribution } = await this.aws.cloudfront.send(new GetDistributionCommand({ Id }));
    return { ...Distribution, config: Distribution?.DistributionConfig as DistributionConfig };
  }

  async origin(): Promise<Origin> {
    return only((await this.distribution()).config.Origins?.Items);
  }

  async vpcOrigin() {
    const { VpcOriginConfig } = await this.origin();
    const { VpcOrigin } = await this.aws.cloudfront.send(new GetVpcOriginCommand({ Id: VpcOriginConfig?.VpcOriginId }));
    return VpcOrigin;
  }

  async behavior(pathPattern: string): Promise<CacheBehavior> {
    const { CacheBehaviors } = (await this.distribution()).config;
    return only(CacheBehaviors?.Items?.filter(({ PathPattern }) => PathPattern === pathPattern));
  }

  async cachePolicy(Id: string | undefined) {
    return (await this.aws.cloudfront.send(new GetCachePolicyCommand({ Id }))).CachePolicy?.CachePolicyConfig;
  }

  /** Returns the records of the only hosted zone. */
  async records(): Promise<ResourceRecordSet[]> {
    const { HostedZones } = await this.aws.route53.send(new ListHostedZonesCommand({}));
    const HostedZoneId = only(HostedZones).Id;
    return (await this.aws.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }))).ResourceRecordSets ?? [];
  }

  /** Returns the only certificate of the stack's region and the only one of us-east-1. */
  async certificates(): Promise<CertificateDetail[]> {
    return Promise.all(
      [this.aws, this.usEast1].map(async ({ acm }) => {
        const { CertificateSummaryList } = await acm.send(new ListCertificatesCommand({}));
        const { CertificateArn } = only(CertificateSummaryList);
        return (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate!;
      }),
    );
  }

  /** Returns the ingress rules of a security group. */
  async ingressRulesOf(groupId: string): Promise<SecurityGroupRule[]> {
    const query = new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [groupId] }] });
    const { SecurityGroupRules = [] } = await this.aws.ec2.send(query);
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true);
  }
}

function only<T>(items: readonly T[] | undefined): T {
  const [item] = items ?? [];
  if (item === undefined || items?.length !== 1) throw new Error(`expected one, found ${items?.length ?? "none"}`);
  return item;
}
