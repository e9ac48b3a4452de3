# Targets with a comment after ## are listed by `make help`.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

export CHECKPOINT_DISABLE := 1
TS := node --import tsx
SYNTH := node tools/synth/run.mjs
JEST := node_modules/.bin/jest
# Lanes of targets run side by side, and end at the first failure.
LANES := node .ci/side-by-side.mjs
RESULTS := .cache/test
# catatonit is what podman's --init runs: the init process that ECS adds, too.
IMAGE_PACKAGES := buildah podman runc debootstrap catatonit postgresql redis-server

# The Node.js of the image, which the twin's tasks run on.
IMAGE_NODE := tools/image/node/node_modules
INSTANCE_PACKAGES := systemd-container nginx-light jq curl logrotate shellcheck haproxy postgresql redis-server
FAULTS_PACKAGES := haproxy iptables nginx-light curl postgresql redis-server libfaketime

# Every target that `make help` lists is a command, not a file.
.PHONY: test-types test-lint $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile)

help: ## List these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[36m%-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: node_modules ## Synthesize every stack and apply it to an AWS simulator with the real Terraform
	STATE_BACKEND=local $(SYNTH)
	$(TS) tools/up/cli.ts

ENV := dev

# Where the synth writes.
OUT := $(or $(CDKTF_OUTDIR),cdktf.out)

# IMAGE=name runs containers of an image that podman has, instead of processes of the built app.
twin: node_modules app/dist/image $(IMAGE_NODE) ## Run what `make up` applied for ENV (default dev) with real servers at http://127.0.0.1:8080
	@.ci/require-debian haproxy iptables nginx-light curl postgresql redis-server
	@$(TS) tools/twin/cli.ts up --env $(ENV) $(if $(IMAGE),--image $(IMAGE))

dev: app/node_modules ## Run messenger-crm alone: no database, no Redis, demo accounts
	cd app && npm run dev

# Three lanes keep two cores busy: the app, the twin and Terraform's provider mostly wait, and Terraform gives way. What two lanes need is built first.
test: node_modules app/node_modules app/dist/image ## Run all tests: types, lint, format, unit, app, twin, Terraform, container image, instance
	@$(LANES) "test-types test-lint test-app" "test-unit test-twin test-instance image-test" test-terraform

test-quick: node_modules app/node_modules ## Check types and run the unit tests, in under three minutes
	@$(LANES) test-types
	$(JEST) --selectProjects unit --maxWorkers 2
	cd app && node_modules/.bin/jest --selectProjects unit --maxWorkers 2

test-all: ## Run all tests, every transition, the fault matrix and the proof of its audit (about two hours)
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory transitions
	@$(MAKE) --no-print-directory acceptance
	@$(MAKE) --no-print-directory faults
	@$(MAKE) --no-print-directory audit-proof

test-types: node_modules app/node_modules
	node_modules/.bin/tsc --noEmit
	app/node_modules/.bin/tsc --noEmit --project app
	app/node_modules/.bin/tsc --noEmit --project bench/app
	app/node_modules/.bin/tsc --noEmit --project bench/faults
	app/node_modules/.bin/tsc --noEmit --project bench/load
	app/node_modules/.bin/tsc --noEmit --project bench/search
	app/node_modules/.bin/tsc --noEmit --project __tests__/delivery
	app/node_modules/.bin/tsc --noEmit --project __tests__/instance
	app/node_modules/.bin/tsc --noEmit --project __tests__/twin/restore

test-lint: node_modules app/node_modules
	node_modules/.bin/eslint . --max-warnings 0
	node_modules/.bin/prettier --check --log-level warn .
	$(TS) .ci/lint-workflows.mjs

test-unit: node_modules ## Run the unit tests of modules, stacks, policies and tools
	@mkdir -p $(RESULTS)
	$(JEST) --selectProjects unit --maxWorkers 2 --json --outputFile $(RESULTS)/unit.json

test-app: app/dist/image ## Run the app's tests on real PostgreSQL, Redis and Chromium (installed if missing)
	@.ci/require-debian postgresql redis-server chromium
	@mkdir -p $(RESULTS)
	cd app && node_modules/.bin/jest --maxWorkers 2 --json --outputFile ../$(RESULTS)/app.json

# One file at a time: each has servers of its own, and two CPUs.
test-twin: node_modules app/dist/image $(IMAGE_NODE) ## Run the tests of the twin: real HAProxy, PostgreSQL, Redis and browsers (installed if missing)
	@.ci/require-debian haproxy iptables nginx-light curl postgresql redis-server chromium
	@mkdir -p $(RESULTS)
	$(JEST) --selectProjects twin --runInBand --json --outputFile $(RESULTS)/twin.json

