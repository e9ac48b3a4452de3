export { type RedisOptions, RedisServer } from "../../../tools/servers/redis";
