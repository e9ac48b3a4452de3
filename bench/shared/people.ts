/** Test data: conversations of four agents each. The ids are fixed, so that database and load generator agree on them. */
export const MEMBERS = 4;
export const CONVERSATIONS = 50;
export const PEOPLE = MEMBERS * CONVERSATIONS;

export const conversationId = (index: number): string => uuid(1, index);
/** Agents 4n to 4n + 3 are in conversation n. */
export const personId = (index: number): string => uuid(2, index);
export const conversationOf = (person: number): number => Math.floor(person / MEMBERS);

function uuid(kind: number, index: number): string {
  return `0000000${kind}-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
}

/** Returns the SQL that inserts the test data into an empty schema. */
export function seed(): string {
  const conversations = Array.from({ length: CONVERSATIONS }, (_, index) => `'${conversationId(index)}'::uuid`);
  const people = Array.from({ length: PEOPLE }, (_, index) => index);
  const users = people.map((index) => `('${personId(index)}', 'p${index}@example.com', 'Person ${index}', 'agent')`);
  const members = people.map((index) => `('${conversationId(conversationOf(index))}', '${personId(index)}')`);
  return [
    `insert into visitor (id, name) select id, 'A customer' from unnest(array[${conversations.join()}]) id;`,
    `insert into conversation (id, visitor_id) select id, id from visitor;`,
    `insert into app_user (id, email, name, role) values ${users.join()};`,
    `insert into conversation_member (conversation_id, user_id) values ${members.join()};`,
  ].join("\n");
}
