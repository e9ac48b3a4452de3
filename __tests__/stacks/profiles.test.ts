import { dev } from "../../environments/dev";
import { defineEnvironment } from "../../environments/define-environment";
import { type EnvironmentOf, type EnvironmentInput } from "../../environments/schema";
import { PROFILE_NAMES, profiles } from "../../environments/profiles";
import { ConfigurationError } from "../../modules/core";
import { committedList, contractList } from "../helpers/contract-list";
import { readStack, removeRun, type Run, runProgram } from "../helpers/run-program";
import { profileEnvironment } from "../helpers/profile-environment";
import { withoutCodes } from "../helpers/refusal";

/** The fields of dev that no profile fills in, and those that one does. */
const { customerManagedKey, logRetentionDays, egress, database, cache, service, ...own } = dev;
const sizes = { customerManagedKey, logRetentionDays, egress, database, cache, service };

function refusal(environment: unknown): string[] {
  try {
    defineEnvironment(environment as EnvironmentInput);
  } catch (error) {
    if (error instanceof ConfigurationError) return withoutCodes(error.message).split("\n");
    throw error;
  }
  return [];
}

describe("synthesized without policy exceptions", () => {
  let run: Run;
  beforeAll(() => {
    run = runProgram("__tests__/programs/profiles.ts");
    if (run.status !== 0) throw new Error(run.stderr);
  });
  afterAll(() => removeRun(run));

  it("has no warnings", () => {
    expect(run.stderr).toBe("");
  });

  it.each(PROFILE_NAMES)("%s keeps its addresses, outputs and variables", (profile) => {
    const current = contractList(readStack(run, `messenger-crm-${profile}`));
    expect(current).toEqual(committedList(`profile-${profile}`, current));
  });

  it("uses the sharded adapter for several shards", () => {
    const adapter = (profile: string) => {
      const { text } = readStack(run, `messenger-crm-${profile}`);
      return /SOCKET_ADAPTER\\*",\\*"value\\*":\\*"([a-z-]+)|\{[^{}]*SOCKET_ADAPTER[^{}]*?value[^a-z]+([a-z-]+)/
        .exec(text)
        ?.slice(1)
        .find(Boolean);
    };
    expect(PROFILE_NAMES.map(adapter)).toEqual(["redis", "redis", "sharded-redis"]);
  });
});

it.each(PROFILE_NAMES)("an environment of the profile %s has its fields", (profile) => {
  expect(profileEnvironment(profile)).toMatchObject(profiles[profile]);
});

it("is overridden field by field", () => {
  const changed = defineEnvironment({
    ...own,
    profile: "standard",
    logRetentionDays: 30,
    database: { instanceClass: "db.m7g.xlarge" },
    service: { maxCount: 40 },
  });
  expect(changed).toEqual({
    ...own,
    ...profiles.standard,
    profile: "standard",
    logRetentionDays: 30,
    database: { ...profiles.standard.database, instanceClass: "db.m7g.xlarge" },
    service: { ...profiles.standard.service, maxCount: 40 },
  });
});

it("keeps the profile's field when the environment's is undefined", () => {
  const { cache: kept } = defineEnvironment({
    ...own,
    profile: "small",
    cache: { nodeType: undefined, replicas: 2 },
  } as unknown as EnvironmentInput & { readonly pattern: "fargate" });
  expect(kept).toEqual({ nodeType: "cache.t4g.small", replicas: 2 });
});

it("uses none of its fields for a part of another form", () => {
  const group = { kind: "replication-group", nodeType: "cache.m7g.large", replicas: 1 } as const;
  expect(defineEnvironment({ ...own, profile: "enterprise", cache: group }).cache).toEqual(group);
  const instance = { engine: "postgres", ...database } as EnvironmentOf<"fargate">["database"];
  expect(defineEnvironment({ ...own, profile: "enterprise", database: instance }).database).toEqual(instance);
});

it("refuses fields of another form than the profile's, unless the environment names the form", () => {
  const foreign = (field: string, value: unknown) =>
    `[environments/dev] database.${field}: expected nothing with aurora-postgresql, got ${String(value)}. Set engine to "postgres", or remove it.`;
  expect(refusal({ ...own, profile: "enterprise", database })).toEqual([
    foreign("instanceClass", '"db.t4g.micro"'),
    foreign("allocatedStorageGiB", 20),
    foreign("maxAllocatedStorageGiB", 50),
    foreign("multiAz", false),
  ]);
});

it("is not changed through an environment", () => {
  const { database: first } = profileEnvironment("small");
  expect(() => Object.assign(first, { multiAz: false })).toThrow(TypeError);
});

it.each<[string, object, string[]]>([
  [
    "a profile that does not exist, as one problem",
    { ...own, profile: "huge" },
    [
      '[environments/dev] profile: expected one of small, standard, enterprise, got "huge". Choose one of them, or leave it out and give every field.',
    ],
  ],
  [
    "an engine that the app does not support",
    { ...own, ...sizes, database: { ...database, engine: "constructor" } },
    [
      '[environments/dev] database.engine: expected one of postgres, aurora-postgresql, got "constructor". The application stores its messages in PostgreSQL; both are engines for it.',
    ],
  ],
  [
    "a cache kind that no environment has",
    { ...own, ...sizes, cache: { ...cache, kind: "serverless" } },
    [
      '[environments/dev] cache.kind: expected one of replication-group, cluster, got "serverless". replication-group has one shard, cluster has several.',
    ],
  ],
  [
    "a cluster without a number of shards",
    { ...own, ...sizes, cache: { ...cache, kind: "cluster" } },
    ["[environments/dev] cache.shards: expected a value, got nothing. See environments/schema.ts for what it means."],
  ],
])("refuses %s", (_title, environment, messages) => {
  expect(refusal(environment)).toEqual(messages);
});

it("refuses production on a cluster of one instance", () => {
  const enterprise = { ...profileEnvironment("enterprise"), profile: undefined };
  expect(refusal({ ...enterprise, database: { ...enterprise.database, instanceCount: 1 } })).toEqual([
    "[environments/enterprise] database.instanceCount: expected at least 2 in production, got 1. Otherwise the failure of one zone loses messages.",
  ]);
});
