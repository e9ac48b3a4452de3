/** The simulator accepts any credentials, so these are not a secret. */
export const CREDENTIALS = { accessKeyId: "testing", secretAccessKey: "testing" } as const;
