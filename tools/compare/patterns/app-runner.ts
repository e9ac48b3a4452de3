import { block, number } from "../../terraform/values";
import { type Pattern } from "../pattern";

const GUIDE = "App Runner developer guide";

/** Pattern C. */
export const appRunner: Pattern = {
  id: "app-runner",
  letter: "C",
  title: { en: "App Runner, one instance", ja: "App Runner（1 インスタンス）" },
  webSockets: { en: "no: long-polling only", ja: "非対応（ロングポーリングのみ）" },
  openToNewCustomers: false,
  capacity: ({ plan }) => {
    const [scaling] = plan.ofType("aws_apprunner_auto_scaling_configuration_version");
    const each = number(scaling?.values ?? {}, "max_concurrency") ?? 0;
    const instances = number(scaling?.values ?? {}, "max_size") ?? 0;
    return {
      connections: each * instances,
      why: "App Runner gives an instance at most 200 requests at once, and each client holds one open",
    };
  },
  timeToDeploy: ({ plan }) => {
    const [service] = plan.ofType("aws_apprunner_service");
    const check = block(service?.values ?? {}, "health_check_configuration");
    const start = (number(check, "interval") ?? 0) * (number(check, "unhealthy_threshold") ?? 0);
    return {
      text: `minutes; a new instance has up to ${start} s to become healthy. AWS publishes no figure`,
      source: "health check of the stack",
    };
  },
  timeToScale: {
    text: "not at all: without sticky sessions, Socket.IO works on one instance only",
    source: `${GUIDE}, developing application code (stateless applications)`,
  },
  breaksOnDeploy: {
    text: "each session: the next poll reaches the new instance, which does not know it (400); clients connect again and catch up from the database. Assumed, not run on AWS",
    source: "Engine.IO protocol",
  },
  operations: {
    text: "the least; no draining, no alarm rolls back, logs are kept for ever",
    source: GUIDE,
  },
  customisation: { text: "CPU, memory, variables, a VPC connector; x86-64 only", source: "App Runner API reference" },
  claims: [
    {
      guide: "full WebSocket support",
      holds: "none: asked for in 2020, closed without it",
      source: "github.com/aws/apprunner-roadmap/issues/13",
    },
    {
      guide: "for small applications, the recommendation",
      holds: "closed to new customers since 2026-04-30; AWS names ECS Express Mode",
      source: "docs.aws.amazon.com/apprunner/latest/dg/apprunner-availability-change.html",
    },
    {
      guide: "scales automatically",
      holds: "not with Socket.IO, which needs sticky sessions for long-polling",
      source: "socket.io/docs/v4/using-multiple-nodes",
    },
    {
      guide: "about $25 to 40 a month",
      holds: "$13.14 without a client, $72.27 with one: an open poll keeps CPU billed; the database is extra",
      source: "App Runner pricing, 1 vCPU and 2 GB in Tokyo",
    },
  ],
};
