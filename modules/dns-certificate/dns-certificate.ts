import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Op, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { lifecycleWithPreconditions, type Precondition } from "../core/apply-time";
import { arnField } from "../core/arn";
import { Checks } from "../core/checks";
import { withoutRootDot, withoutWildcard } from "../core/domain-name";
import { readProps } from "../core/props";
import { aliasDefaults, type CompleteDnsCertificateProps, dnsCertificateDefaults } from "./defaults";
import { ALIAS_PROPS, type AliasProps } from "./alias-props";
import { type DnsCertificateProps, PROPS } from "./props";
import { refuseSharedRecords } from "./shared-records";
import { validateAlias } from "./validation/alias";
import { validateDnsCertificate } from "./validation/dns-certificate";

/** How long resolvers may cache a validation record, in seconds; ACM reads it again at every renewal, once a year. */
const VALIDATION_TTL_SEC = 300;

/** Creates what a site's name needs: a hosted zone, certificates that ACM renews automatically, and alias records. */
export class DnsCertificate extends Construct {
  readonly zoneId: string;
  /** Without a trailing dot. */
  readonly zoneName: string;
  /** To enter at the registrar or in the parent zone; `undefined` for an existing zone. */
  readonly nameServers: readonly string[] | undefined;
  /** Without a trailing dot. */
  readonly domainName: string;
  readonly zone: Route53Zone | undefined;

