import { createHash } from "node:crypto";
import swc from "@swc/jest";

/** A transformer for jest that takes one statement out of a source file before it is compiled. */
const factory = {
  /** @param {{ swc: object, check: string }} options `check` is how the statement begins */
  createTransformer({ swc: options, check }) {
    const inner = swc.createTransformer(options);
    return {
      ...inner,
      process: (source, ...rest) => inner.process(without(source, check), ...rest),
      getCacheKey: (source, ...rest) =>
        createHash("sha256")
          .update(inner.getCacheKey(source, ...rest))
          .update(check)
          .digest("hex"),
    };
  },
};

export default factory;

function without(source, check) {
  const places = source.split(check).length - 1;
  if (places !== 1) throw new Error(`expected one place with ${check}, found ${places}`);
  const start = source.indexOf(check);
  return source.slice(0, start) + source.slice(endOfStatement(source, start));
}

/** Behind the semicolon that stands outside all parentheses. */
function endOfStatement(source, start) {
  let depth = 0;
  for (let index = start; index < source.length; index++) {
    const character = source[index];
    if ("({[".includes(character)) depth++;
    if (")}]".includes(character)) depth--;
    if (character === ";" && depth === 0) return index + 1;
  }
  throw new Error("the statement has no end");
}
