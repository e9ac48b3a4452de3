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
  }),
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
