import { CheckFailed, type Diagnosis } from "./check";
import { type Reply } from "./client/http";

const DNS: Omit<Diagnosis, "found"> = {
  cause: "The name has no DNS record yet, or the record is not visible here.",
  remedy: "Compare the record with Terraform's outputs; a new zone also needs its name servers at the registrar.",
};
const CLOSED: Omit<Diagnosis, "found"> = {
  cause: "Nothing listens there, or a security group or a firewall drops the packets.",
  remedy: "Check the port of the URL, the load balancer's listeners and its security group.",
};
const CERTIFICATE: Omit<Diagnosis, "found"> = {
  cause: "The certificate is for another name, has expired, or its chain is incomplete.",
  remedy: "Check the listener's certificate in ACM; docs/runbooks/certificate.md has the steps.",
};

/** Errors of Node.js's network and TLS code by their `code`. Source: Node.js, "Common system errors" and "TLS". */
const NETWORK: readonly (readonly [RegExp, Omit<Diagnosis, "found">])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, DNS],
  [/^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, CLOSED],
  [/CERT|^ERR_TLS|SIGNED/, CERTIFICATE],
];

/** Statuses that a load balancer or a web ACL answers with. Source: ALB user guide, "Troubleshoot your Application Load Balancers". */
const STATUSES: Readonly<Record<number, Omit<Diagnosis, "found">>> = {
  403: {
    cause: "The web ACL blocks the request, or the application refuses its Origin.",
    remedy: "Compare ALLOWED_ORIGINS with the URL (--origin), and look at the web ACL's sampled requests.",
  },
  429: {
    cause: "The application limits how often one address may do this.",
    remedy: "Wait a minute, and repeat the command.",
  },
  502: {
    cause: "The load balancer reached a task that closed the connection or answered something else than HTTP.",
    remedy: "Read the tasks' logs: make logs ENV=<environment>.",
  },
  503: {
    cause: "No task is healthy, or the task that answered is draining or has no database.",
    remedy: "make status ENV=<environment> says what runs and why tasks stopped.",
  },
  504: {
    cause: "A task did not answer within the load balancer's idle timeout.",
    remedy: "Read the tasks' logs, and check their way to the database.",
  },
};

const UNKNOWN: Omit<Diagnosis, "found"> = {
  cause: "Something else than the application answers at this URL, or another version of it.",
  remedy: "Open the URL in a browser, and compare it with the environment's output `url`.",
};

/** Returns a failed check for a reply with another status than expected. */
export function unexpectedReply(what: string, expected: string, { status, text }: Reply): CheckFailed {
  const start = text.replace(/\s+/g, " ").trim().slice(0, 80);
  const found = `${what}: expected ${expected}, got ${status}${start === "" ? "" : ` (${start})`}`;
  return new CheckFailed({ found, ...(STATUSES[status] ?? UNKNOWN) });
}

/** Explains an error of the network, TLS included; `undefined` for every other error. */
export function networkFailure(error: unknown): Diagnosis | undefined {
  const { code = "", message = "" } = error as Partial<NodeJS.ErrnoException>;
  const known = NETWORK.find(([pattern]) => pattern.test(code))?.[1];
  return known && { found: `expected an answer, got ${message || code}`, ...known };
}