# PARTS="core network" runs only these parts; results of unchanged code are reused.
mutation: node_modules ## Change the validation code in many small ways and report the changes that no test notices (hours)
	$(TS) tools/mutation/run.ts $(PARTS)

# FUZZ_SEED=… chooses other cases, FUZZ_RUNS=… their number for each construct.
fuzz: node_modules ## Try ten times as many random props on every construct as `make test` (a night)
	FUZZ_RUNS=$(or $(FUZZ_RUNS),2000) $(JEST) --selectProjects unit --testPathPatterns __tests__/fuzz/
	FUZZ_RUNS=$(or $(FUZZ_RUNS),500) $(JEST) --selectProjects terraform --testPathPatterns __tests__/terraform/fuzz/

# The provider waits on timers of its own, so more stacks than processors run side by side. GOGC: a sixth more memory, an eighth less CPU.
test-terraform: node_modules ## Run validate, plan, apply, a second plan and destroy against the simulator
	@mkdir -p $(RESULTS)
	GOGC=400 nice -n 10 $(JEST) --selectProjects terraform --maxWorkers 4 --json --outputFile $(RESULTS)/terraform.json

# The short form, the changes that matter most, is part of `make test`. UPDATE_CHANGES=1 writes docs/changes.json, and then docs/changes.md.
transitions: node_modules ## Change every prop of every construct on applied state and judge the order of Terraform's actions (half an hour)
	@mkdir -p $(RESULTS)
	GOGC=400 nice -n 10 $(JEST) --selectProjects transitions --maxWorkers 2 --json --outputFile $(RESULTS)/transitions.json
	$(JEST) --selectProjects unit --testPathPatterns __tests__/changes/

# Its short form, without Terraform, is part of `make test`: __tests__/twin/behind-ecs.test.ts.
acceptance: node_modules app/dist/image $(IMAGE_NODE) ## Take dev from an empty account to its end: simulator, real Terraform, real tasks (half an hour)
	@.ci/require-debian haproxy iptables postgresql redis-server
	$(JEST) --selectProjects delivery --runInBand

image-test: node_modules $(IMAGE_NODE) ## Build the container image and test it as Fargate's smallest task and in the twin (as root, on Debian)
	@.ci/require-debian $(IMAGE_PACKAGES) haproxy iptables
	@mkdir -p $(RESULTS)
	$(JEST) --selectProjects image --runInBand --json --outputFile $(RESULTS)/image.json

# The short form of instance-test.
test-instance: node_modules app/dist/image $(IMAGE_NODE) ## Boot an instance of pattern B on real systemd and nginx (as root, on Debian)
	@.ci/require-debian $(INSTANCE_PACKAGES)
	@mkdir -p $(RESULTS)
	$(JEST) --selectProjects instance --runInBand --testPathPatterns "instance/(boot|shellcheck)[.]" --json --outputFile $(RESULTS)/instance.json

# FILES=faults runs one file.
instance-test: node_modules app/dist/image $(IMAGE_NODE) ## Run an instance's user data on real systemd and nginx, with clients and faults (as root, on Debian)
	@.ci/require-debian $(INSTANCE_PACKAGES)
	$(JEST) --selectProjects instance --runInBand $(if $(FILES),--testPathPatterns __tests__/instance/$(FILES))

synth: node_modules ## Write Terraform JSON of every stack to cdktf.out/ (S3 state; STATE_BACKEND=local for local state)
	$(SYNTH)

simulator: node_modules ## Run the AWS simulator and print the variables with which terraform uses it
	@$(TS) tools/simulator/serve.ts

cost: node_modules ## Print what an environment costs a month: ENV=dev, LOAD=connections=2000,... for another load
	STATE_BACKEND=local $(SYNTH)
	@$(TS) tools/cost/cli.ts $(or $(ENV),dev) $(if $(LOAD),--load $(LOAD))

compare: node_modules ## Compare the patterns, recommend one (LOAD=connections=5000,...) and write docs/patterns.md
	@$(TS) tools/compare/cli.ts $(if $(LOAD),--load $(LOAD))

prices: node_modules ## Refresh the price list from AWS's own and print what changed (needs the network, no account)
	@$(TS) tools/prices/refresh/cli.ts $(if $(ACCEPT),--accept $(ACCEPT))

capacity: node_modules ## Write docs/capacity.md: what one thousand to ten million connections need, cost and survive
	@$(TS) tools/capacity/cli.ts

# ENV only when it was given: without it, these report on every stack.
GIVEN_ENV = $(if $(filter file,$(origin ENV)),,$(ENV))

