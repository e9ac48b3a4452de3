import { Registry, type RegistryProps } from "../../../modules/registry";
import { type Examples } from "./example";

const valid: RegistryProps = { repositoryName: "messenger-crm" };

export const registryExamples: Examples = {
  "registry/repository-name": (stack) => new Registry(stack, "registry", { ...valid, repositoryName: "Messenger CRM" }),
  "registry/tag-pattern": (stack) => new Registry(stack, "registry", { ...valid, keepByTagPattern: { "*": 10 } }),
  "registry/account-id": (stack) =>
    new Registry(stack, "registry", { ...valid, pullAccountIds: ["arn:aws:iam::123456789012:root"] }),
};
