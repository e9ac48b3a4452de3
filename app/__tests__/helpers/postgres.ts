export { type PostgresOptions, PostgresServer } from "../../../tools/servers/postgres";
