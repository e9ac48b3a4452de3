import { TerraformStack } from "cdktf";
import { DnsCertificate, type DnsCertificateProps } from "../../../modules/dns-certificate";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const zoneId = "Z0123456789ABCDEFGHIJ";
const crm: DnsCertificateProps = { domainName: "crm.example.com", zoneName: "example.com", zoneId };
const sibling = (stack: TerraformStack) => new TerraformStack(stack.node.root, "other");

it("two stacks that would create one validation record are refused, with both places", () => {
  const lines = refusal((stack) => {
    new DnsCertificate(stack, "dns", crm);
    new DnsCertificate(sibling(stack), "dns", {
      ...crm,
      domainName: "www.example.com",
      alternativeNames: ["*.crm.example.com"],
    });
  });
  expect(lines).toEqual([
    "[other/dns] createValidationRecords: expected one construct that creates the validation record of crm.example.com in the zone Z0123456789ABCDEFGHIJ, got a second one, beside test/dns. Set it to false here, and destroy the other one last; or give both certificates names of their own.",
  ]);
});

it("a second certificate for the name uses the record of the first", () => {
  const template = synthesize((stack) => {
    new DnsCertificate(stack, "dns", crm);
    new DnsCertificate(stack, "second", { ...crm, createValidationRecords: false });
  });
  expect(template.counts()).toMatchObject({
    aws_acm_certificate: 2,
    aws_acm_certificate_validation: 2,
    aws_route53_record: 1,
  });
});

it.each([
  ["another name", { domainName: "www.example.com" }],
  ["another zone", { zoneId: "Z9876543210ABCDEFGHIJ" }],
  ["a zone of its own", { zoneId: undefined }],
])("%s has a record of its own", (_case, changes) => {
  const template = synthesize((stack) => {
    new DnsCertificate(stack, "dns", crm);
    new DnsCertificate(stack, "second", { ...crm, ...changes });
  });
  expect(template.count("aws_route53_record")).toBe(2);
});