  private readonly props: CompleteDnsCertificateProps;
  private readonly regional: string | undefined;
  private readonly cloudfront: string | undefined;
  /** Keys of the aliases by name. */
  private readonly aliases = new Map<string, string>();

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: DnsCertificateProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, dnsCertificateDefaults);
    validateDnsCertificate(checks, this.props);

    this.domainName = withoutRootDot(this.props.domainName);
    this.zoneName = withoutRootDot(this.props.zoneName);
    this.zone = this.props.zoneId === undefined ? this.createZone() : undefined;
    this.zoneId = this.props.zoneId ?? this.zone!.zoneId;
    this.nameServers = this.zone?.nameServers;

    const { regionalCertificate, cloudfrontProvider } = this.props;
    const regional = regionalCertificate ? this.createCertificate("certificate") : undefined;
    const cloudfront = cloudfrontProvider && this.createCertificate("cloudfront-certificate", cloudfrontProvider);
    const records = this.props.createValidationRecords ? this.createValidationRecords((regional ?? cloudfront)!) : [];
    this.regional = regional && this.createValidation("validation", regional, records, this.delegationPrecondition());
    this.cloudfront =
      cloudfront &&
      this.createValidation("cloudfront-validation", cloudfront, records, [
        ...this.delegationPrecondition(),
        this.regionPrecondition(cloudfront),
      ]);
  }

  /**
   * Certificate for a load balancer in the stack's region. Its users wait until ACM has issued it.
   * @throws ConfigurationError when this construct creates no such certificate
   */
  get certificateArn(): string {
    return this.issued("certificateArn", this.regional, "Remove regionalCertificate: false.");
  }

  /**
   * Certificate for a CloudFront distribution. Its users wait until ACM has issued it.
   * @throws ConfigurationError when this construct creates no such certificate
   */
  get cloudfrontCertificateArn(): string {
    return this.issued("cloudfrontCertificateArn", this.cloudfront, "Pass a cloudfrontProvider.");
  }

  /**
   * Points a name to a load balancer or a distribution by alias records, A and AAAA. They are free of charge, and also possible for the
   * zone's own name.
   *
   * @param key must not change later: it is part of the records' addresses
   * @throws ConfigurationError with every problem of the props
   */
  addAlias(key: string, props: AliasProps): void {
    const checks = new Checks(this);
    const read = readProps(checks, props, ALIAS_PROPS, aliasDefaults);
    validateAlias(checks, key, read, { name: this.zoneName, siteName: this.domainName, taken: this.aliases });
    const name = withoutRootDot(read.domainName ?? this.domainName);
    this.aliases.set(name, key);
    for (const type of read.ipv6 ? ["A", "AAAA"] : ["A"]) {
      new Route53Record(this, `alias-${key}-${type.toLowerCase()}`, {
        zoneId: this.zoneId,
        name,
        type,
        alias: {
          name: read.target.dnsName,
          zoneId: read.target.hostedZoneId,
          // With one target there is nothing to fail over to, and Route 53 cannot evaluate the health of CloudFront.
          evaluateTargetHealth: false,
        },
      });
    }
  }

  private issued(prop: string, arn: string | undefined, remedy: string): string {
    const checks = new Checks(this);
    checks.require(arn !== undefined, {
      code: "dns-certificate/certificate-not-created",
      prop,
      expected: "a certificate that this construct creates",
      got: "none",
      remedy,
    });
    checks.throwIfInvalid();
    return arn!;
  }

  private createZone(): Route53Zone {
    return new Route53Zone(this, "zone", {
      name: this.zoneName,
      comment: "Managed by Terraform",
      forceDestroy: this.props.forceDestroy,
    });
  }

  private names(): string[] {
    return [this.domainName, ...this.props.alternativeNames.map(withoutRootDot)];
  }

  private createCertificate(id: string, provider?: TerraformProvider): AcmCertificate {
    const [domainName, ...alternativeNames] = this.names();
    return new AcmCertificate(this, id, {
      provider,
      domainName,
      subjectAlternativeNames: alternativeNames.length > 0 ? alternativeNames : undefined,
      validationMethod: "DNS",
      // A listener or a distribution still uses the old certificate while the new one is issued.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /**
   * Creates one validation record for each name. Both certificates share it, because the record is the same in every region of an
   * account, and for a name and its wildcard. Source: ACM user guide, "DNS validation".
   */
  private createValidationRecords(certificate: AcmCertificate): Route53Record[] {
    const byBase = new Map(this.names().map((name) => [withoutWildcard(name), name]));
    refuseSharedRecords(this, this.props.zoneId, [...byBase.keys()]);
    return [...byBase].map(([base, name]) => {
      const option = (field: string) =>
        `\${one([for option in ${certificate.fqn}.domain_validation_options : option.${field} if option.domain_name == "${name}"])}`;
      return new Route53Record(this, `validation-${base}`, {
        zoneId: this.zoneId,
        name: option("resource_record_name"),
        type: option("resource_record_type"),
        ttl: VALIDATION_TTL_SEC,
        records: [option("resource_record_value")],
        // Another stack's record must not be taken over: whoever destroys it first would take it from the other.
        allowOverwrite: false,
        // A new certificate for the name asks for the same record, but its name is unknown at plan, and Terraform would replace the record.
        lifecycle: { ignoreChanges: ["name", "type", "records"] },
      });
    });
  }

  /** Waits until ACM has issued the certificate, and returns its ARN. */
  private createValidation(
    id: string,
    certificate: AcmCertificate,
    records: readonly Route53Record[],
    conditions: readonly Precondition[],
  ): string {
    return new AcmCertificateValidation(this, id, {
      provider: certificate.provider,
      certificateArn: certificate.arn,
      timeouts: { create: `${this.props.validationTimeoutMin}m` },
      lifecycle: lifecycleWithPreconditions(conditions, { createBeforeDestroy: true }),
      dependsOn: [...records],
    }).certificateArn;
  }

  /**
   * Stops the apply when the new zone is not delegated yet; otherwise the wait for the certificate would end in a timeout that does not
   * name the cause. The condition refers to the zone's name servers, so that Terraform evaluates it only when they are known.
   */
  private delegationPrecondition(): Precondition[] {
    if (!this.zone || this.props.delegated === true) return [];
    const servers = `${this.zone.fqn}.name_servers`;
    return [
      {
        condition: `\${length([for server in ${servers} : server if false]) > 0}`,
        errorMessage:
          `${this.node.path}: the zone ${this.zoneName} exists, but its parent does not delegate to it yet. Enter its name servers at the registrar, ` +
          `or as NS records in the parent zone: \${join(", ", ${servers})}. Then set delegated to true and apply again.`,
      },
    ];
  }

  /** CloudFront's own error for a certificate of another region does not name the cause. */
  private regionPrecondition(certificate: AcmCertificate): Precondition {
    return {
      condition: String(Op.eq(arnField(certificate.arn, "region"), "us-east-1")),
      errorMessage: `${this.node.path}: a certificate for CloudFront must be in us-east-1. Pass a provider of that region.`,
    };
  }
}
