import { type CacheProps } from "../../../modules/cache";
import { NODE_VERSIONS } from "../../../modules/cache/engine-versions";
import { describeParameterMistake } from "../../../modules/cache/parameter-names";
import { cache, refused } from "./make";

const WAY_OUT = "What AWS has added since this version of the package goes to uncheckedParameters.";

it.each<[string, Partial<CacheProps>, string, string]>([
  [
    "misspelt",
    { parameters: { "maxmemory-polcy": "allkeys-lru" } },
    "valkey 8.0",
    `Did you mean maxmemory-policy? ${WAY_OUT}`,
  ],
  [
    "of an old version",
    { parameters: { "min-slaves-to-write": "1" } },
    "valkey 8.0",
    `Did you mean min-replicas-to-write? ${WAY_OUT}`,
  ],
  ["of nothing known", { parameters: { zzz: "1" } }, "valkey 8.0", WAY_OUT],
  [
    "that the version has no more",
    { parameters: { "lazyfree-lazy-expire": "yes" } },
    "valkey 8.0",
    "valkey 8 has removed it: what it switched on always happens.",
  ],
  [
    "that the version does not have yet",
    { parameters: { "commandlog-reply-larger-than": "1" } },
    "valkey 8.0",
    "It exists since valkey 8.1, and this is valkey 8.0.",
  ],
  [
    "of Valkey for Redis OSS",
    { engine: "redis", parameters: { "extended-redis-compatibility": "yes" } },
    "redis 7.1",
    "It exists since valkey 8, and this is redis 7.1.",
  ],
  ["of AWS's own", { parameters: { appendonly: "yes" } }, "valkey 8.0", "ElastiCache does not let anybody change it."],
])("refuses a parameter %s", (_, props, version, remedy) => {
  const [name] = Object.keys(props.parameters!);
  expect(refused(props)).toEqual([
    `[test/cache] parameters.${name}: expected a parameter that ${version} lets one change, got "${name}". ${remedy}`,
  ]);
});

it("takes a parameter that it does not know unchecked, and refuses one that is given twice", () => {
  const template = cache({ uncheckedParameters: { "list-max-listpack-size": "128" } });
  expect(template.only("aws_elasticache_parameter_group")["parameter"]).toEqual([
    { name: "maxmemory-policy", value: "volatile-ttl" },
    { name: "list-max-listpack-size", value: "128" },
  ]);
  const twice = { parameters: { timeout: "30" }, uncheckedParameters: { timeout: "60" } };
  expect(refused(twice)).toEqual([
    "[test/cache] uncheckedParameters: expected each parameter once, in parameters or here, got timeout. Keep it in parameters.",
  ]);
  expect(refused({ uncheckedParameters: { "cluster-enabled": "yes" } })).toHaveLength(1);
});

it("knows the parameters of every version that the module has", () => {
  const count = { valkey: [0, 0, 0, 0], redis: [0, 0] };
  const names = ["timeout", "lazyfree-lazy-expire", "extended-redis-compatibility", "commandlog-reply-larger-than"];
  for (const engine of ["valkey", "redis"] as const) {
    NODE_VERSIONS[engine].forEach(({ version }, index) => {
      count[engine][index] = names.filter(
        (name) => describeParameterMistake(name, engine, version) === undefined,
      ).length;
    });
  }
  expect(count).toEqual({ valkey: [2, 2, 3, 3], redis: [2, 2] });
});
