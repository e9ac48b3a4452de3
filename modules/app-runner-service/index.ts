export { AppRunnerService } from "./app-runner-service";
export { type AppRunnerHealthCheck } from "./health-check";
export { type AppRunnerServiceProps, type CustomDomain } from "./props";
export { type CodeSource } from "./source";
