/** Functions of metric math with their least and most arguments. Source: CloudWatch user guide, "Using math expressions". */
const FUNCTIONS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ABS: [1, 1],
  AVG: [1, 9],
  CEIL: [1, 1],
  DIFF: [1, 1],
  DIFF_TIME: [1, 1],
  FILL: [2, 2],
  FLOOR: [1, 1],
  IF: [2, 3],
  MAX: [1, 9],
  METRIC_COUNT: [1, 1],
  METRICS: [0, 1],
  MIN: [1, 9],
  PERIOD: [1, 1],
  RATE: [1, 1],
  RUNNING_SUM: [1, 1],
  SEARCH: [2, 3],
  STDDEV: [1, 9],
  SUM: [1, 9],
  TIME_SERIES: [1, 1],
};
const BINARY = ["||", "&&", "OR", "AND", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "^"];
const TOKEN = /\s*(\d+(?:\.\d+)?|"[^"]*"|'[^']*'|[A-Za-z]\w*|\|\||&&|[=!<>]=|[-+*/^<>(),])/y;

/** Parses an expression of metric math. @returns the ids that it reads @throws Error that says where it does not parse */
export function idsOf(expression: string): string[] {
  const parser = new Parser(expression);
  parser.expression();
  parser.end();
  return [...parser.ids];
}

class Parser {
  readonly ids = new Set<string>();
  private position = 0;
  private token: string | undefined;

  constructor(private readonly text: string) {
    this.next();
  }

  /** operand, or operand operator expression; precedence does not matter for what is legal */
  expression(): void {
    this.operand();
    while (this.token !== undefined && BINARY.includes(this.token)) {
      this.next();
      this.operand();
    }
  }

  end(): void {
    if (this.token !== undefined) this.fail("an operator or the end");
  }

  private operand(): void {
    const token = this.token ?? this.fail("a value");
    this.next();
    if (token === "-") this.operand();
    else if (token === "(") this.parenthesis();
    else if (/^[A-Z][A-Z_]*$/.test(token)) this.call(token);
    else if (/^[a-z]/.test(token)) this.ids.add(token);
    else if (!/^["'\d]/.test(token)) this.fail(`a value instead of ${token}`);
  }

  private parenthesis(): void {
    this.expression();
    this.expect(")");
  }

  private call(name: string): void {
    const [least, most] = FUNCTIONS[name] ?? this.fail(`a function instead of ${name}`);
    this.expect("(");
    let count = 0;
    while (this.token !== ")") {
      this.expression();
      count += 1;
      if (this.token === ",") this.next();
      else break;
    }
    this.expect(")");
    if (count < least || count > most) this.fail(`${least} to ${most} arguments of ${name}, not ${count}`);
  }

  private expect(token: string): void {
    if (this.token !== token) this.fail(`"${token}"`);
    this.next();
  }

  private next(): void {
    TOKEN.lastIndex = this.position;
    const found = TOKEN.exec(this.text);
    if (found === null && this.text.slice(this.position).trim() !== "") this.fail("a token");
    this.token = found?.[1];
    this.position = found ? TOKEN.lastIndex : this.text.length;
  }

  private fail(expected: string): never {
    throw new Error(`metric math: expected ${expected} at ${this.position} of ${this.text}`);
  }
}
