/** A key of `for_each`, which may contain any character, or an index of `count`. */
const KEY = /\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g;

/** Removes the keys of an address: `module.chat["a"].aws_lb.alb[0]` becomes `module.chat.aws_lb.alb`. */
export function withoutKeys(address: string): string {
  return address.replace(KEY, "");
}

/** The address inside of its module: `aws_lb.alb`, or `data.aws_region.current`. */
function inModule(address: string): string {
  return withoutKeys(address).replace(/^(module\.[^.]+\.)+/, "");
}

export function isDataSource(address: string): boolean {
  return inModule(address).startsWith("data.");
}

export function typeOf(address: string): string {
  return inModule(address).split(".")[0] ?? address;
}
