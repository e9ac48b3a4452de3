export { Cache } from "./cache";
export { type CacheAuthentication, type CacheNetwork, type CacheProps } from "./props";
export { type CacheEngine, type CacheKind, type SocketIoAdapter } from "./adapters";
