export { type Heartbeat, type InstanceMigration, type InstanceProps } from "./props";
export { encodeUserData, MAX_USER_DATA_BYTES, renderScript, renderUserData, userDataBytes } from "./user-data";
