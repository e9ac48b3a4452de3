/** The database did not answer, is full, or refused for a temporary reason: try again later. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}

/** Too many calls are waiting already: try again later. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
}
