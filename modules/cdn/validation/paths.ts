import { type Checks, formatValue } from "../../core/checks";
import { SOCKET_PATH } from "../../core/path";
import { type CompleteCdnProps } from "../defaults";

/** Source: CloudFront developer guide, "Quotas on distributions". */
const MAX_PATHS = 30;
const PATH_PATTERN = /^\/[A-Za-z0-9_.*$/~"'@:+&?-]{0,254}$/;

/** Checks the path patterns, and that each has one cache behavior. */
export function checkPaths(checks: Checks, { socketPath, apiPaths, cachedPaths }: CompleteCdnProps): void {
  checks.require(typeof socketPath === "string" && SOCKET_PATH.test(socketPath), {
    code: "cdn/path",
    prop: "socketPath",
    expected: "a literal path with a slash at both ends, such as /socket.io/",
    got: formatValue(socketPath),
    remedy: "It is the path of the Socket.IO server.",
  });
  for (const [prop, paths] of Object.entries({ apiPaths, cachedPaths })) {
    checks.count(prop, paths, { min: 0, max: MAX_PATHS }, "A distribution allows few cache behaviors: use wildcards.");
    for (const path of paths) {
      checks.require(typeof path === "string" && PATH_PATTERN.test(path), {
        code: "cdn/path",
        prop,
        expected: "literal paths that begin with a slash, with * and ? as wildcards",
        got: formatValue(path),
        remedy: "For example /api/*.",
      });
    }
  }
  checks.distinct(
    "cachedPaths",
    [`${socketPath}*`, ...apiPaths, ...cachedPaths],
    "path",
    "A path can have only one cache behavior.",
  );
  checks.require(!cachedPaths.some((path) => path === "/*" || path === "*"), {
    code: "cdn/everything-cached",
    prop: "cachedPaths",
    expected: "paths of files that are the same for every client",
    got: "/*",
    remedy: "One client's page would be served to all others.",
  });
}
