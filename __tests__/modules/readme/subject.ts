import { type TerraformStack } from "cdktf";

/** Props that a README has to describe: those of a construct, of a method, or of an object inside one of them. */
export interface Subject {
  /** Folder in `modules/` with the README. */
  readonly module: string;
  /** What the props belong to, for the names of tests. */
  readonly name: string;
  /** Names of the props. */
  readonly props: readonly string[];
  readonly defaults: Readonly<Record<string, unknown>>;
  /**
   * Where the README describes them: in the first column of a table with the column "default", or anywhere.
   * @default "table"
   */
  readonly place?: "text" | undefined;
  /** Path of the object inside the construct's props, as errors name it: `healthCheck`. @default the props themselves */
  readonly path?: string | undefined;
  /** Builds the construct from valid props and these. */
  readonly build: (stack: TerraformStack, changed: object) => void;
}
