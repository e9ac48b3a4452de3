/** Defaults of the optional fields of an environment. Sizes come from profiles instead. */
export const environmentDefaults = { pattern: "fargate" } as const;
