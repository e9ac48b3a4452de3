import { type WithDefaults } from "../core/props";
import { type RegistryProps } from "./props";

export const registryDefaults = {
  keepTaggedImages: 30,
  expireUntaggedAfterDays: 7,
  forceDelete: false,
} as const satisfies Partial<RegistryProps>;

export type CompleteRegistryProps = WithDefaults<RegistryProps, typeof registryDefaults>;
