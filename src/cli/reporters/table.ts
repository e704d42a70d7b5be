import { styled, type Line } from '../output/page.js';
import { printable } from '../output/printable.js';
import { padEnd, padStart, width } from '../output/width.js';

const GAP = '   ';

/** A table whose first column is text and whose others are figures, aligned to the right. */
export function tableLines(header: readonly string[], rows: readonly (readonly string[])[]): Line[] {
    const spelled = [header, ...rows].map((row) => row.map(printable));
    const widths = header.map((_, column) => Math.max(...spelled.map((row) => width(row[column] ?? ''))));
    const aligned = spelled.map((row) =>
        row.map((cell, column) => (column === 0 ? padEnd : padStart)(cell, widths[column] ?? 0)).join(GAP),
    );
    return aligned.map((row, index) => [index === 0 ? styled('dim', row) : row]);
}
