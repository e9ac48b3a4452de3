export { Accounts, INVITATION_DAYS, type StoredUser } from "./accounts";
export { createAuthBackend } from "../pages/create-auth-backend";
export { StoredIdentity } from "./identity";
export { PasswordHashes } from "./password-hashes";
export { Sessions } from "./sessions";
export { type AttemptLimiter, SIGN_IN_LIMITS, SignIn, type SignInLimiters } from "./sign-in";
export { Tickets } from "./tickets";
export { Overloaded } from "./concurrency-limit";
export { VISITOR_LIFE_SEC, Visitors } from "./visitors";
