/** An environment whose fields may be missing, because they were not given or could not be read. */
export type Draft<T> = T extends readonly (infer Element)[]
  ? readonly Element[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> }
    : T;
