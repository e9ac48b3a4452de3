/** What `--help` prints. */
export const USAGE = `usage: make smoke URL=<address> [ARGS="options"]

Checks a deployment as its clients see it: pages, health, sockets, stickiness, two tasks, reconnects. It needs no account: it becomes a
customer, as everybody who opens /chat does. The first run creates the customer "Smoke test" with a conversation in the agents' queue;
later runs write to the same conversation, which reopens it when it was closed.

  --tasks N            tasks of the deployment; 1 skips what needs two (default 2)
  --messages N         messages that the two clients write to each other (default 20)
  --idle SECONDS       how long a socket with heartbeats only has to live (default: beyond 60 s and two heartbeats)
  --timeout SECONDS    longest wait for one answer (default 15)
  --origin ORIGIN      the Origin that clients send (default: that of the address)
  --read-only          only the checks that write nothing
  --session FILE       keeps the customer for the next run (default .cache/smoke/<host>.json)
  --disturb COMMAND    shell command that stops a task while both clients write; then no acknowledged message may be missing
  --disturb-within S   seconds in which that closes a connection, and both clients are back (default 300)
  --json               print the report as JSON
  --help               this text

Exit codes: 0 no check failed; 2 a check failed; 1 wrong arguments.`;
