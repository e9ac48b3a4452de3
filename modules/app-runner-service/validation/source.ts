import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { ecrRepositoryArn } from "../../ecs/image";
import { isImageReference } from "../../ecs/image-reference";
import { checkImage } from "../../ecs/validation/container";
import { type CompleteAppRunnerServiceProps } from "../defaults";
import { type CodeSource } from "../source";

/** Refuses a service without exactly one source, and a source that App Runner cannot deploy. */
export function checkSource(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  const { image, source } = props;
  checks.require((image === undefined) !== (source === undefined), {
    code: "app-runner-service/one-source",
    prop: "image",
    expected: "either image or source",
    got: image === undefined ? "neither" : "both",
    remedy: "Pass an image that was pushed, or the repository that App Runner builds.",
  });
  if (image !== undefined) checkImageSource(checks, props, image);
  if (source !== undefined) checkCode(checks, props, source);
  checkStartCommand(checks, props);
}

function checkImageSource(checks: Checks, props: CompleteAppRunnerServiceProps, image: string): void {
  const { repositoryArn, autoDeploy } = props;
  checkImage(checks, { image, repositoryArn });
  if (typeof image !== "string" || isUnresolved(image) || !isImageReference(image)) return;
  const isPublic = image.startsWith("public.ecr.aws/");
  checks.require(isPublic || ecrRepositoryArn(image) !== undefined || /\.dkr[.-]ecr\b/.test(image), {
    code: "app-runner-service/registry",
    prop: "image",
    expected: "an image in ECR or in public.ecr.aws",
    got: formatValue(image),
    remedy: "Push it to a private repository of ECR.",
  });
  checks.require(!isPublic || repositoryArn === undefined, {
    code: "app-runner-service/registry",
    prop: "repositoryArn",
    expected: "nothing with an image in public.ecr.aws, which needs no permission",
    got: formatValue(repositoryArn),
    remedy: "Leave it out.",
  });
  const fixed = image.includes("@") ? "a digest, which names one image for ever" : undefined;
  const unwatched = isPublic ? "an image in public.ecr.aws, which App Runner does not watch" : undefined;
  checks.require(!autoDeploy || (fixed ?? unwatched) === undefined, {
    code: "app-runner-service/auto-deploy",
    prop: "autoDeploy",
    expected: "a tag of a private repository that moves with each release",
    got: fixed ?? unwatched ?? "",
    remedy: "Leave autoDeploy out, and deploy by changing image.",
  });
}

function checkCode(checks: Checks, props: CompleteAppRunnerServiceProps, source: CodeSource): void {
  const { repositoryUrl, connectionArn, branch, runtime, buildCommand, directory } = source;
  checks.require(props.repositoryArn === undefined, {
    code: "app-runner-service/one-source",
    prop: "repositoryArn",
    expected: "nothing with source",
    got: formatValue(props.repositoryArn),
    remedy: "It is the repository of an image.",
  });
  if (checks.required("source.repositoryUrl", repositoryUrl, "Name the repository on GitHub."))
    checks.matches(
      "source.repositoryUrl",
      repositoryUrl,
      /^https:\/\/github\.com\/[A-Za-z0-9-]{1,39}\/[A-Za-z0-9_.-]{1,100}$/,
      "https://github.com/<owner>/<repository>",
      "Copy the address of the repository's page, without .git and without a branch.",
      "app-runner-service/repository-url",
    );
  const connection = "Create a connection in the App Runner console and complete it there; Terraform cannot.";
  if (checks.required("source.connectionArn", connectionArn, connection))
    checks.arn("source.connectionArn", connectionArn, ARN_TYPES.appRunnerConnection, connection);
  if (checks.required("source.branch", branch, 'For example "main".'))
    checks.matches("source.branch", branch, /^[^\s~^:?*[\\]+$/, "the name of a branch", 'For example "main".');
  checks.required("source.runtime", runtime, "For example NODEJS_22.");
  if (checks.required("source.buildCommand", buildCommand, "For example npm ci && npm run build."))
    checks.matches("source.buildCommand", buildCommand, ONE_LINE, "one line", "Join the commands with &&.");
  checks.matches("source.directory", directory, /^\/[^\0\s]*$/, "a path that begins with /", 'For example "/app".');
}

/** Source: App Runner API reference, CodeConfigurationValues.BuildCommand. */
const ONE_LINE = /^[^\n\r]+$/;

function checkStartCommand(checks: Checks, { source, startCommand }: CompleteAppRunnerServiceProps): void {
  const remedy = 'For example "node server.js".';
  const code = "app-runner-service/start-command";
  if (source !== undefined && !checks.required("startCommand", startCommand, remedy, code)) return;
  checks.matches("startCommand", startCommand, ONE_LINE, "one line", remedy, code);
}
