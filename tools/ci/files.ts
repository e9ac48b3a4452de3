/** The saved plan in a stack's folder. It contains every secret in clear text. */
export const PLAN_FILE = "plan.tfplan";

/** The output of `terraform plan -json`, beside the plan. */
export const PLAN_LOG = "plan.log";

/** The provider versions and checksums that a plan was made with; an apply with others is refused. */
export const LOCK_FILE = ".terraform.lock.hcl";
