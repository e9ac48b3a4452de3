export { type ConnectionUrlOptions } from "./connection-url";
export { Database } from "./database";
export { DATABASE_ENGINES, type DatabaseEngine } from "./engine-versions";
export { type ParameterValue } from "./parameters/value";
export { type DatabaseNetwork, type DatabaseProps } from "./props";
export { type DatabaseProxy } from "./proxy/database-proxy";
export { type DatabaseProxyProps } from "./proxy/props";
