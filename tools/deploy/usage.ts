const COMMON = `
  --out FOLDER       synth output folder (default cdktf.out)
  --endpoint URL     every AWS service is there instead, such as a simulator
  --help             this text`;

/** What each command prints for --help. */
export const USAGE = {
  bootstrap: `usage: make bootstrap [ARGS="options"]

Prepares an account for the stacks: the state's bucket, roles with which a pipeline signs in by OIDC, the image repository; and checks account,
region and quotas. Compares what exists, shows what differs, asks, and changes only that. Safe to repeat; once for each account.
Exit codes: 0 everything is as it has to be; 2 something is missing, or a person said no; 1 an error.

  --repository NAME  GitHub's OWNER/REPO whose pipeline signs in (default: that of the remote origin)
  --branch NAME      the branch that is deployed (default main)
  --gitlab URL       the pipeline runs on this GitLab; --repository is then GROUP/PROJECT
  --no-ci            no pipeline: leave OIDC and roles alone
  --no-registry      leave the image repository alone
  --kms-key ARN      encrypt the state with this key (default: S3's own; a bucket that has a key keeps it)
  --check            compare only; change nothing
  --json             print a JSON report on standard output; progress goes to standard error
  --yes              do not ask
  --no-synth         use what is in the synth output folder`,
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
  migrate: `usage: make migrate ENV=<environment> [IMAGE=<digest or tag>] [ARGS="options"]

Runs the database migration alone, as a task of its own beside the service, prints its log, and ends with an error if it fails. A deployment runs it in
any case; alone it may take longer than the two minutes that a starting task has for it. Safe to repeat. After Ctrl-C it goes on at AWS.

  --image IMAGE      migrations of this digest or tag (default: the image that was deployed last)
  --yes              do not ask`,
  scale: `usage: make scale ENV=<environment> [MIN=n] [MAX=n] [DESIRED=n] [ARGS="options"]

Changes at once, and without Terraform, between which numbers of tasks the autoscaler chooses, and waits until they run. Temporary: Terraform
owns the limits, and its next apply returns to the environment's. Safe to repeat. Ctrl-C ends the waiting only.

  --min N            at least this many tasks
  --max N            at most this many tasks
  --desired N        this many tasks now; the autoscaler goes on from there
  --reset            return to the environment's limits
  --yes              do not ask`,
  secrets: `usage: make secrets ENV=<environment> [ARGS="list | set NAME | rotate NAME [options]"]

Lists the secrets of the tasks, sets one that people keep, or rotates a generated one without downtime. Values are read from standard input or a
hidden prompt, and never printed. NAME is a variable, such as NEXTAUTH_SECRET. Safe to repeat: an interrupted rotation is continued.

  --json             list: print it as JSON
  --no-deploy        set: do not replace the tasks, which read it when they next start
  --finish           rotate: accept the old value no longer
  --revoke           rotate: replace a value that has leaked; everybody has to sign in again
  --yes              do not ask`,
  destroy: `usage: make destroy ENV=<environment> [ARGS="options"]

Destroys everything in an environment, and lists by AWS's API what is left. Has to be told twice: --delete-data where data is lost, and the
stack's name, typed. Never switches a deletion protection off. The image repository and the state's bucket stay. Safe to repeat.
Exit codes: 0 nothing is left but what stays by design; 2 something is left, or a person said no; 1 an error.

  --delete-data      the loss of the data that the report names is meant
  --confirm STACK    the stack's name, for a pipeline; there is no --yes
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
