import {
  AssociateWebACLCommand,
  CreateIPSetCommand,
  CreateRegexPatternSetCommand,
  CreateWebACLCommand,
  DeleteIPSetCommand,
  DeleteRegexPatternSetCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  type Statement,
} from "@aws-sdk/client-wafv2";
import { distribution } from "./resources/distribution";
import { loadBalancer } from "./resources/load-balancer";
import { aws, clientsOf, expectRefused, fresh } from "./simulated";

describe("WAF", () => {
  const Scope = "REGIONAL" as const;
  const VisibilityConfig = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "m" };

  async function webAcl(statement?: Statement) {
    const rule = { Name: "r", Priority: 1, Action: { Block: {} }, VisibilityConfig, Statement: statement ?? {} };
    const Rules = statement ? [rule] : [];
    const acl = { Name: fresh("acl"), Scope, DefaultAction: { Allow: {} }, VisibilityConfig, Rules };
    return (await aws.waf.send(new CreateWebACLCommand(acl))).Summary ?? {};
  }

  it("keeps an IP set that a web ACL refers to", async () => {
    const set = { Name: fresh("set"), Scope, IPAddressVersion: "IPV4" as const, Addresses: [] };
    const { Summary } = await aws.waf.send(new CreateIPSetCommand(set));
    const acl = await webAcl({ IPSetReferenceStatement: { ARN: Summary?.ARN } });
    const deletion = new DeleteIPSetCommand({ Name: set.Name, Scope, Id: Summary?.Id, LockToken: Summary?.LockToken });
    await expectRefused(aws.waf.send(deletion), "WAFAssociatedItemException");
    await aws.waf.send(new DeleteWebACLCommand({ Name: acl.Name, Scope, Id: acl.Id, LockToken: acl.LockToken }));
    await aws.waf.send(deletion);
  });

  it("keeps a regex set that a web ACL refers to", async () => {
    const set = { Name: fresh("set"), Scope, RegularExpressionList: [{ RegexString: "^a" }] };
    const { Summary } = await aws.waf.send(new CreateRegexPatternSetCommand(set));
    await webAcl({
      RegexPatternSetReferenceStatement: {
        ARN: Summary?.ARN,
        FieldToMatch: { UriPath: {} },
        TextTransformations: [{ Priority: 0, Type: "NONE" }],
      },
    });
    const { Id, LockToken } = Summary ?? {};
    const deletion = new DeleteRegexPatternSetCommand({ Name: set.Name, Scope, Id, LockToken });
    await expectRefused(aws.waf.send(deletion), "WAFAssociatedItemException");
  });

  it("keeps a web ACL of a load balancer, until it is dissociated", async () => {
    const { arn: ResourceArn } = await loadBalancer();
    const { ARN: WebACLArn, Name, Id, LockToken } = await webAcl();
    await aws.waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn }));
    const deletion = new DeleteWebACLCommand({ Name, Scope, Id, LockToken });
    await expectRefused(aws.waf.send(deletion), "WAFAssociatedItemException");
    await aws.waf.send(new DisassociateWebACLCommand({ ResourceArn }));
    await aws.waf.send(deletion);
  });

  it("keeps a web ACL of a distribution", async () => {
    const edge = clientsOf("us-east-1");
    const acl = { Name: fresh("acl"), Scope: "CLOUDFRONT" as const, DefaultAction: { Allow: {} }, VisibilityConfig };
    const { Summary } = await edge.waf.send(new CreateWebACLCommand(acl));
    await distribution({ WebACLId: Summary?.ARN });
    const { Id, LockToken } = Summary ?? {};
    const deletion = new DeleteWebACLCommand({ Name: acl.Name, Scope: acl.Scope, Id, LockToken });
    await expectRefused(edge.waf.send(deletion), "WAFAssociatedItemException");
  });
});
