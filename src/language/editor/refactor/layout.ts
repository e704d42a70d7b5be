/** Where text stands on its line. */

/** The white space that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** One step of indentation, as the file has it. */
export function indentStep(text: string): string {
    return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

/** Moves all lines but the first, which begins in the middle of its line, from one indentation to another. */
export function reindent(text: string, from: string, to: string): string {
    return text
        .split('\n')
        .map((line, index) => (index === 0 ? line : line.startsWith(from) ? to + line.slice(from.length) : line))
        .join('\n');
}
