export { type RegistryProps } from "./props";
export { Registry } from "./registry";
