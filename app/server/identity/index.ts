export { PasswordHashes } from "./password-hashes";
export { INVITATION_DAYS, PostgresAccounts } from "./postgres-accounts";
export { PostgresIdentity } from "./postgres-identity";
export { PostgresSessions } from "./postgres-sessions";
export { PostgresKnownAddresses } from "./postgres-known-addresses";
export { PostgresVisitors, VISITOR_LIFE_SEC } from "./postgres-visitors";
export { Tickets } from "./tickets";
