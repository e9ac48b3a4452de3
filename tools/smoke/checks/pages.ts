import { type Check, CheckFailed, NotChecked } from "../check";
import { jsonOf } from "../client/http";
import { unexpectedReply } from "../in-words";

const MAX_REDIRECTS = 5;

export const page: Check = {
  id: "page",
  title: "Page",
  needs: [],
  async run({ http }) {
    let path = "/";
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const reply = await http.send(path);
      const { location } = reply.headers;
      if (location !== undefined && reply.status >= 300 && reply.status < 400) {
        path = redirected(http.url, path, location);
        continue;
      }
      const isPage = reply.status === 200 && (reply.headers["content-type"] ?? "").includes("text/html");
      if (!isPage) throw unexpectedReply(`GET ${path}`, "200 with an HTML page", reply);
      return `GET ${path}: 200, ${Math.round(reply.text.length / 1024)} KiB`;
    }
    throw new CheckFailed({
      found: `GET /: expected a page, got ${MAX_REDIRECTS + 1} redirects, the last one to ${path}`,
      cause: "NEXTAUTH_URL and the entrance disagree about http and https, or about the host.",
      remedy: "Compare NEXTAUTH_URL in the task definition with the URL.",
    });
  },
};

/** Returns the path of a redirect within the site. @throws CheckFailed for another site */
function redirected(url: string, path: string, location: string): string {
  const target = new URL(location, new URL(path, url));
  if (target.origin === new URL(url).origin) return `${target.pathname}${target.search}`;
  throw new CheckFailed({
    found: `GET ${path}: expected a page of ${url}, got a redirect to ${target.origin}`,
    cause:
      "The application thinks that it has another address (NEXTAUTH_URL), or the listener redirects to another one.",
    remedy: `Pass URL=${target.origin} if that is where clients go; otherwise compare the environment's entrance.`,
  });
}

export const health: Check = {
  id: "health",
  title: "Health",
  needs: [],
  async run({ http }) {
    const reply = await http.send("/api/health");
    if (reply.status !== 200 || jsonOf(reply)?.["status"] !== "ok") {
      throw unexpectedReply("GET /api/health", '200 with {"status":"ok"}', reply);
    }
    return "the task that answered accepts connections";
  },
};

export const readiness: Check = {
  id: "readiness",
  title: "Database and Redis",
  needs: [],
  async run({ http }) {
    const reply = await http.send("/api/readyz");
    const answer = jsonOf(reply);
    if (reply.status === 404) throw new NotChecked("GET /api/readyz is not served here");
    if (answer?.["database"] === "unreachable") {
      throw new CheckFailed({
        found: `GET /api/readyz: expected a reachable database, got ${reply.status} ${JSON.stringify(answer)}`,
        cause: "A task cannot connect to PostgreSQL: security group, credentials, or a failover.",
        remedy: "Read the tasks' logs; docs/runbooks/database-failover.md has the steps.",
      });
    }
    if (answer?.["adapter"] === "unreachable") {
      throw new CheckFailed({
        found: "GET /api/readyz: expected the adapter connected to Redis, got degraded",
        cause: "A task cannot connect to the cache, so its clients hear nothing from other tasks until they catch up.",
        remedy: "Read the tasks' logs for WRONGPASS or a timeout; docs/runbooks/redis-failover.md has the steps.",
      });
    }
    if (reply.status !== 200) throw unexpectedReply("GET /api/readyz", "200", reply);
    return "both reachable from the task that answered";
  },
};
