export { existingNetwork, type ExistingNetworkProps } from "./existing-network";
export { type Egress } from "./egress";
export { Network, type NetworkProps } from "./network";
export { type NetworkRef } from "./network-ref";
