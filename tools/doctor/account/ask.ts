import { isAnswer, isCredentialsError } from "../../aws/errors";

/** A question had no answer: a permission is missing, AWS refuses more requests, or it failed. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";

  /** @param action permission that the question needs, such as `ec2:DescribeSubnets` */
  constructor(
    readonly action: string,
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super(`${action}: ${why}`, options);
  }
}

const THROTTLED = /throttl|TooManyRequests|RequestLimitExceeded|Rate exceeded/i;
const DENIED = /AccessDenied|Unauthorized|NotAuthorized|AuthFailure|AuthorizationError/i;

/**
 * Waits for the answer to a request.
 * @param action permission that it needs
 * @throws Unanswered when AWS refuses or fails; errors of the credentials and the connection unchanged, because they concern every question
 */
export async function ask<T>(action: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || !isAnswer(error) || isCredentialsError(error)) throw error;
    throw unanswered(action, error);
  }
}

/**
 * Waits for the answer to a request about something that may be absent.
 * @param absent names of the errors by which AWS says that there is none
 * @returns `undefined` when there is none
 */
export async function askIfPresent<T>(
  action: string,
  absent: readonly string[],
  answer: Promise<T>,
): Promise<T | undefined> {
  return ask(
    action,
    answer.catch((error: unknown) => {
      if (error instanceof Error && absent.includes(error.name)) return undefined;
      throw error;
    }),
  );
}

function unanswered(action: string, error: Error): Unanswered {
  const words = `${error.name} ${error.message}`;
  if (DENIED.test(words)) {
    // AWS names the action that is missing, which may differ from the one that was asked for.
    const named = /perform: ([\w-]+:\w+)/.exec(error.message)?.[1] ?? action;
    return new Unanswered(named, "these credentials may not ask: grant the permission, or use another AWS_PROFILE", {
      cause: error,
    });
  }
  if (THROTTLED.test(words)) {
    return new Unanswered(action, "AWS refuses more requests for now: run it again in a minute", { cause: error });
  }
  return new Unanswered(action, `AWS answered ${error.name}: ${error.message || "no message"}`, { cause: error });
}
