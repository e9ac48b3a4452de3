export { DnsCertificate } from "./dns-certificate";
export { type AliasProps, type AliasTarget } from "./alias-props";
export { type DnsCertificateProps } from "./props";
