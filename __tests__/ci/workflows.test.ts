import {
  expressionsInScripts,
  hasCredentials,
  mayWrite,
  neededPermissions,
  permissionsOf,
  persistedTokens,
  pins,
  runsForeignCode,
  syntaxErrors,
  unpinned,
} from "./rules";
import {
  type Job,
  jobs,
  makeTargets,
  names,
  scriptsOf,
  targetsIn,
  textOf,
  type Workflow,
  workflowOf,
} from "./workflow";

/** Jobs with steps of their own: not those that call another workflow. */
const working = jobs.filter(([, { steps }]) => steps !== undefined);

/** Workflows whose runs must not end halfway. */
const NEVER_CANCELLED = ["deploy.yml", "drift.yml"];

it("finds the workflows", () => {
  expect(names).toEqual(["apply.yml", "deploy.yml", "drift.yml", "plan.yml", "test.yml"]);
  expect(working.length).toBeGreaterThan(7);
});

describe.each(names)("%s", (name) => {
  const { on, permissions, concurrency, defaults } = workflowOf(name);

  it("pins every action to a commit, with its version", () => {
    expect(unpinned(textOf(name))).toEqual([]);
  });

  it("gives nothing to jobs that ask for nothing", () => {
    expect(permissions).toEqual({});
  });

  it("runs its scripts in a shell that stops at the first failure, pipes included", () => {
    expect(defaults?.run?.shell).toBe("bash");
  });

  it("runs no code of a pull request with the rights of the base branch", () => {
    expect(runsForeignCode(workflowOf(name))).toBe(false);
  });

  it("runs once at a time, and is not cancelled halfway where that would leave something behind", () => {
    if ("workflow_call" in on) return expect(concurrency).toBeUndefined();
    expect(concurrency?.group).toMatch(/\w/);
    expect(concurrency?.["cancel-in-progress"] === false).toBe(NEVER_CANCELLED.includes(name));
  });
});

