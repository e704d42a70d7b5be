/**
 * A node of the syntax tree as it is while its line is being written: single parts that its type promises may be missing.
 * Lists are always there.
 */
export type HalfTyped<T> = T extends unknown
    ? { [K in keyof T]: K extends `$${string}` ? T[K] : T[K] extends readonly unknown[] ? T[K] : T[K] | undefined }
    : never;
