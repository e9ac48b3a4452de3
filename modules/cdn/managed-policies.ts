/**
 * Ids of policies that AWS manages; they are the same in every account.
 * Source: CloudFront developer guide, "Use managed cache policies" and "Use managed origin request policies".
 */

/** Caches nothing. */
export const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/**
 * Forwards every header (Host, Origin and Sec-WebSocket-* included), cookie and query string of the client. Source for WebSockets:
 * CloudFront developer guide, "Use WebSockets with CloudFront distributions".
 */
export const ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";
