export { Registry, type RegistryProps } from "./registry";
