export { StoredIdentity } from "./identity";
export { TICKET_LIFE_SEC, Tickets } from "./tickets";
