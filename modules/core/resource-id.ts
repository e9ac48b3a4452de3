/** What follows the prefix of an id such as `vpc-`: 17 digits, in old accounts 8. Source: EC2 user guide, "Resource IDs". */
export const RESOURCE_ID = "(?:[0-9a-f]{8}|[0-9a-f]{17})";
