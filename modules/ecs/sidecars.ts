import * as kind from "../core/kinds";
import { type WithDefaults, withDefaults } from "../core/props";
import { SECRET_VARIABLES, type SecretVariables } from "./secrets";

const CONDITIONS = ["START", "HEALTHY"] as const;

/** A container beside the app's, such as a collector of OpenTelemetry, an agent of Datadog, or Envoy. It shares the app's `localhost`. */
export interface Sidecar {
  /** What to run: a digest or an immutable tag, never `latest`. */
  readonly image: string;
  /**
   * ARN of the ECR repository that the image is pulled from; needed when `image` is known only at apply.
   * @default read from `image`; no permission to pull when that is not in ECR
   */
  readonly repositoryArn?: string | undefined;
  /**
   * Replaces the image's CMD, in exec form.
   * @default the image's own
   */
  readonly command?: readonly string[] | undefined;
  /**
   * User, or user:group, that the container runs as; never root.
   * @default the app's `user`
   */
  readonly user?: string | undefined;
  /**
   * TCP ports that it listens on for others than the app, 1024 to 65535. The app reaches every port of it on `localhost` without.
   * @default none
   */
  readonly ports?: readonly number[] | undefined;
  /**
   * Variables in plain text.
   * @default none
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Secret variables and where their values are stored. It does not receive the app's.
   * @default none
   */
  readonly secrets?: SecretVariables | undefined;
  /**
   * Health check inside the container, in ECS's form: `["CMD", "/healthcheck"]`.
   * @default none
   */
  readonly healthCheckCommand?: readonly string[] | undefined;
  /**
   * What the app waits for: that this container has started, or that it is healthy. Either way the app stops first, so that this
   * container still takes what the app sends while it drains.
   * @default "START"
   */
  readonly appWaitsFor?: (typeof CONDITIONS)[number] | undefined;
  /**
   * Whether the task ends with this container.
   * @default false
   */
  readonly essential?: boolean | undefined;
  /**
   * CPU units of the task that it may count on, 1 to 16384.
   * @default none reserved
   */
  readonly cpu?: number | undefined;
  /**
   * Memory in MiB beyond which it is killed, 6 to 122880.
   * @default all that the task has
   */
  readonly memoryMiB?: number | undefined;
  /**
   * Folders that it may write to: each is an empty volume of its own. The rest of its file system is read-only.
   * @default none
   */
  readonly writablePaths?: readonly string[] | undefined;
}

/** Sidecars by the name of their container. */
export type Sidecars = Readonly<Record<string, Sidecar>>;

export const sidecarDefaults = {
  environment: {},
  secrets: {},
  ports: [],
  appWaitsFor: "START",
  essential: false,
  writablePaths: [],
} as const satisfies Partial<Sidecar>;

export type CompleteSidecar = WithDefaults<Sidecar, typeof sidecarDefaults>;

export const SIDECAR_PROPS: kind.Shape<Sidecar> = {
  image: kind.string,
  repositoryArn: kind.string,
  command: kind.array(kind.string),
  user: kind.string,
  ports: kind.arrayOfKnownLength(kind.number),
  environment: kind.record(kind.string),
  secrets: SECRET_VARIABLES,
  healthCheckCommand: kind.array(kind.string),
  appWaitsFor: kind.literalOneOf(CONDITIONS, "HEALTHY needs a healthCheckCommand."),
  essential: kind.boolean,
  cpu: kind.number,
  memoryMiB: kind.number,
  writablePaths: kind.arrayOfKnownLength(kind.string),
};

/** Seconds that a sidecar has to stop after the app has: the default of ECS. */
export const SIDECAR_STOP_SEC = 30;

/** Fills in the defaults of each sidecar. */
export function completeSidecars(sidecars: Sidecars): Readonly<Record<string, CompleteSidecar>> {
  return Object.freeze(
    Object.fromEntries(
      Object.entries(sidecars).map(([name, sidecar]) => [name, sidecar && withDefaults(sidecarDefaults, sidecar)]),
    ),
  );
}

/** Returns the path in a sidecar of each volume of its own, by volume name. */
export function sidecarVolumes(name: string, { writablePaths }: CompleteSidecar): Readonly<Record<string, string>> {
  return Object.fromEntries(writablePaths.map((path, index) => [`${name}-${index}`, path]));
}
