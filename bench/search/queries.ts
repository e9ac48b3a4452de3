import { type Database } from "../../app/server/data/database";
import { randomFrom } from "./corpus";

export interface QueryClass {
  readonly name: string;
  readonly texts: readonly string[];
}

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;

/** Takes what to search for from stored messages, so that there is something to find; and something that no message has. */
export async function queryClasses(database: Database, count: number): Promise<readonly QueryClass[]> {
  const rows = await database.query<{ readonly body: string }>(
    { name: "", text: "select body from message order by client_message_id limit $1" },
    [count * 20],
  );
  const bodies = rows.map(({ body }) => body);
  const random = randomFrom(7);
  const piece = (length: number) => (body: string) => {
    const characters = [...body];
    const start = Math.floor(random() * Math.max(1, characters.length - length));
    return characters.slice(start, start + length);
  };
  const japanese = (length: number): readonly string[] =>
    bodies
      .map(piece(length))
      .filter((characters) => characters.length === length && characters.every((one) => JAPANESE.test(one)))
      .map((characters) => characters.join(""))
      .slice(0, count);
  const words = bodies.flatMap((body) => body.match(/[a-z]{5,}/g)?.[0] ?? []).slice(0, count);
  return [
    ...[1, 2, 4, 6].map((length) => ({ name: `ja ${length}`, texts: japanese(length) })),
    { name: "en word", texts: words },
    { name: "no hit", texts: words.map((_, index) => `鬱鸞${String.fromCodePoint(0x9e9f + index)}`) },
  ];
}
