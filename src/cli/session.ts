import type { Io } from './io.js';
import { createConsole, type Console } from './output/console.js';
import type { Rooms } from './rooms.js';

/** What every command works with. */
export interface Session {
    readonly io: Io;
    readonly console: Console;
    readonly rooms: Rooms;
}

export function createSession(io: Io, rooms: Rooms): Session {
    return { io, console: createConsole(io), rooms };
}
