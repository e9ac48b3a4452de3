export { DnsCertificate } from "./dns-certificate";
export { type AliasProps, type AliasTarget, type DnsCertificateProps } from "./dns-certificate-props";
