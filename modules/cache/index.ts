export { Cache } from "./cache";
export { type CacheAuthentication, type CacheNetwork, type CacheProps } from "./cache-props";
export { type CacheEngine, type CacheKind, type SocketIoAdapter } from "./kinds";
