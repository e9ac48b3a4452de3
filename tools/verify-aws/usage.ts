export const USAGE = `usage: make verify-aws [IMAGE=<tag | digest>] [ARGS="options"]

Applies an environment of the profile small to your AWS account under a throwaway name, runs the smoke test, doctor and the checks of
docs/real-aws.md that a command can make, prints a report, destroys everything and lists by AWS's API what is left. Says before what it
will do and what it costs, and asks. Nothing that exists is changed.
Exit codes: 0 all checks passed and nothing is left; 2 a check failed; 1 an error, nobody said yes, or something is left.

  --image NAME         tag or digest in the account's repository to run; without it, the image is built and pushed to a throwaway repository
  --repository NAME    the repository of --image (default: the application's)
  --region NAME        region (default: AWS_REGION or AWS_DEFAULT_REGION)
  --json               print the report as JSON; progress goes to standard error
  --yes                do not ask
  --resume FOLDER      continue a run that was stopped, then destroy it
  --destroy-only FOLDER  only destroy what an earlier run left
  --endpoint URL       send everything to another address, such as that of make simulator`;
