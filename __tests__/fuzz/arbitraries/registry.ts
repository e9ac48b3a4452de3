import * as fc from "fast-check";
import { Registry, type RegistryProps } from "../../../modules/registry";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import { accountId, keyed, kmsKeyArn, some, text, within } from "./values";

const props = fc.record(
  {
    repositoryName: fc.constantFrom("messenger-crm", "crm/messenger", "a_b.c"),
    keepTaggedImages: within(2, 10_000),
    keepByTagPattern: keyed(fc.constantFrom("release-*", "v*", "*-rc*"), within(2, 100)),
    expireUntaggedAfterDays: within(1, 3650),
    kmsKeyArn,
    pullAccountIds: some(text(accountId), 0, 3),
    forceDelete: fc.boolean(),
  },
  { requiredKeys: ["repositoryName"] },
);

export const registry: Target = {
  name: "registry",
  data: spoiled(props),
  build: (stack, id, data: RegistryProps) => void new Registry(stack, id, data),
};