policy-report: node_modules ## Print the result of each policy for every stack (ENV=dev for one)
	@$(SYNTH)
	@$(TS) tools/policy-report/cli.ts $(GIVEN_ENV) --markdown $(OUT)/policy-report.md --out $(OUT)

# PLAN="dev=plan.json" reads other files, ARGS="--fail-on data-loss" makes it fail; see tools/plan-report.
plan-report: node_modules ## Say what every planned stack would do to data, connections and cost (ENV=dev for one)
	@$(TS) tools/plan-report/cli.ts $(or $(PLAN),$(GIVEN_ENV)) --markdown $(OUT)/plan-report.md --json $(OUT)/plan-report.json --out $(OUT) $(ARGS)

CI_STEP = @$(TS) tools/ci/cli.ts
STEP_OUTPUT = $(if $(OUTPUT),--output $(OUTPUT))

# OUTPUT=file collects what later steps need, on GitHub $GITHUB_OUTPUT; see docs/ci.md.
ci-plan: node_modules ## In a pipeline: init and plan every stack (ENV=dev for one), without Terraform's output in the log
	$(CI_STEP) plan $(GIVEN_ENV) --out $(OUT) $(STEP_OUTPUT) $(ARGS)

ci-save: node_modules ## In a pipeline: store the plan of ENV beside its state, until somebody has approved it
	$(CI_STEP) save $(GIVEN_ENV) --id "$(ID)" --out $(OUT) $(STEP_OUTPUT) $(ARGS)

ci-apply: node_modules ## In a pipeline: apply the stored plan of ENV, if its SHA-256 is that of the reviewed one
	$(CI_STEP) apply $(GIVEN_ENV) --id "$(ID)" --sha256 "$(SHA256)" --out $(OUT) $(ARGS)

ci-image: node_modules ## In a pipeline: build, push and sign the image of app/, unless the repository has it already
	$(CI_STEP) image --out $(OUT) $(STEP_OUTPUT)

ci-comment: node_modules ## In a pipeline: write the plan report as the one comment on pull request NUMBER
	$(CI_STEP) comment --number "$(NUMBER)" --file $(OUT)/plan-report.md

ci-issue: node_modules ## In a pipeline: open, update or close the one issue about drift (DRIFT=true or false)
	$(CI_STEP) issue --drift "$(DRIFT)" --file $(OUT)/plan-report.md

# IMAGE=sha256:… deploys a digest or a tag, ARGS="--plan-only" stops after the report; see tools/deploy.
deploy: node_modules ## Deploy ENV: synthesize, plan, report, ask, apply and wait until the service is steady
	@$(TS) tools/deploy/cli.ts deploy $(ENV) $(if $(IMAGE),--image $(IMAGE)) $(ARGS)

bootstrap: node_modules ## Prepare an account: state bucket, OIDC roles of the pipeline, image repository, quotas (ARGS="--check" compares only)
	@$(TS) tools/deploy/cli.ts bootstrap $(ARGS)

# IMAGE=sha256:… runs the migrations of another image.
migrate: node_modules ## Run the database migration of ENV alone, as a task of its own, with its log
	@$(TS) tools/deploy/cli.ts migrate $(ENV) $(if $(IMAGE),--image $(IMAGE)) $(ARGS)

# MIN=6 MAX=12 DESIRED=8, ARGS=--reset returns to the environment's limits.
scale: node_modules ## Change how many tasks ENV has, at once and until the next apply
	@$(TS) tools/deploy/cli.ts scale $(ENV) $(if $(MIN),--min $(MIN)) $(if $(MAX),--max $(MAX)) $(if $(DESIRED),--desired $(DESIRED)) $(ARGS)

# ARGS="set NAME" reads the value from standard input or a hidden prompt, ARGS="rotate NAME" replaces a generated one.
secrets: node_modules ## List, set or rotate the secrets of ENV, without showing a value
	@$(TS) tools/deploy/cli.ts secrets $(ENV) $(ARGS)

destroy: node_modules ## Destroy ENV and list what is left, after being told twice
	@$(TS) tools/deploy/cli.ts destroy $(GIVEN_ENV) $(ARGS)

status: node_modules ## Say what runs in ENV, and whether the next plan keeps it
	@$(TS) tools/deploy/cli.ts status $(ENV) $(ARGS)

rollback: node_modules ## Return ENV to the image before, without Terraform and in step with it
	@$(TS) tools/deploy/cli.ts rollback $(ENV) $(ARGS)

logs: node_modules ## Print the log lines of ENV's containers (ARGS="--since 1h --follow")
	@$(TS) tools/deploy/cli.ts logs $(ENV) $(ARGS)

