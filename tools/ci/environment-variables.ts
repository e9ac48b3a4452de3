import { CiError } from "./errors";

/** Returns the value of a variable that a pipeline has to set. @throws CiError when it is unset or empty */
export function required(env: NodeJS.ProcessEnv, name: string, meaning: string): string {
  const value = env[name];
  if (value !== undefined && value !== "") return value;
  throw new CiError(`${name}: expected ${meaning}, got nothing. Set it in the step's environment variables.`);
}
