export { type SocketIoAdapter } from "./adapters";
export { Cache } from "./cache";
export { type CacheKind } from "./cache-kinds";
export { type CacheEngine } from "./engine-versions";
export { type CacheAuthentication, type CacheNetwork, type CacheProps } from "./props";
