/** AWS's managed rule groups in the web ACL. */
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
} as const satisfies Readonly<Record<string, ManagedGroupData>>;

export type ManagedGroupKey = keyof typeof MANAGED_GROUPS;

/** Source of names, units and labels: WAF developer guide, "AWS Managed Rules rule groups list". */
interface ManagedGroupData {
  readonly name: string;
  /** Web ACL capacity units. */
  readonly capacity: number;
  /**
   * Rules that inspect the body, with the labels that they put on a request, for groups that may take a chat message for an attack. The
   * known bad inputs have none: an exploit of the framework is never a chat message.
   */
  readonly bodyLabels: Readonly<Record<string, string>>;
}

export const MANAGED_GROUP_KEYS = Object.keys(MANAGED_GROUPS) as ManagedGroupKey[];
