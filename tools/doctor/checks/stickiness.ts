import { contract } from "../../../app/contract";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** A polling session is many requests, which must all reach the task that has the session. */
export const stickiness = defineCheck({
  name: "stickiness",
  expects: "polling clients stay on their task: the target group sets a cookie",
  read: (account) => account.targetGroups(),
  judge: (groups) => {
    if (!(contract.container.socket.transports as readonly string[]).includes("polling")) return [];
    return groups
      .filter(({ attributes }) => attributes["stickiness.enabled"] !== "true")
      .map(({ name, arn }): Problem => ({
        severity: "error",
        what: `The target group ${name} spreads the requests of one client over all tasks.`,
        evidence: `stickiness.enabled is not true; the application allows ${contract.container.socket.transports.join(" and ")}`,
        impact:
          'Clients behind proxies that break WebSockets cannot connect: the second request reaches another task, which answers 400 "Session ID unknown".',
        remedy: `Run \`make deploy\`, which turns it on. At once: aws elbv2 modify-target-group-attributes --target-group-arn ${arn} --attributes Key=stickiness.enabled,Value=true Key=stickiness.type,Value=lb_cookie`,
      }));
  },
});
