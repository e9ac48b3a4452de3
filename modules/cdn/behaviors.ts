import {
  type CloudfrontDistributionDefaultCacheBehavior,
  type CloudfrontDistributionOrderedCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { type CompleteCdnProps } from "./defaults";
import { ALL_VIEWER, CACHING_DISABLED } from "./managed-policies";

const READ_METHODS = ["GET", "HEAD", "OPTIONS"];
const ALL_METHODS = [...READ_METHODS, "PUT", "POST", "PATCH", "DELETE"];
const CACHED_METHODS = ["GET", "HEAD"];

/** What all cache behaviors have in common. */
export interface SharedBehaviorSettings {
  readonly originId: string;
  readonly cachePolicyId: string;
  readonly responseHeadersPolicyId: string;
}

/** Returns the default behavior, for pages. It caches nothing, because pages depend on who is signed in. */
export function defaultBehavior(shared: SharedBehaviorSettings): CloudfrontDistributionDefaultCacheBehavior {
  return { ...uncached(shared), viewerProtocolPolicy: "redirect-to-https" };
}

/** Returns the behaviors in the order in which CloudFront tries them: socket path, API, cached files. */
export function orderedBehaviors(
  { socketPath, apiPaths, cachedPaths }: CompleteCdnProps,
  shared: SharedBehaviorSettings,
): CloudfrontDistributionOrderedCacheBehavior[] {
  const direct = [`${socketPath}*`, ...apiPaths].map((pathPattern) => ({
    ...uncached(shared),
    pathPattern,
    // WebSocket clients do not follow redirects, and a redirected POST becomes a GET, so plain HTTP is refused.
    viewerProtocolPolicy: "https-only",
  }));
  const files = cachedPaths.map((pathPattern) => ({
    targetOriginId: shared.originId,
    pathPattern,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: READ_METHODS,
    cachedMethods: CACHED_METHODS,
    cachePolicyId: shared.cachePolicyId,
    responseHeadersPolicyId: shared.responseHeadersPolicyId,
    compress: true,
  }));
  return [...direct, ...files];
}

function uncached({ originId, responseHeadersPolicyId }: SharedBehaviorSettings) {
  return {
    targetOriginId: originId,
    allowedMethods: ALL_METHODS,
    cachedMethods: CACHED_METHODS,
    cachePolicyId: CACHING_DISABLED,
    originRequestPolicyId: ALL_VIEWER,
    responseHeadersPolicyId,
    // CloudFront compresses only what it may cache; the app receives Accept-Encoding and compresses the rest.
    compress: false,
  };
}

/**
 * Status codes that CloudFront would cache for 10 seconds, whatever the cache policy says. Every client would then see the 503 of one
 * client, or the 404 of a file that only the tasks of a new release have. Source: CloudFront developer guide, "Control how long CloudFront caches errors".
 */
const ERROR_CODES = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Error responses that CloudFront must not cache. */
export const UNCACHED_ERRORS = ERROR_CODES.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));
