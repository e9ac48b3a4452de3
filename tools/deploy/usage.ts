const COMMON = `
  --out FOLDER       synth output folder (default cdktf.out)
  --endpoint URL     every AWS service is there instead, such as a simulator
  --help             this text`;

/** What each command prints for --help. */
export const USAGE = {
  image: `usage: make image ENV=<environment> [ARGS="options"]

Builds the application's image for the architecture of the environment's tasks with docker, podman or buildah, and pushes it. Writes a
list of what is in it (SBOM) with syft, or with newer versions of podman and buildah. Prints the digest, which \`make deploy\` takes.
Changes nothing that runs.

  --tag TAG          tag beside the digest (default: the current commit); the registry refuses a tag that exists
  --existing NAME    push this local image instead of building one; refused for another architecture
  --context FOLDER   folder with the Dockerfile (default app)
  --sbom FOLDER      where the SBOM is kept, named by the digest (default dist/sbom)
  --sign             sign the image with cosign, attach the SBOM signed; its public log keeps your address for good
  IMAGE_BUILDER      path of the program to use (environment variable)`,
  deploy: `usage: make deploy ENV=<environment> [IMAGE=<digest or tag>] [ARGS="options"]

Synthesizes, checks the policies, plans, reports what the plan does to data, connections and cost, asks, applies, and waits until the
service is steady. Without IMAGE it keeps the image that runs. Safe to repeat. Ctrl-C lets Terraform finish what it is doing.

  --yes              do not ask; for a pipeline
  --plan-only        stop after the report
  --fail-on LIST     refuse the plan when there is any of: data-loss, outage, interruption, policy, drift, changes (default data-loss)
  --accept ADDRESS   do not refuse what happens to this resource; may be repeated
  --no-synth         use what is in the synth output folder`,
  status: `usage: make status ENV=<environment> [ARGS="options"]

Says what runs: image, tasks, targets, deployments, events, why tasks stopped, and whether Terraform's next plan keeps the image.
Exit codes: 0 steady; 2 a deployment is in progress or has failed; 1 the state could not be read.

  --json             print it as JSON`,
  rollback: `usage: make rollback ENV=<environment> [ARGS="options"]

Returns the service to the newest earlier revision with another image, without Terraform, and keeps what Terraform knows in step. After
ECS has rolled back by itself, only the latter. Safe to repeat. The database stays as it is.

  --to REVISION      return to this revision instead
  --yes              do not ask`,
  logs: `usage: make logs ENV=<environment> [ARGS="options"]

Prints the containers' log lines, the oldest first.

  --since TIME       how far back: 90s, 15m, 2h, 1d (default 15m)
  --container NAME   only this container, such as app or migration
  --filter PATTERN   CloudWatch's filter pattern, such as ERROR or { $.level = "error" }
  --follow           go on until Ctrl-C`,
} as const;

export type CommandName = keyof typeof USAGE;
export const COMMANDS = Object.keys(USAGE) as CommandName[];

export function usageOf(command: CommandName | undefined): string {
  if (command !== undefined) return `${USAGE[command]}${COMMON}`;
  return `usage: node --import tsx tools/deploy/cli.ts <command> <environment> [options]

  ${COMMANDS.map((name) => `${name.padEnd(10)}${purpose(name)}`).join("\n  ")}

\`<command> --help\` has the options of each. \`make <command> ENV=<environment> ARGS="options"\` is the same.`;
}

/** The first sentence of a command's text. */
function purpose(name: CommandName): string {
  return `${USAGE[name].split("\n\n")[1]!.replaceAll("\n", " ").split(". ")[0]!.replace(/\.$/, "")}.`;
}
