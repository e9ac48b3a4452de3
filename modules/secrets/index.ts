export { type ExternalSecret, type GeneratedSecret, type SecretsProps } from "./props";
export { MINIMUM_TERRAFORM_VERSION, Secrets } from "./secrets";
