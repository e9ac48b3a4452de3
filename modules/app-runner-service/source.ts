import * as kind from "../core/kinds";

/** Runtimes that App Runner builds and runs code on. Source: App Runner API reference, CodeConfigurationValues.Runtime. */
export const RUNTIMES = [
  "NODEJS_22",
  "NODEJS_18",
  "NODEJS_16",
  "NODEJS_14",
  "NODEJS_12",
  "PYTHON_311",
  "PYTHON_3",
  "CORRETTO_11",
  "CORRETTO_8",
  "GO_1",
  "DOTNET_6",
  "PHP_81",
  "RUBY_31",
] as const;

/** A repository that App Runner builds, in place of an image. */
export interface CodeSource {
  /** `https://github.com/<owner>/<repository>` */
  readonly repositoryUrl: string;
  /**
   * ARN of an App Runner connection to GitHub that somebody has completed in the console. Terraform can create one, but only a person can authorize
   * it, and until then no service can be created from it.
   */
  readonly connectionArn: string;
  /** Branch to build; each push to it is deployed unless `autoDeploy` is false. */
  readonly branch: string;
  /** Runtime that builds and runs the code, such as `NODEJS_22`. */
  readonly runtime: (typeof RUNTIMES)[number];
  /** Command that builds the code: `npm ci && npm run build`. */
  readonly buildCommand: string;
  /**
   * Folder of the application in the repository.
   * @default "/"
   */
  readonly directory?: string | undefined;
}

export const CODE_SOURCE = kind.object<CodeSource>({
  repositoryUrl: kind.string,
  connectionArn: kind.string,
  branch: kind.string,
  runtime: kind.literalOneOf(RUNTIMES, "See RUNTIMES of this module."),
  buildCommand: kind.string,
  directory: kind.string,
});
