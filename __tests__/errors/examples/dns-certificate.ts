import { DnsCertificate, type DnsCertificateProps } from "../../../modules/dns-certificate";
import { type Examples } from "./example";

const valid: DnsCertificateProps = { domainName: "crm.example.com", zoneName: "example.com" };
const target = { dnsName: "crm-1.ap-northeast-1.elb.amazonaws.com", hostedZoneId: "Z14GRHDCWA56QT" };

export const dnsCertificateExamples: Examples = {
  "dns-certificate/common-name-length": (stack) =>
    new DnsCertificate(stack, "dns", {
      ...valid,
      domainName: "customer-conversations-of-the-tokyo-and-osaka-offices.crm.example.com",
    }),
  "dns-certificate/outside-zone": (stack) =>
    new DnsCertificate(stack, "dns", { ...valid, domainName: "crm.example.org" }),
  "dns-certificate/existing-zone-setting": (stack) =>
    new DnsCertificate(stack, "dns", { ...valid, zoneId: "Z0123456789ABCDEFGHIJ", forceDestroy: true }),
  "dns-certificate/provider": (stack) =>
    new DnsCertificate(stack, "dns", { ...valid, cloudfrontProvider: "us-east-1" as never }),
  "dns-certificate/no-certificate": (stack) =>
    new DnsCertificate(stack, "dns", { ...valid, regionalCertificate: false }),
  "dns-certificate/shared-validation-record": (stack) => {
    const zoneId = "Z0123456789ABCDEFGHIJ";
    new DnsCertificate(stack, "dns", { ...valid, zoneId });
    new DnsCertificate(stack, "wildcard", {
      ...valid,
      zoneId,
      domainName: "www.example.com",
      alternativeNames: ["*.crm.example.com"],
    });
  },
  "dns-certificate/certificate-not-created": (stack) =>
    new DnsCertificate(stack, "dns", valid).cloudfrontCertificateArn,
  "dns-certificate/alias-key": (stack) => new DnsCertificate(stack, "dns", valid).addAlias("Web Site", { target }),
  "dns-certificate/alias-key-taken": (stack) => {
    const dns = new DnsCertificate(stack, "dns", valid);
    dns.addAlias("web", { target });
    dns.addAlias("web", { target, domainName: "www.example.com" });
  },
  "dns-certificate/name-taken": (stack) => {
    const dns = new DnsCertificate(stack, "dns", valid);
    dns.addAlias("web", { target });
    dns.addAlias("site", { target });
  },
};
