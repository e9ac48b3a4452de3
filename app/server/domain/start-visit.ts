import { type Notifier } from "./ports/notifier";
import { type NewVisitor, type Visitors } from "./ports/visitors";

/** Creates a customer with an empty conversation in the queue. */
export async function startVisit(
  { visitors, notifier }: { readonly visitors: Visitors; readonly notifier: Notifier },
  name: string,
): Promise<NewVisitor> {
  const visitor = await visitors.create(name);
  notifier.inboxChangedForAll(visitor.principal.conversationId);
  return visitor;
}
