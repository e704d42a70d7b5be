/** Pixels at a zoom of 1; x grows to the right, y downwards. */
export interface Point {
    readonly x: number;
    readonly y: number;
}

export interface Size {
    readonly width: number;
    readonly height: number;
}

export type Box = Point & Size;

/** Everything stands on this grid. */
export const GRID = 8;

/** The next multiple of the grid. */
export function onGrid(length: number): number {
    return Math.ceil(length / GRID) * GRID;
}

export function moved<T extends Point>(shape: T, by: Point): T {
    return { ...shape, x: shape.x + by.x, y: shape.y + by.y };
}

/** The smallest box that holds all of these; there is at least one. */
export function around(boxes: readonly Box[]): Box {
    const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    return { x, y, width: right - x, height: bottom - y };
}

export const TYPE = { name: 13, detail: 11, caption: 10 } as const;
