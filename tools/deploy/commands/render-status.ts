import { terminalTable } from "../../render/table";
import { type DeploymentSnapshot, revisionOf, type ServiceSnapshot } from "../service/snapshot";
import { limitsText } from "../scaling/scale-plan";
import { type Status } from "./status";

const MOST_EVENTS = 5;

/** Renders the state of a service for a terminal. */
export function renderStatus(status: Status): string {
  const { service } = status;
  const sections = [
    [
      `${status.stack} (account ${status.accountId}, ${status.region}): ${summary(status)}`,
      `  image      ${status.image}`,
      `  revision   ${status.revision}`,
      `  tasks      ${service.running} running, ${service.pending} starting, ${service.desired} wanted`,
      ...(status.scaling === undefined ? [] : [`  limits     ${limits(status.scaling)}`]),
      `  terraform  ${memory(status)}`,
    ].join("\n"),
    service.deployments.length > 1 || !status.steady ? deployments(service) : "",
    targets(service),
    list(
      "Stopped tasks (kept for about an hour)",
      status.stopped.map(({ id, revision, why }) => `${id}  revision ${revision}  ${why}`),
    ),
    list(
      "Events",
      service.events.slice(0, MOST_EVENTS).map(({ at, message }) => `${at.toISOString()}  ${message}`),
    ),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function summary({ steady, service }: Status): string {
  if (steady) return "steady";
  const failed = service.deployments.find(({ rollout }) => rollout === "FAILED");
  return failed ? `a deployment failed: ${failed.reason}` : "a deployment is in progress";
}

function memory({ inStep, remembered, image }: Status): string {
  if (inStep === undefined) return "leaves the image to a pipeline";
  if (inStep) return "the next plan keeps this image";
  return remembered === image
    ? "a newer revision is active, which the next plan replaces: run `make rollback` to keep what runs"
    : `the next plan would run ${remembered}: \`make deploy IMAGE=${image}\` keeps what runs`;
}

/** `2 to 8 tasks, as the environment says`, or what the next apply does about a scaling by hand. */
function limits({ now, environment }: NonNullable<Status["scaling"]>): string {
  if (now === undefined) return `no autoscaler; the next apply creates it with ${limitsText(environment)} tasks`;
  const own = `${limitsText(now)} tasks`;
  const isSame = now.min === environment.min && now.max === environment.max;
  return isSame ? own : `${own}, scaled by hand; the next apply returns to ${limitsText(environment)}`;
}

function deployments({ deployments: all }: ServiceSnapshot): string {
  const row = ({ taskDefinition, rollout, running, desired, pending, failed, startedAt }: DeploymentSnapshot) => [
    String(revisionOf(taskDefinition)),
    rollout.toLowerCase().replaceAll("_", " "),
    `${running} of ${desired}`,
    String(pending),
    String(failed),
    startedAt.toISOString(),
  ];
  const header = ["revision", "rollout", "running", "starting", "failed", "since"];
  return terminalTable(header, all.map(row), ["right", "left", "right", "right", "right", "left"]);
}

function targets({ targets: all }: ServiceSnapshot): string {
  if (all.length === 0) return "";
  return terminalTable(
    ["target", "state", "why"],
    all.map(({ id, state, description }) => [id, state, description]),
    ["left", "left", "left"],
  );
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}
