import type { IToken } from 'chevrotain';
import { endOf, read, slipError } from './slips.js';
import type { Slip, SlipPlace } from './slip-words.js';

/** What other tools call the faults of this language. */
const MEANT: Readonly<Record<string, string>> = {
    kill: 'crash',
    terminate: 'stop',
    shutdown: 'stop',
    pause: 'freeze',
    hang: 'freeze',
    resume: 'unfreeze',
    thaw: 'unfreeze',
    delay: 'slow',
    disconnect: 'isolate',
    lose: 'fail',
    reboot: 'restart',
    start: 'restart',
    recover: 'restore',
    reconnect: 'restore',
};

/** Words for which {@link faultSlip} is asked. */
export const OTHER_FAULTS: readonly string[] = Object.keys(MEANT);

/** `at 1m kill node n` */
export function faultSlip(place: SlipPlace): Slip | undefined {
    const word = place.tokens[place.index];
    const meant = MEANT[word?.image ?? ''];
    if (!word || meant === undefined || !beginsFault(place)) return undefined;
    const fix = { title: `Write '${meant}'`, start: word.startOffset, end: endOf(word), text: meant };
    return {
        count: 1,
        read: [read(word, place.type(meant), meant)],
        error: slipError(word, `'${word.image}' is called '${meant}' here.`, `Write: ${meant} ….`, fix),
    };
}

/** What strikes whole places instead of nodes; null where nothing does. */
const OF_PLACES: Readonly<Record<string, string | null>> = {
    crash: 'fail',
    stop: 'fail',
    restart: 'restore',
    freeze: null,
    unfreeze: null,
    wipe: null,
    drain: null,
};

/** Words for which {@link placeFaultSlip} is asked. */
export const NODE_FAULTS: readonly string[] = Object.keys(OF_PLACES);

/** `at 1m crash zone eu.a` */
export function placeFaultSlip(place: SlipPlace): Slip | undefined {
    const [word, level] = place.tokens.slice(place.index, place.index + 2);
    if (!word || !level || !/^(zone|region)s?$/.test(level.image) || !beginsFault(place)) return undefined;
    const meant = OF_PLACES[word.image] ?? undefined;
    const fix = meant && { title: `Write '${meant}'`, start: word.startOffset, end: endOf(word), text: meant };
    const help =
        meant === undefined ? 'Name each node, one after the other with commas.' : `Write: ${meant} ${level.image} ….`;
    return {
        count: 1,
        // What is not said about places is read as something that is, so that this remains the only mistake.
        read: [read(word, place.type(meant ?? 'fail'), meant ?? 'fail')],
        error: slipError(
            word,
            `'${word.image}' strikes nodes, and no ${level.image} as a whole.`,
            help,
            ...(fix ? [fix] : []),
        ),
    };
}

/** Whether the time of a step stands in front: `at 30s`, or `at 30s, repeat every 10s 3 times`. */
function beginsFault({ tokens, index, declaration }: SlipPlace): boolean {
    const [at, time]: readonly (IToken | undefined)[] = [tokens[index - 2], tokens[index - 1]];
    return (
        declaration === 'scenario' &&
        (time?.image === 'times' || (at?.image === 'at' && time?.tokenType.name === 'NUMBER'))
    );
}
