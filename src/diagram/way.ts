/** Orthogonal ways between boxes: as short as they can be with few corners, along lines that are free. */
import type { Box, Point } from './geometry.js';

/** A corner is worth a detour of so many pixels. */
const CORNER = 40;

interface Step {
    readonly column: number;
    readonly row: number;
    readonly upright: boolean;
    readonly cost: number;
    readonly before: Step | undefined;
}

/** Where ways may run: upright along `xs`, level along `ys`. */
export interface Streets {
    readonly xs: readonly number[];
    readonly ys: readonly number[];
    readonly obstacles: readonly Box[];
}

/**
 * Corners of the way from one of the starts to one of the ends, all of which lie on the streets; all ways begin and end level.
 * Undefined where there is none.
 */
export function wayBetween(
    starts: readonly Point[],
    ends: readonly Point[],
    streets: Streets,
): readonly Point[] | undefined {
    const { obstacles } = streets;
    const [xs, ys] = [sorted(streets.xs), sorted(streets.ys)];
    const goals = new Set(ends.map(({ x, y }) => `${xs.indexOf(x)} ${ys.indexOf(y)}`));
    const done = new Set<string>();
    const open = starts.map(({ x, y }): Step => ({
        column: xs.indexOf(x),
        row: ys.indexOf(y),
        upright: false,
        cost: 0,
        before: undefined,
    }));
    while (open.length > 0) {
        const at = open.reduce((best, { cost }, index) => (cost < (open[best]?.cost ?? 0) ? index : best), 0);
        const [step] = open.splice(at, 1);
        if (step === undefined) {
            return undefined;
        }
        const key = `${step.column} ${step.row} ${step.upright}`;
        if (done.has(key)) {
            continue;
        }
        done.add(key);
        if (!step.upright && goals.has(`${step.column} ${step.row}`)) {
            return corners(step, xs, ys);
        }
        open.push({ ...step, upright: !step.upright, cost: step.cost + CORNER });
        for (const by of [1, -1]) {
            const [column, row] = step.upright ? [step.column, step.row + by] : [step.column + by, step.row];
            const [from, to] = [pointAt(step.column, step.row), pointAt(column, row)];
            if (from !== undefined && to !== undefined && obstacles.every((box) => !crosses(from, to, box))) {
                const cost = step.cost + Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
                open.push({ column, row, upright: step.upright, cost, before: step });
            }
        }
    }
    return undefined;

    function pointAt(column: number, row: number): Point | undefined {
        const [x, y] = [xs[column], ys[row]];
        return x === undefined || y === undefined ? undefined : { x, y };
    }
}

function sorted(values: readonly number[]): readonly number[] {
    return [...new Set(values)].sort((one, other) => one - other);
}

/** Whether a level or upright line runs through the inside of the box. */
function crosses(from: Point, to: Point, { x, y, width, height }: Box): boolean {
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    return left < x + width && right > x && top < y + height && bottom > y;
}

function corners(last: Step, xs: readonly number[], ys: readonly number[]): readonly Point[] {
    const way: Point[] = [];
    for (let step: Step | undefined = last; step !== undefined; step = step.before) {
        way.unshift({ x: xs[step.column] ?? 0, y: ys[step.row] ?? 0 });
    }
    return way.filter((point, at) => {
        const [before, after] = [way[at - 1], way[at + 1]];
        return (
            before === undefined ||
            after === undefined ||
            !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
        );
    });
}
