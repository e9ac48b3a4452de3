export const SERVICE_KINDS = ["sockets", "http", "worker"] as const;

/** What a service does. It decides what the service needs, and what it is refused with. */
export type ServiceKind = (typeof SERVICE_KINDS)[number];
