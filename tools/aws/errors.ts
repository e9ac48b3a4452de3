import { UserError } from "../command-line/user-error";

/** AWS refused a request, or could not be reached; the message says why and what to do. */
export class AwsError extends UserError {
  override readonly name = "AwsError";
}

/** Names and codes of a lost connection, in Node.js and in the SDK. */
const CONNECTION = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNRESET",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "TimeoutError",
];

interface Explanation {
  /** Names of the error at AWS, in the SDK or in Node.js. */
  readonly names: readonly string[];
  /** @param message AWS's own words */
  readonly text: (message: string) => string;
}

/**
 * Errors of the SDK in words. Sources: "Common errors" of the API references of ECS, SSM and STS; the SDK's packages
 * `@smithy/property-provider` and `@aws-sdk/token-providers`.
 */
const CREDENTIALS: readonly Explanation[] = [
  {
    names: ["CredentialsProviderError"],
    text: (message) =>
      /expired|refresh/i.test(message)
        ? expired(message)
        : `AWS credentials: expected some, found none (${message}). Sign in (\`aws sso login\`), set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
  },
  { names: ["ExpiredToken", "ExpiredTokenException", "TokenProviderError", "RequestExpired"], text: expired },
  {
    names: [
      "UnrecognizedClientException",
      "InvalidClientTokenId",
      "InvalidSignatureException",
      "SignatureDoesNotMatch",
      "IncompleteSignature",
    ],
    text: (message) =>
      `AWS credentials: expected valid ones, but AWS does not accept them (${message}). Check AWS_PROFILE and the key, and the clock of this machine.`,
  },
];

const EXPLANATIONS: readonly Explanation[] = [
  ...CREDENTIALS,
  {
    names: ["AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "NotAuthorized"],
    text: (message) => `AWS: not allowed. ${sentence(message)} Ask for this permission, or use another AWS_PROFILE.`,
  },
  {
    names: ["ThrottlingException", "Throttling", "TooManyRequestsException"],
    text: (message) => `AWS: too many requests (${message}). Try again in a minute.`,
  },
  {
    names: CONNECTION,
    text: (message) =>
      `AWS: expected an answer, but its endpoint cannot be reached (${message}). Check the network, the proxy and AWS_ENDPOINT_URL. Nothing else was changed; the command can be repeated.`,
  },
];

function expired(message: string): string {
  return `AWS credentials: expected valid ones, but they have expired (${message}). Sign in again (\`aws sso login\`) and repeat the command.`;
}

/** Returns the error in words when it is one of AWS's or of the way there, and any other error unchanged. */
export function awsErrorInWords(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const words = wordsOf(error);
  const found = EXPLANATIONS.find(({ names }) => names.some((name) => words.includes(name)));
  if (found) return new AwsError(found.text(reason(error)), { cause: error });
  if (!("$metadata" in error)) return error;
  return new AwsError(`AWS: ${error.name}: ${sentence(reason(error))}`, { cause: error });
}

/** Whether the error is an answer of AWS, rather than of this machine or the way there. */
export function isAnswer(error: Error): boolean {
  return "$metadata" in error && !isConnectionError(error);
}

/** Whether the credentials are missing, expired or unknown, so that no request would be answered. */
export function isCredentialsError(error: Error): boolean {
  return wordsOf(error).some((word) => CREDENTIALS.some(({ names }) => names.includes(word)));
}

/** Whether the connection to AWS was lost, which may pass. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof Error && wordsOf(error).some((word) => CONNECTION.includes(word));
}

function wordsOf(error: Error): readonly string[] {
  return [error.name, String((error as { code?: unknown }).code), ...systemErrorsIn(error)];
}

/** The SDK wraps some errors of Node.js, and only their message is left. */
function systemErrorsIn({ message }: Error): readonly string[] {
  return message.match(/\bE[A-Z]{4,}(?:_[A-Z]+)?\b/g) ?? [];
}

/** An AggregateError of Node.js, one for each address, has no message of its own. */
function reason(error: Error): string {
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : [];
  return (error.message || first?.message || error.name).replace(/(?<![.\s])[.\s]+$/, "");
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
