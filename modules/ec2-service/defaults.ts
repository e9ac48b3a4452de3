/** Ports and processes of an instance that runs the application behind nginx. */
export const instanceDefaults = {
  entrancePort: 8080,
  firstProcessPort: 3001,
  /** One for each of the two vCPUs that the smallest burstable instances have. */
  processes: 2,
} as const;