image: node_modules ## Build the image for the architecture of ENV's tasks, and push it by digest
	@$(TS) tools/deploy/cli.ts image $(ENV) $(ARGS)

# ARGS="--read-only" writes nothing, "--tasks 1" is for one task; see tools/smoke.
smoke: node_modules ## Check the deployment at URL as its clients see it: pages, sockets, stickiness, two tasks, reconnects
	@$(TS) tools/smoke/cli.ts "$(URL)" $(ARGS)

# ARGS="--only security-groups,targets --json"; see tools/doctor.
doctor: node_modules ## Say what is wrong with what runs in ENV: connections, tasks, data stores, alarms; changes nothing
	@$(TS) tools/doctor/cli.ts doctor $(ENV) $(ARGS)

verify: node_modules ## Say, before a deployment of ENV, whether IMAGE and what it needs are there; changes nothing
	@$(TS) tools/doctor/cli.ts verify $(ENV) $(if $(IMAGE),--image $(IMAGE)) $(ARGS)

# IMAGE=sha256:… runs an image of the account's repository instead of building one; see tools/verify-aws.
verify-aws: node_modules ## With an AWS account: apply a throwaway environment, check it, destroy it; says first what that costs
	@$(TS) tools/verify-aws/cli.ts $(if $(IMAGE),--image $(IMAGE)) $(ARGS)

bench-synth: node_modules bench/synth/aws-cdk/node_modules ## Compare the synth's time and memory with bare cdktf and with AWS CDK
	$(TS) bench/synth/run.ts

bench-app: node_modules app/dist/image $(IMAGE_NODE) ## Compare the app with bare Socket.IO and hold 2,000 sockets on its image (as root, on Debian)
	@.ci/require-debian $(IMAGE_PACKAGES)
	$(TS) bench/app/run.ts

# ARGS="--messages 100000" takes a few minutes, ARGS=--baseline writes the result that is committed.
bench-search: node_modules app/node_modules ## Search a million messages: how long agents wait, compared with pg_trgm (half an hour)
	@.ci/require-debian postgresql
	@$(TS) bench/search/run.ts $(ARGS)

# ARGS=--quick takes a minute, ARGS=--baseline writes the result that is committed.
load: node_modules app/dist/image $(IMAGE_NODE) ## Raise connections and messages on two tasks of the twin until they are overloaded (ten minutes)
	@.ci/require-debian haproxy iptables postgresql redis-server
	@$(TS) bench/load/run.ts $(ARGS)

# FAULTS="name name" runs only these and updates only their rows; ARGS=--list lists all.
faults: node_modules app/dist/image $(IMAGE_NODE) ## Run the fault matrix: cause faults under load, audit every message, write docs/reliability.md (half an hour)
	@.ci/require-debian $(FAULTS_PACKAGES)
	@$(TS) bench/faults/run.ts $(FAULTS) $(ARGS)

audit-proof: node_modules app/dist/image $(IMAGE_NODE) ## Remove each defence in turn and check that the audit of its fault fails
	@.ci/require-debian $(FAULTS_PACKAGES)
	@$(TS) bench/faults/proof.ts $(DEFENCES)

format: node_modules ## Format all files
	node_modules/.bin/prettier --write --log-level warn .

build: node_modules ## Compile the modules for npm to dist/
	node_modules/.bin/tsc -p tsconfig.build.json

package: build ## Write a tarball of the compiled modules for `npm install` in another project
	npm pack --silent

clean: ## Remove everything that is installed or generated
	rm -rf node_modules dist cdktf.out .simulator .cache coverage bench/synth/aws-cdk/node_modules
	rm -rf $(IMAGE_NODE) app/node_modules app/.next app/.dev app/dist

node_modules: package.json package-lock.json .ci/require-node
	@.ci/require-node
	npm ci --no-audit --no-fund
	@touch $@

app/node_modules: app/package.json app/package-lock.json .ci/require-node
	@.ci/require-node
	cd app && npm ci --no-audit --no-fund
	@touch $@

# Everything that the container holds; see app/build.mjs.
app/dist/image: app/node_modules $(shell find app -maxdepth 1 -name '*.ts' -o -maxdepth 1 -name '*.mjs') $(shell find $(addprefix app/,client migrations protocol public server src) -type f)
	cd app && npm run --silent build
	@touch $@

$(IMAGE_NODE): tools/image/node/package.json tools/image/node/package-lock.json
	cd tools/image/node && npm ci --no-audit --no-fund
	@touch $@

bench/synth/aws-cdk/node_modules: bench/synth/aws-cdk/package-lock.json
	cd bench/synth/aws-cdk && npm ci --no-audit --no-fund
	@touch $@
