import { type BaseLogger, type DestinationStream, pino } from "pino";
import { redactSecrets } from "./redaction";

/** Without `child`: pino writes the bindings of a child logger without redaction. */
export type Log = BaseLogger;

export interface LogOptions {
  /** pino's level: trace, debug, info, warn, error, fatal or silent. */
  readonly level: string;
  /** Name of this deployment, in every line. */
  readonly service: string;
  /** @default standard output */
  readonly destination?: DestinationStream;
}

/**
 * Lines are written in batches of this many bytes, or after this many milliseconds at the latest. One write per line would be a large part of
 * the cost of a connection (measured). Lines that wait when the process exits are written then; only SIGKILL loses them.
 */
const BATCH = { minLength: 12_288, periodicFlush: 100 } as const;

/** Creates a logger that writes one JSON object per line to standard output, for the container's log driver. */
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
