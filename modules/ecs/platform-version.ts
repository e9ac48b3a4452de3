/** Version of Fargate's platform: the first with ARM64, ephemeral storage and Spot. Pinned, so that a new version arrives by a reviewed change. */
export const PLATFORM_VERSION = "1.4.0";
