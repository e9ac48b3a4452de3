import { type RegistryProps } from "./registry";

export const registryDefaults = {
  keepTaggedImages: 30,
  expireUntaggedAfterDays: 7,
  forceDelete: false,
} as const satisfies Partial<RegistryProps>;
