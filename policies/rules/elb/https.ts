import { unless } from "../../finders";
import { Rule } from "../../rule";
import { redirectsToHttps } from "../../security-groups";

export const elbHttps = new Rule({
  id: "elb-https",
  severity: "error",
  types: ["aws_lb_listener"],
  when: ({ body }) => body["protocol"] === "HTTP" || body["protocol"] === undefined,
  controls: ["ELB.1", "ELB.18"],
  reason: "Over plain HTTP, session cookies and messages travel unencrypted, and browsers mark the site as insecure.",
  remedy: "Serve HTTPS, and redirect port 80 to it.",
  find: (listener) =>
    unless(redirectsToHttps(listener), "protocol", "HTTPS, or a redirect to it", listener.value("protocol")),
});
