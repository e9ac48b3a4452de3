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
FAULTS_PACKAGES := haproxy iptables postgresql redis-server libfaketime

# Every target that `make help` lists is a command, not a file.
.PHONY: test-types test-lint $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile)

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[36m%-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: node_modules ## Synthesize every stack and really apply it to an AWS simulator on this machine
	STATE_BACKEND=local $(SYNTH)
	$(TS) tools/up/cli.ts

ENV := dev

# IMAGE=name runs containers of an image that podman has, instead of processes of the built app.
twin: node_modules app/dist/image $(IMAGE_NODE) ## Run what `make up` applied for ENV (dev) for real on this machine, behind a balancer at port 8080
	@.ci/require-debian haproxy iptables postgresql redis-server
	@$(TS) tools/twin/cli.ts up --env $(ENV) $(if $(IMAGE),--image $(IMAGE))

dev: app/node_modules ## Run messenger-crm on this machine: no database, no Redis, demo accounts
	cd app && npm run dev

# Terraform mostly waits for timers of the provider, so the app and the twin run beside it, and it gives way to them.
test: node_modules app/node_modules ## Run all tests: types, lint, format, units, the app and the twin on real servers, real Terraform, the container
	@$(LANES) test-types test-lint
	@$(MAKE) --no-print-directory test-unit
	@$(LANES) "test-app test-twin" test-terraform
	@$(MAKE) --no-print-directory image-test

test-quick: node_modules app/node_modules ## Run what takes less than three minutes: types, and the unit tests of the modules, the tools and the app
	@$(LANES) test-types
	FUZZ_RUNS=20 $(JEST) --selectProjects unit --maxWorkers 2
	cd app && node_modules/.bin/jest --selectProjects unit --maxWorkers 2

test-all: ## Run all tests, then the whole fault matrix and the proof of its audit (about an hour and a half)
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory faults
	@$(MAKE) --no-print-directory audit-proof

test-types: node_modules app/node_modules
	node_modules/.bin/tsc --noEmit
	app/node_modules/.bin/tsc --noEmit --project app
	app/node_modules/.bin/tsc --noEmit --project bench/app
	app/node_modules/.bin/tsc --noEmit --project bench/faults
	app/node_modules/.bin/tsc --noEmit --project bench/load

test-lint: node_modules app/node_modules
	node_modules/.bin/eslint . --max-warnings 0
	node_modules/.bin/prettier --check --log-level warn .

test-unit: node_modules ## Run the unit tests of modules, stacks, policies and tools
	@mkdir -p $(RESULTS)
	$(JEST) --selectProjects unit --maxWorkers 2 --json --outputFile $(RESULTS)/unit.json

test-app: app/dist/image ## Run the app's tests: real PostgreSQL and Redis (installed when missing)
	@.ci/require-debian postgresql redis-server chromium
	@mkdir -p $(RESULTS)
	cd app && node_modules/.bin/jest --maxWorkers 2 --json --outputFile ../$(RESULTS)/app.json

# One file at a time: each has servers of its own, and two CPUs.
test-twin: node_modules app/dist/image $(IMAGE_NODE) ## Run the twin of the applied topology: real HAProxy, PostgreSQL, Redis and browsers (installed when missing)
	@.ci/require-debian haproxy iptables postgresql redis-server chromium
	@mkdir -p $(RESULTS)
	$(JEST) --selectProjects twin --runInBand --json --outputFile $(RESULTS)/twin.json

# PARTS="core network" takes some of the parts; what was judged before and has not changed is taken over.
mutation: node_modules ## Change what refuses bad input in every small way, and report the changes that no test notices (hours)
	$(TS) tools/mutation/run.ts $(PARTS)

# FUZZ_SEED=… takes other cases, FUZZ_RUNS=… another number of them for each construct.
fuzz: node_modules ## Throw ten times as many random props at every construct as `make test`, for a night
	FUZZ_RUNS=$(or $(FUZZ_RUNS),2000) $(JEST) --selectProjects unit --testPathPatterns __tests__/fuzz/
	FUZZ_RUNS=$(or $(FUZZ_RUNS),500) $(JEST) --selectProjects terraform --testPathPatterns __tests__/terraform/fuzz/

# The provider waits on timers of its own, so more stacks than processors run side by side.
test-terraform: node_modules ## Run validate, plan, apply, second plan and destroy against the simulator
	@mkdir -p $(RESULTS)
	nice -n 10 $(JEST) --selectProjects terraform --maxWorkers 4 --json --outputFile $(RESULTS)/terraform.json

image-test: node_modules $(IMAGE_NODE) ## Build the container, run it as Fargate's smallest task, and the twin with it (as root, on Debian)
	@.ci/require-debian $(IMAGE_PACKAGES) haproxy iptables
	@mkdir -p $(RESULTS)
	$(JEST) --selectProjects image --runInBand --json --outputFile $(RESULTS)/image.json

synth: node_modules ## Write Terraform JSON for every stack to cdktf.out/ (S3 state; STATE_BACKEND=local for local state)
	$(SYNTH)

simulator: node_modules ## Run the AWS simulator in the foreground and print the environment for typing terraform by hand
	@$(TS) tools/simulator/serve.ts

cost: node_modules ## What an environment costs a month: make cost ENV=dev (LOAD=connections=2000,... for another load)
	STATE_BACKEND=local $(SYNTH)
	@$(TS) tools/cost/cli.ts $(or $(ENV),dev) $(if $(LOAD),--load $(LOAD))

prices: node_modules ## Refresh the price list from AWS's own, and say what changed (needs the network, no account)
	@$(TS) tools/prices/refresh/cli.ts $(if $(ACCEPT),--accept $(ACCEPT))

capacity: node_modules ## What 1 thousand to 10 million connections take and cost, and how they fare: docs/capacity.md
	@$(TS) tools/capacity/cli.ts

policy-report: node_modules ## What the policies say of every stack: passed, warned, excepted and why (ENV=dev for one)
	@$(SYNTH)
	@$(TS) tools/policy-report/cli.ts $(ENV) --markdown cdktf.out/policy-report.md

bench-synth: node_modules bench/synth/aws-cdk/node_modules ## Compare time and memory of the synth with bare cdktf and with AWS CDK
	$(TS) bench/synth/run.ts

bench-app: node_modules app/dist/image $(IMAGE_NODE) ## Compare the app with bare Socket.IO, and hold 2,000 sockets on its image (as root, on Debian)
	@.ci/require-debian $(IMAGE_PACKAGES)
	$(TS) bench/app/run.ts

# ARGS=--quick takes a minute, ARGS=--baseline writes the result that is committed.
load: node_modules app/dist/image $(IMAGE_NODE) ## Ramp connections and messages on two tasks of the twin until it is too much (ten minutes)
	@.ci/require-debian haproxy iptables postgresql redis-server
	@$(TS) bench/load/run.ts $(ARGS)

# FAULTS="name name" takes some of them and renews their rows alone, ARGS=--list names them.
faults: node_modules app/dist/image $(IMAGE_NODE) ## Break things under load and audit every message: the whole matrix, docs/reliability.md (half an hour)
	@.ci/require-debian $(FAULTS_PACKAGES)
	@$(TS) bench/faults/run.ts $(FAULTS) $(ARGS)

audit-proof: node_modules app/dist/image $(IMAGE_NODE) ## Take each defence out of a build and see its row of the fault matrix turn red
	@.ci/require-debian $(FAULTS_PACKAGES)
	@$(TS) bench/faults/proof.ts $(DEFENCES)

format: node_modules ## Format all files
	node_modules/.bin/prettier --write --log-level warn .

build: node_modules ## Compile the modules for npm to dist/
	node_modules/.bin/tsc -p tsconfig.build.json

package: build ## Pack the compiled modules into a tarball that npm installs elsewhere
	npm pack --silent

clean: ## Remove everything that was generated
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
