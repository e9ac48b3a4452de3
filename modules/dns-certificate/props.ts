import { type TerraformProvider } from "cdktf";
import * as kind from "../core/kinds";

export interface DnsCertificateProps {
  /** The site's name in the zone, a literal of at most 64 characters: `crm.example.com`. */
  readonly domainName: string;
  /**
   * Further names of the certificates, literals in the zone; `*.crm.example.com` matches one label.
   * @default none
   */
  readonly alternativeNames?: readonly string[] | undefined;
  /** Name of the hosted zone, a literal: `example.com`. */
  readonly zoneName: string;
  /**
   * Id of an existing public hosted zone of that name.
   * @default a zone is created, for $0.50 a month; its parent must delegate to it, see `delegated`
   */
  readonly zoneId?: string | undefined;
  /**
   * Whether the parent zone delegates to a zone created here. Until it does, no certificate can be issued: the apply creates the zone and
   * stops with an error that lists the name servers to enter at the registrar. Then set this to true.
   * @default true with `zoneId`, false for a zone that is created here
   */
  readonly delegated?: boolean | undefined;
  /**
   * Whether to create a certificate in the stack's region, for a load balancer.
   * @default true
   */
  readonly regionalCertificate?: boolean | undefined;
  /**
   * Provider of us-east-1. With it, a certificate for a CloudFront distribution is created; CloudFront uses certificates of that region only.
   * @default no such certificate
   */
  readonly cloudfrontProvider?: TerraformProvider | undefined;
  /**
   * Whether to create ACM's validation records. A zone has one for each name, whatever the number of certificates: set it to false where
   * another stack, or the console, created them; they have to exist then, and stay as long as the certificate.
   * @default true
   */
  readonly createValidationRecords?: boolean | undefined;
  /**
   * Minutes that an apply waits for ACM to issue a certificate, 1 to 75. ACM takes a few minutes once DNS answers; the provider's own default
   * is 75.
   * @default 10
   */
  readonly validationTimeoutMin?: number | undefined;
  /**
   * Whether `terraform destroy` deletes a zone created here together with records that others added to it.
   * @default false
   */
  readonly forceDestroy?: boolean | undefined;
}

export const PROPS: kind.Shape<DnsCertificateProps> = {
  domainName: kind.string,
  alternativeNames: kind.arrayOfKnownLength(kind.string),
  zoneName: kind.string,
  zoneId: kind.string,
  delegated: kind.boolean,
  regionalCertificate: kind.boolean,
  cloudfrontProvider: kind.unknown,
  createValidationRecords: kind.boolean,
  validationTimeoutMin: kind.number,
  forceDestroy: kind.boolean,
};
