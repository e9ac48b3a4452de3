import { type AliasProps, type DnsCertificateProps } from "./dns-certificate-props";

export const dnsCertificateDefaults = {
  alternativeNames: [],
  regionalCertificate: true,
  validationTimeoutMin: 10,
  forceDestroy: false,
} as const satisfies Partial<DnsCertificateProps>;

export const aliasDefaults = { ipv6: true } as const satisfies Partial<AliasProps>;
