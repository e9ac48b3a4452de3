/** Values of a metric in consecutive periods, the current one last. */
export type Values = readonly number[];

const FUNCTIONS: Readonly<Record<string, (args: readonly Values[]) => Values>> = {
  IF: ([condition, yes, no]) => (current(condition!) === 0 ? no! : yes!),
  FILL: ([values]) => values!,
  DIFF: ([values]) => [current(values!) - values!.at(-2)!],
};

const OPERATORS: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { ">=": (a, b) => Number(a >= b), "<": (a, b) => Number(a < b), ">": (a, b) => Number(a > b) },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => a / b },
];

/** Evaluates the part of CloudWatch's metric math that the alarms use. @throws Error for anything else */
export function evaluateMath(expression: string, metrics: Readonly<Record<string, Values>>): number {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(\.\d+)?|>=|[-+*/()<>,]/g) ?? [];
  const take = (expected?: string) => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`${expression}: expected ${expected ?? "a term"}, got ${token ?? "the end"}`);
    }
    return token;
  };
  const binary = (level: number): Values => {
    const operators = OPERATORS[level];
    if (!operators) return term();
    let left = binary(level + 1);
    for (let operator = operators[tokens[0]!]; operator; operator = operators[tokens[0]!]) {
      take();
      left = [operator(current(left), current(binary(level + 1)))];
    }
    return left;
  };
  const list = (): Values[] => {
    const args = [binary(0)];
    while (tokens[0] === ",") {
      take();
      args.push(binary(0));
    }
    take(")");
    return args;
  };
  const term = (): Values => {
    const token = take();
    if (token === "(") return list()[0]!;
    if (token === "-") return [-current(term())];
    if (/^\d/.test(token)) return [Number(token)];
    const call = FUNCTIONS[token];
    if (call) {
      take("(");
      return call(list());
    }
    const values = metrics[token];
    if (!values) throw new Error(`${expression}: unknown metric or function ${token}`);
    return values;
  };
  const result = current(binary(0));
  if (tokens.length > 0) throw new Error(`${expression}: ${tokens[0]!} is left over`);
  return result;
}

function current(values: Values): number {
  return values.at(-1)!;
}
