export { instanceDefaults } from "./defaults";
export { type Heartbeat, type InstanceMigration, type InstanceProps } from "./instance";
export { encodeUserData, renderUserData } from "./instance";