describe.each(working)("%s", (_, job) => {
  it("has the permissions that its steps need, and no other", () => {
    expect(permissionsOf(job)).toEqual(neededPermissions(job));
  });

  it("has credentials, or may write, or neither", () => {
    expect(hasCredentials(job) && mayWrite(job)).toBe(false);
  });

  it("leaves no token in the work folder", () => {
    expect(persistedTokens(job)).toEqual([]);
  });

  it("has scripts without expressions, which bash can parse", () => {
    expect(expressionsInScripts(job)).toEqual([]);
    expect(syntaxErrors(scriptsOf(job))).toEqual([]);
  });

  it("runs make targets that exist, one command a step", () => {
    expect(targetsIn(scriptsOf(job)).filter((target) => !makeTargets.includes(target))).toEqual([]);
    expect(scriptsOf(job).filter((script) => script.trim().includes("\n"))).toEqual([]);
  });

  it("ends by itself", () => {
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it("never uploads a plan, which contains secrets in clear text", () => {
    const uploads = (job.steps ?? []).filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
    expect(uploads.filter(({ with: inputs }) => inputs?.["path"] !== "cdktf.out/plan-report.md")).toEqual([]);
  });
});

it("uses one commit for each version of an action, in all workflows", () => {
  const all = [...new Set(names.flatMap((name) => pins(textOf(name))))];
  expect(all.length).toBeGreaterThan(5);
  expect(new Set(all.map((pin) => pin.split("@")[0])).size).toBe(all.length);
});

it("uses one version of Terraform, so that one job can apply the plan of another", () => {
  const versions = names.flatMap((name) =>
    [...textOf(name).matchAll(/terraform_version: (.*)/g)].map(([, one]) => one),
  );
  expect(versions.length).toBeGreaterThan(4);
  expect(new Set(versions).size).toBe(1);
  expect(versions[0]).toMatch(/^\d+\.\d+\.\d+$/);
});

describe("pull requests of forks", () => {
  it("get no credentials", () => {
    for (const name of names.filter((one) => "pull_request" in workflowOf(one).on)) {
      for (const job of Object.values(workflowOf(name).jobs)) {
        if (hasCredentials(job))
          expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
      }
    }
  });

  it("and branches cannot read secrets: their plans refresh nothing, with a role that no other workflow has", () => {
    const roles = (name: string) =>
      [...textOf(name).matchAll(/role-to-assume: \$\{\{ vars\.(\w+) \}\}/g)].map(([, role]) => role);
    for (const name of names) {
      const isForReview = "pull_request" in workflowOf(name).on;
      expect([name, roles(name).every((role) => (role === "AWS_PLAN_ROLE") === isForReview)]).toEqual([name, true]);
    }
    const plans = scriptsOf(workflowOf("plan.yml").jobs["plan"]!).filter((script) => script.startsWith("make ci-plan"));
    expect(plans).toEqual(['make ci-plan ARGS="--read-only --no-refresh"']);
  });

  it("cannot change what runs with a token that writes", () => {
    const { steps = [] } = workflowOf("plan.yml").jobs["comment"]!;
    const checkout = steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with?.["ref"]).toBe("${{ github.event.pull_request.base.sha }}");
  });
});

describe("a deployment", () => {
  const { jobs: parts, on } = workflowOf("deploy.yml");
  const { jobs: applyJobs } = workflowOf("apply.yml");

  it("follows a merge only", () => {
    expect(Object.keys(on).sort()).toEqual(["push", "workflow_dispatch"]);
    expect(on["push"]).toEqual({ branches: ["main"] });
  });

  it("goes to dev, then to prod, with the digest of one image", () => {
    expect(parts["prod"]?.needs).toContain("dev");
    const digests = [parts["dev"], parts["prod"]].map(
      (job) => (job as { with?: Record<string, string> }).with?.["image_digest"],
    );
    expect(digests).toEqual(["${{ needs.image.outputs.digest }}", "${{ needs.image.outputs.digest }}"]);
  });

  it("applies under the protection of its environment what another job has planned and shown", () => {
    const { plan, apply } = applyJobs;
    expect(plan?.environment).toBeUndefined();
    expect(apply).toMatchObject({ needs: "plan", environment: "${{ inputs.environment }}" });
    expect(scriptsOf(plan!).findIndex((script) => script.includes("GITHUB_STEP_SUMMARY"))).toBeGreaterThan(0);
    const [step] = apply!.steps!.filter(({ run }) => run?.startsWith("make ci-apply"));
    expect(step?.env).toMatchObject({ SHA256: "${{ needs.plan.outputs.plan_sha256 }}" });
    expect(targetsIn(scriptsOf(apply!))).not.toContain("ci-plan");
  });
});

describe("the rules", () => {
  const COMMIT = "3d3c42e5aac5ba805825da76410c181273ba90b1";

  it("find actions that are not pinned", () => {
    const text = [
      "uses: a/b@v1",
      `- uses: a/b@${COMMIT}`,
      `- uses: a/b@${COMMIT} # v1`,
      `- uses: a/b@${COMMIT} # v1.2.3`,
      "- uses: ./c",
    ];
    expect(unpinned(text.join("\n"))).toEqual(text.slice(0, 3));
  });

  it("find missing and superfluous permissions", () => {
    const job: Job = {
      permissions: { issues: "write" },
      steps: [{ uses: `actions/checkout@${COMMIT}` }, { run: "make ci-comment" }],
    };
    expect(neededPermissions(job)).toEqual(["contents: read", "pull-requests: write"]);
    expect(permissionsOf(job)).toEqual(["issues: write"]);
  });

  it("find credentials beside a token that writes", () => {
    const job: Job = {
      permissions: { "id-token": "write", contents: "write" },
      steps: [{ uses: "aws-actions/configure-aws-credentials@v6" }],
    };
    expect([hasCredentials(job), mayWrite(job)]).toEqual([true, true]);
  });

  it("find expressions and mistakes in scripts, and targets", () => {
    const job: Job = {
      steps: [
        { run: "echo ${{ github.event.pull_request.title }}" },
        { run: "if true; then" },
        { run: "make no-such-target" },
      ],
    };
    expect(expressionsInScripts(job)).toHaveLength(1);
    expect(syntaxErrors(["if true; then"])).toHaveLength(1);
    expect(targetsIn(scriptsOf(job))).toEqual(["no-such-target"]);
  });

  it("find a token that stays, and foreign code with rights", () => {
    const job: Job = { steps: [{ uses: `actions/checkout@${COMMIT}` }] };
    expect(persistedTokens(job)).toHaveLength(1);
    const workflow: Workflow = { on: { pull_request_target: null }, jobs: { one: job } };
    expect(runsForeignCode(workflow)).toBe(true);
    expect(runsForeignCode({ ...workflow, on: { pull_request: null } })).toBe(false);
  });
});
