import { monitorEventLoopDelay } from "node:perf_hooks";
import { contract } from "../../contract";
import { SampleReservoir } from "./sample-reservoir";

const NANOSECONDS_PER_MS = 1e6;
/** Resolution of the event loop's lag, in milliseconds. */
const LAG_RESOLUTION_MS = 20;

const { names } = contract.container.metrics;
type MetricName = (typeof names)[keyof typeof names];
type Unit = "Count" | "Milliseconds";

const UNITS: Readonly<Record<MetricName, Unit>> = {
  [names.openConnections]: "Count",
  [names.messagesAccepted]: "Count",
  [names.ackLatencyMs]: "Milliseconds",
  [names.deliveryLatencyMs]: "Milliseconds",
  [names.eventLoopLagMs]: "Milliseconds",
  [names.adapterConnected]: "Count",
};

/** Values that are read at the time of a report. */
export interface Gauges {
  openConnections(): number;
  adapterConnected(): boolean;
}

export interface MetricsOptions {
  /** Value of the only dimension. */
  readonly service: string;
  /** Writes one line of JSON, without its line break. @default to standard output */
  readonly write?: (line: string) => void;
}

/**
 * Counts events and reports them once per interval, as one line in CloudWatch's embedded metric format. Counters and gauges are reported even
 * when they are zero, because autoscaling treats a missing value as unknown. A latency without a measurement is left out: 0 would be wrong.
 */
export class Metrics {
  readonly #lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  readonly #acks = new SampleReservoir();
  readonly #deliveries = new SampleReservoir();
  readonly #write: (line: string) => void;
  #accepted = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: MetricsOptions) {
    this.#write = options.write ?? ((line) => process.stdout.write(`${line}\n`));
  }

  /** Counts a message that was stored and is acknowledged, this many milliseconds after it arrived. */
  accepted(ms: number): void {
    this.#accepted += 1;
    this.#acks.add(ms);
  }

  /** Counts a message that was sent to the sockets, this many milliseconds after it was stored. */
  delivered(ms: number): void {
    this.#deliveries.add(ms);
  }

  start(gauges: Gauges): void {
    this.#lag.enable();
    this.#timer = setInterval(() => this.report(gauges), contract.container.metrics.intervalSec * 1000);
    this.#timer.unref();
  }

  /** Reports the last interval and stops. */
  stop(gauges: Gauges): void {
    clearInterval(this.#timer);
    this.report(gauges);
    this.#lag.disable();
  }

  report(gauges: Gauges): void {
    const values: Partial<Record<MetricName, number | readonly number[]>> = {
      [names.openConnections]: gauges.openConnections(),
      [names.messagesAccepted]: this.#accepted,
      [names.adapterConnected]: gauges.adapterConnected() ? 1 : 0,
      [names.eventLoopLagMs]: this.#worstLagMs(),
    };
    const [acks, deliveries] = [this.#acks.take(), this.#deliveries.take()];
    if (acks.length > 0) values[names.ackLatencyMs] = acks;
    if (deliveries.length > 0) values[names.deliveryLatencyMs] = deliveries;
    this.#accepted = 0;
    this.#lag.reset();
    this.#write(JSON.stringify(this.#line(values)));
  }

  /** The histogram holds the times between two ticks of a timer, which equal its resolution when nothing lags. */
  #worstLagMs(): number {
    return this.#lag.count === 0 ? 0 : Math.max(0, this.#lag.max / NANOSECONDS_PER_MS - LAG_RESOLUTION_MS);
  }

  #line(values: Partial<Record<MetricName, number | readonly number[]>>): object {
    const { namespace, dimension } = contract.metrics;
    const reported = Object.keys(values) as MetricName[];
    return {
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: namespace,
            Dimensions: [[dimension]],
            Metrics: reported.map((name) => ({ Name: name, Unit: UNITS[name] })),
          },
        ],
      },
      [dimension]: this.options.service,
      ...values,
    };
  }
}
