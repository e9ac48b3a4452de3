import { type BaseLogger, type DestinationStream, pino } from "pino";
import { redactSecrets } from "./redaction";

/** Without `child`: pino writes the bindings of a child as they are, past the net that holds back secrets. */
export type Log = BaseLogger;

export interface LogOptions {
  /** pino's level: trace, debug, info, warn, error, fatal or silent. */
  readonly level: string;
  /** Name of this deployment, in every line. */
  readonly service: string;
  /** Where lines go; standard output by default. */
  readonly destination?: DestinationStream;
}

/**
 * Lines go out together once there are so many bytes, and after so many milliseconds at the latest. A write for each line would be a good
 * part of what a connection costs (measured); what is waiting when the process exits is written then, and only a SIGKILL loses it.
 */
const BATCH = { minLength: 12_288, periodicFlush: 100 } as const;

/** One JSON object a line on standard output, where the container's log driver takes it. */
export function createLog({ level, service, destination }: LogOptions): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: redactSecrets },
    serializers: { err: (error: Error) => redactSecrets(pino.stdSerializers.err(error)) },
  };
  return pino(options, destination ?? pino.destination({ ...BATCH, sync: false }));
}
