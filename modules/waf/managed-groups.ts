/** AWS's managed rule groups that the web ACL is made of. */
export const MANAGED_GROUPS = {
  "ip-reputation": {
    name: "AWSManagedRulesAmazonIpReputationList",
    capacity: 25,
    bodyLabels: {},
  },
  common: {
    name: "AWSManagedRulesCommonRuleSet",
    capacity: 700,
    bodyLabels: {
      SizeRestrictions_BODY: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
      CrossSiteScripting_BODY: "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
      EC2MetaDataSSRF_BODY: "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_Body",
      GenericLFI_BODY: "awswaf:managed:aws:core-rule-set:GenericLFI_Body",
      GenericRFI_BODY: "awswaf:managed:aws:core-rule-set:GenericRFI_Body",
    },
  },
  "known-bad-inputs": {
    name: "AWSManagedRulesKnownBadInputsRuleSet",
    capacity: 200,
    bodyLabels: {},
  },
  "sql-injection": {
    name: "AWSManagedRulesSQLiRuleSet",
    capacity: 200,
    bodyLabels: {
      SQLi_BODY: "awswaf:managed:aws:sql-database:SQLi_Body",
      SQLiExtendedPatterns_BODY: "awswaf:managed:aws:sql-database:SQLiExtendedPatterns_Body",
    },
  },
  "anonymous-ip": {
    name: "AWSManagedRulesAnonymousIpList",
    capacity: 50,
    bodyLabels: {},
  },
} as const satisfies Readonly<Record<string, ManagedGroupFacts>>;

export type ManagedGroupKey = keyof typeof MANAGED_GROUPS;

/** Source of names, units and labels: WAF developer guide, "AWS Managed Rules rule groups list". */
interface ManagedGroupFacts {
  readonly name: string;
  /** Web ACL capacity units. */
  readonly capacity: number;
  /**
   * Rules that read the body, with the labels they put on a request, for groups that cannot tell a chat message from an attack. Not
   * those of the known bad inputs: exploits of the framework are no conversation.
   */
  readonly bodyLabels: Readonly<Record<string, string>>;
}

export const MANAGED_GROUP_KEYS = Object.keys(MANAGED_GROUPS) as ManagedGroupKey[];
