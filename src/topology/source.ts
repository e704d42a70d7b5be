/** A place in a text. Lines and characters (UTF-16 code units) are counted from 0, as in the Language Server Protocol. */
export interface Position {
    readonly line: number;
    readonly character: number;
}

/** The stretch of a document that an element of the model was written in. `end` is exclusive. */
export interface SourceRange {
    readonly uri: string;
    readonly start: Position;
    readonly end: Position;
}
