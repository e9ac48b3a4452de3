import { type WithDefaults } from "../core/props";
import { type AliasProps } from "./alias-props";
import { type DnsCertificateProps } from "./props";

export const dnsCertificateDefaults = {
  alternativeNames: [],
  regionalCertificate: true,
  createValidationRecords: true,
  validationTimeoutMin: 10,
  forceDestroy: false,
} as const satisfies Partial<DnsCertificateProps>;

export const aliasDefaults = { ipv6: true } as const satisfies Partial<AliasProps>;

/** The props of a site's name with the defaults filled in. */
export type CompleteDnsCertificateProps = WithDefaults<DnsCertificateProps, typeof dnsCertificateDefaults>;

/** The props of an alias with the defaults filled in. */
export type CompleteAliasProps = WithDefaults<AliasProps, typeof aliasDefaults>;
