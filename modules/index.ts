/** The public API. Import a module by its own path (`cdktf-aws-websocket/network`) to load nothing else. */
export * from "./alb-websocket";
export * from "./cache";
export * from "./core";
export * from "./database";
export * from "./encryption-key";
export * from "./fargate-service";
export * from "./log-bucket";
export * from "./monitoring";
export * from "./network";
export * from "./registry";
export * from "./secrets";
export * from "./waf";
