/** What an environment need not state. Sizes have profiles instead. */
export const environmentDefaults = { pattern: "fargate" } as const;
