export { type Configuration, type OidcConfiguration, readConfiguration } from "./configuration";
export { type MigrationConfiguration, readMigrationConfiguration } from "./migration";
export {
  type DatabaseAuth,
  type DatabaseConfiguration,
  type EmbeddedConfiguration,
  type PostgresConfiguration,
  type RedisConfiguration,
} from "./dependencies";
export { ConfigurationError, EXIT_CONFIGURATION, type Problem } from "./problems";
