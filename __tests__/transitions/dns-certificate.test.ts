import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { type Construct } from "constructs";
import { AlbWebsocket, DnsCertificate, type DnsCertificateProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes, type Surroundings } from "../helpers/transitions/transitions";

const dns =
  (props: Partial<DnsCertificateProps>) =>
  (scope: Construct, { name }: Surroundings): DnsCertificate =>
    new DnsCertificate(scope, "dns", {
      domainName: `${name}.example.com`,
      zoneName: `${name}.example.com`,
      delegated: true,
      ...props,
    });

const atEdge =
  (regionalCertificate: boolean): Build =>
  (scope, surroundings) =>
    dns({ cloudfrontProvider: surroundings.edge, regionalCertificate })(scope, surroundings);

/** In a zone of somebody else, of two that have one name. */
const inZone =
  (id: string): Build =>
  (scope, surroundings) => {
    const zones = ["first", "second"].map(
      (zone) => [zone, new Route53Zone(scope, zone, { name: `${surroundings.name}.example.com` })] as const,
    );
    const { zoneId } = new Map(zones).get(id)!;
    dns({ zoneId, delegated: undefined })(scope, surroundings);
  };

/** A load balancer with the certificate and a record of its name. */
const served =
  (props: Partial<DnsCertificateProps>, alias = true): Build =>
  (scope, surroundings) => {
    const { name, network } = surroundings;
    const made = dns(props)(scope, surroundings);
    const certificateArn = made.certificateArn;
    const alb = new AlbWebsocket(scope, "alb", { name, network, certificateArn, deletionProtection: false });
    if (alias) made.addAlias("site", { target: alb });
  };

itChanges([
  ...sweep<DnsCertificateProps>("DnsCertificate", dns, {
    validationTimeoutMin: [20],
    forceDestroy: [true],
    createValidationRecords: [false],
  }),
  changes(
    "DnsCertificate",
    "zoneId",
    ["its own zone", dns({})],
    ["an existing one", inZone("first")],
    ["another existing one", inZone("second")],
    ["its own zone", dns({})],
  ),
  changes(
    "DnsCertificate",
    "alternativeNames",
    ["the default, on a load balancer", served({})],
    ["a second name", served({ alternativeNames: ["*.dns-certificate-alternative-names.example.com"] })],
    ["the default, on a load balancer", served({})],
  ),
  changes(
    "DnsCertificate",
    "addAlias",
    ["an alias", served({})],
    ["none", served({}, false)],
    ["an alias", served({})],
  ),
  changes("DnsCertificate", "cloudfrontProvider", ["none", dns({})], ["us-east-1", atEdge(true)], ["none", dns({})]),
  changes(
    "DnsCertificate",
    "regionalCertificate",
    ["true", atEdge(true)],
    ["false", atEdge(false)],
    ["true", atEdge(true)],
  ),
]);
