import {
  type CloudfrontDistributionDefaultCacheBehavior,
  type CloudfrontDistributionOrderedCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { type CompleteCdnProps } from "./defaults";
import { ALL_VIEWER, CACHING_DISABLED } from "./managed-policies";

const READING = ["GET", "HEAD", "OPTIONS"];
const ALL_METHODS = [...READING, "PUT", "POST", "PATCH", "DELETE"];
const CACHED_METHODS = ["GET", "HEAD"];

/** What all behaviors have in common. */
export interface Shared {
  readonly originId: string;
  readonly cachePolicyId: string;
  readonly responseHeadersPolicyId: string;
}

/** Pages: of whoever is signed in, so that none is kept. */
export function pages(shared: Shared): CloudfrontDistributionDefaultCacheBehavior {
  return { ...uncached(shared), viewerProtocolPolicy: "redirect-to-https" };
}

/** Sockets first, then the API, then files, whose patterns could not take a request from them. */
export function behaviors(
  { socketPath, apiPaths, cachedPaths }: CompleteCdnProps,
  shared: Shared,
): CloudfrontDistributionOrderedCacheBehavior[] {
  const direct = [`${socketPath}*`, ...apiPaths].map((pathPattern) => ({
    ...uncached(shared),
    pathPattern,
    // No WebSocket client follows a redirect, and a POST would arrive as a GET: better to hear of it.
    viewerProtocolPolicy: "https-only",
  }));
  const files = cachedPaths.map((pathPattern) => ({
    targetOriginId: shared.originId,
    pathPattern,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: READING,
    cachedMethods: CACHED_METHODS,
    cachePolicyId: shared.cachePolicyId,
    responseHeadersPolicyId: shared.responseHeadersPolicyId,
    compress: true,
  }));
  return [...direct, ...files];
}

function uncached({ originId, responseHeadersPolicyId }: Shared) {
  return {
    targetOriginId: originId,
    allowedMethods: ALL_METHODS,
    cachedMethods: CACHED_METHODS,
    cachePolicyId: CACHING_DISABLED,
    originRequestPolicyId: ALL_VIEWER,
    responseHeadersPolicyId,
    // CloudFront compresses only what it may cache; the app is told what the client takes, and does it.
    compress: false,
  };
}

/**
 * Status codes that CloudFront would keep for 10 seconds, whatever the cache policy says: the 503 of one client, or the 404 of a file that
 * only the tasks of a new release have, would be everybody's. Source: CloudFront developer guide, "Control how long CloudFront caches errors".
 */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export const UNCACHED_ERRORS = ERRORS.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));
