import { type TerraformProvider } from "cdktf";
import * as kind from "../core/kinds";

export interface DnsCertificateProps {
  /** The site's name, a literal of at most 64 characters, in the zone: `crm.example.com`. */
  readonly domainName: string;
  /**
   * Further names of the certificates, literals in the zone; `*.crm.example.com` stands for one label.
   * @default none
   */
  readonly alternativeNames?: readonly string[];
  /** Name of the hosted zone, a literal: `example.com`. */
  readonly zoneName: string;
  /**
   * Id of a public hosted zone of that name that is there and answers already.
   * @default a zone is made, $0.50 a month; the parent has to delegate to it, see `delegated`
   */
  readonly zoneId?: string;
  /**
   * Whether the parent of a zone that is made here names its name servers. As long as not, no certificate can be issued: the apply makes
   * the zone, stops before it would wait, and its error names the servers to enter at the registrar. Then set it to true.
   * @default true with `zoneId`, false for a zone that is made here
   */
  readonly delegated?: boolean;
  /**
   * Whether to make a certificate in the stack's region, for a load balancer.
   * @default true
   */
  readonly regionalCertificate?: boolean;
  /**
   * Provider of us-east-1: with it comes a certificate for a CloudFront distribution, which takes one of that region only.
   * @default no such certificate
   */
  readonly cloudfrontProvider?: TerraformProvider;
  /**
   * Minutes that an apply waits for ACM to issue a certificate, 1 to 75. ACM takes a few minutes once DNS answers; the provider alone would
   * wait for 75.
   * @default 10
   */
  readonly validationTimeoutMin?: number;
  /**
   * Whether `terraform destroy` deletes a zone made here with records that others have put into it.
   * @default false
   */
  readonly forceDestroy?: boolean;
}

export const PROPS: kind.Shape<DnsCertificateProps> = {
  domainName: kind.string,
  alternativeNames: kind.arrayOfKnownLength(kind.string),
  zoneName: kind.string,
  zoneId: kind.string,
  delegated: kind.boolean,
  regionalCertificate: kind.boolean,
  cloudfrontProvider: kind.unknown,
  validationTimeoutMin: kind.number,
  forceDestroy: kind.boolean,
};
