export { MINIMUM_TERRAFORM_VERSION, Secrets } from "./secrets";
export { type ExternalSecret, type GeneratedSecret, type SecretsProps } from "./secrets";
