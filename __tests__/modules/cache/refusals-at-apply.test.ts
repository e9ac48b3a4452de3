import { type CacheProps } from "../../../modules/cache";
import { cache, refused } from "./make";

const none = (reason: string): Partial<CacheProps> => ({
  kind: "serverless",
  authentication: { kind: "none", reason },
});

describe("the reason for a serverless cache without authentication", () => {
  it("is refused when it makes the description longer than ElastiCache accepts", () => {
    expect(refused(none("x".repeat(300)))).toEqual([
      "[test/cache] authentication.reason: expected at most 195 characters, got 300. It is part of the description, which has 255 at most: say it shorter.",
    ]);
  });

  it("may fill the description", () => {
    const made = cache(none("x".repeat(195))).only("aws_elasticache_serverless_cache");
    expect(String(made["description"])).toHaveLength(255);
  });
});

describe("a user with the id of the disabled user default", () => {
  const authentication = { kind: "iam", userName: "crm-dev-default" } as const;

  it("is refused with Redis OSS, whose group has both", () => {
    expect(refused({ engine: "redis", authentication })).toEqual([
      '[test/cache] authentication.userName: expected another name than the id of the disabled user default, got "crm-dev-default". Redis OSS needs that user in the group: choose another name.',
    ]);
  });

  it("is accepted with Valkey, whose group has no such user", () => {
    expect(cache({ authentication }).only("aws_elasticache_user")["user_id"]).toBe("crm-dev-default");
  });
});

it("an eviction policy that does not exist is refused", () => {
  expect(refused({ parameters: { "maxmemory-policy": "volatile-ttll" } })).toEqual([
    '[test/cache] parameters.maxmemory-policy: expected one of volatile-lru, allkeys-lru, volatile-lfu, allkeys-lfu, volatile-random, allkeys-random, volatile-ttl, noeviction, got "volatile-ttll". volatile-ttl, which the construct sets, evicts what expires soonest.',
  ]);
});

it("repeated prefixes and namespaces are in the access string once", () => {
  const made = cache({
    keyPrefixes: ["crm:", "crm:"],
    channelPrefixes: ["socket.io", "socket.io#/#"],
    socketNamespaces: ["/", "/"],
  });
  const patterns = String(made.only("aws_elasticache_user")["access_string"]).split(" ");
  expect(patterns.filter((pattern) => /^[~&]/.test(pattern))).toEqual([
    ...["~crm:*", "&socket.io*", "&socket.io#/#*", "&socket.io#/##/#*"],
  ]);
});

describe("prefixes that do not cover the adapter's own names", () => {
  const warnings = (props: Partial<CacheProps>): string[] => {
    const found: string[] = [];
    cache(props, ({ node }) =>
      found.push(...node.metadata.filter(({ type }) => type.includes("warn")).map(({ data }) => String(data))),
    );
    return found;
  };

  it("are warned about", () => {
    expect(warnings({ adapter: "redis-streams", keyPrefixes: ["crm:"] })).toEqual([
      "keyPrefixes: none of crm: covers socket.io, the name of the adapter's stream (streamName) unless the app sets another. Add it, or the user may not use it.",
    ]);
    expect(warnings({ channelPrefixes: ["crm:"] })).toEqual([
      "channelPrefixes: none of crm: covers socket.io, the name of the adapter's channels (key) unless the app sets another. Add it, or the user may not use it.",
    ]);
  });

  it("are fine when they do, or when the adapter does not use them", () => {
    expect(warnings({ adapter: "redis-streams", keyPrefixes: ["crm:", "socket.io"] })).toEqual([]);
    expect(warnings({ keyPrefixes: ["crm:"], channelPrefixes: ["socket.io"] })).toEqual([]);
    expect(warnings({ keyPrefixes: ["crm:"] })).toEqual([]);
  });
});
