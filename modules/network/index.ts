export { existingNetwork, type ExistingNetworkProps } from "./existing-network";
export { type Egress } from "./egress";
export { type NatInstance } from "./nat-instance-props";
export { Network } from "./network";
export { type NetworkProps } from "./props";
export { type NetworkRef } from "./network-ref";
