import { useCredentials } from "../deploy/fixtures";
import { type Script } from "../deploy/scripted-aws";
import { type Case, diagnosed } from "./diagnosis";
import { certificate } from "./healthy";
import { stack } from "./stack";
import { xml } from "./xml";

useCredentials();

const EDGE_CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/edge";
const EDGE_NAME = "d1.cloudfront.net";

function distributions({ alias = "crm.example.com", enabled = true } = {}): Script {
  const summary = {
    Id: "E1",
    DomainName: EDGE_NAME,
    Status: "Deployed",
    Enabled: enabled,
    Aliases: { Quantity: 1, Items: { CNAME: [alias] } },
    ViewerCertificate: { ACMCertificateArn: EDGE_CERTIFICATE },
  };
  const list = { IsTruncated: false, Quantity: 1, Items: { DistributionSummary: [summary] } };
  return { "GET /2020-05-31/distribution": xml({ DistributionList: list }) };
}

/** Behind a distribution, the load balancer's certificate is for a name that visitors do not see. */
const certificates: Script[string] = ({ CertificateArn }) =>
  CertificateArn === EDGE_CERTIFICATE
    ? certificate()
    : certificate({ DomainName: "origin.example.com", SubjectAlternativeNames: ["origin.example.com"] });

const behind: Case = {
  stack: { ...stack, resource: { ...stack.resource, aws_cloudfront_distribution: { cdn: {} } } },
  addresses: (host) => Promise.resolve(["crm.example.com", EDGE_NAME].includes(host) ? ["198.51.100.9"] : []),
};

const found = async (answers: Script) =>
  (await diagnosed({ ...behind, answers: { DescribeCertificate: certificates, ...answers } })).findings;

it("takes the distribution for the entrance, and its certificate for the one that visitors see", async () => {
  expect(await found(distributions())).toEqual([]);
});

it.each<[string, Script, string, RegExp]>([
  [
    "a distribution without the alias",
    distributions({ alias: "www.example.com" }),
    "dns",
    /^No CloudFront distribution/,
  ],
  ["a distribution that is disabled", distributions({ enabled: false }), "dns", /d1\.cloudfront\.net is disabled/],
])("finds %s", async (_, answers, check, what) => {
  const findings = await found(answers);
  expect(findings.filter((finding) => finding.check === check).map((finding) => finding.what)).toEqual([
    expect.stringMatching(what),
  ]);
});

it("finds that the visitors' certificate is for another domain", async () => {
  const DescribeCertificate = certificate({ DomainName: "example.com", SubjectAlternativeNames: ["example.com"] });
  const findings = await found({ ...distributions(), DescribeCertificate });
  expect(findings.map(({ check, evidence }) => [check, evidence])).toEqual([
    ["certificate", expect.stringContaining(EDGE_CERTIFICATE)],
  ]);
});
