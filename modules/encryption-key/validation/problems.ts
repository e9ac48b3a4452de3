import { type ProblemCatalogue } from "../../core/problem";

export const encryptionKeyProblems = {
  "encryption-key/region": {
    summary: "The region of a key is malformed, not a literal, or not that of its provider.",
    why: "The key policy names the services of that region. Read from another resource, the region could depend on the key whose policy contains it.",
  },
  "encryption-key/account-id": {
    summary: "The account of a key is not a literal AWS account id, or not that of its provider.",
    why: "The key policy names the account before the key exists; without the right account nobody could administer the key (KMS developer guide, default key policy).",
  },
  "encryption-key/provider": {
    summary: "The provider of a key is not an AWS provider.",
    why: "cdktf writes a reference to the provider into the JSON; from anything else it would write text that Terraform refuses.",
  },
} as const satisfies ProblemCatalogue;
