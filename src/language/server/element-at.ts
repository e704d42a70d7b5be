import type { Drawing, Drawn } from '../../diagram/index.js';
import type { Position, SourceRange } from '../../topology/index.js';

/**
 * Id of the drawn element whose text the cursor stands in: the shortest such text, or else the last element that begins on
 * the cursor's line. Null when there is neither.
 */
export function elementAt(drawing: Drawing, cursor: Position): string | null {
    let shortest: Drawn | undefined;
    let onLine: Drawn | undefined;
    for (const element of elementsOf(drawing)) {
        if (contains(element.source, cursor) && (!shortest || isShorter(element.source, shortest.source)))
            shortest = element;
        if (element.source.start.line === cursor.line) onLine = element;
    }
    return (shortest ?? onLine)?.id ?? null;
}

function* elementsOf(drawing: Drawing): Generator<Drawn> {
    for (const region of drawing.regions) {
        yield region;
        for (const zone of region.zones) {
            yield zone;
            yield* zone.nodes;
            for (const node of zone.nodes) yield* node.copies;
        }
        yield* region.nodes;
        for (const node of region.nodes) yield* node.copies;
    }
    yield* drawing.placeless;
    for (const cluster of drawing.clusters) {
        yield cluster;
        yield* cluster.addresses;
    }
    yield* drawing.clients;
}

const contains = ({ start, end }: SourceRange, at: Position): boolean => !isBefore(at, start) && !isBefore(end, at);

const isBefore = (a: Position, b: Position): boolean =>
    a.line < b.line || (a.line === b.line && a.character < b.character);

function isShorter(a: SourceRange, b: SourceRange): boolean {
    const lines = (range: SourceRange): number => range.end.line - range.start.line;
    const characters = (range: SourceRange): number => range.end.character - range.start.character;
    return lines(a) !== lines(b) ? lines(a) < lines(b) : characters(a) < characters(b);
}
