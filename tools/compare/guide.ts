/** The guide's tables with what holds beside. */
export interface GuideTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The guide's first table: which AWS services carry WebSockets. */
export const GUIDE_SERVICES: GuideTable = {
  header: ["service", "the guide", "what holds", "source"],
  rows: [
    [
      "AWS Lambda",
      "no",
      "no; behind API Gateway's WebSocket API it answers single messages",
      "API Gateway developer guide",
    ],
    ["API Gateway (REST)", "no", "no", "API Gateway developer guide"],
    [
      "API Gateway (WebSocket)",
      "yes, needs its own implementation",
      "yes: at most 2 hours a connection, 10 minutes idle, 128 KB a message, 29 s an integration",
      "API Gateway quotas",
    ],
    ["Fargate, ECS", "yes", "yes, behind an Application Load Balancer", "docs/reliability.md"],
    [
      "EC2",
      "yes",
      "yes; several processes of one machine need a proxy that finds the process of a session",
      "several setups tried on loopback with 100 clients, 2026-11-30",
    ],
    ["App Runner", "yes", "no: long-polling on one instance only", "github.com/aws/apprunner-roadmap/issues/13"],
    [
      "Elastic Beanstalk",
      "yes",
      "yes, with the load balancer and the proxy configured for it; not tried here",
      "Elastic Beanstalk developer guide",
    ],
  ],
};

/** The guide's last table, without the stars. */
export const GUIDE_TABLE: GuideTable = {
  header: ["", "App Runner", "ECS Fargate", "EC2"],
  rows: [
    ["difficulty, the guide", "1 of 4", "3 of 4", "4 of 4"],
    ["cost, the guide", "medium", "medium", "low to medium"],
    ["scalability, the guide", "high", "high", "medium"],
    [
      "scalability, what holds",
      "none with Socket.IO: 200 clients",
      "high: [capacity](capacity.md)",
      "as far as Fargate, slower: an instance boots for minutes",
    ],
    ["customisation, the guide", "low", "high", "highest"],
    ["operations, the guide", "least", "low", "high"],
    ["small to medium, the guide", "recommended", "", ""],
    [
      "small to medium, what holds",
      "existing customers, for trying out",
      "recommended",
      "no cheaper than Fargate: see above",
    ],
  ],
};
