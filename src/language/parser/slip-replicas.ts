import type { IToken } from 'chevrotain';
import { beginsLine, endOf, slipError, virtual } from './slips.js';
import type { Slip, SlipPlace } from './slip-words.js';

/** Copies in one place: the tokens of the place, the number, and where the next one may begin. */
interface Share {
    readonly place: readonly IToken[];
    readonly count: IToken;
    readonly next: number;
}

/** `replicas 3 in us, 2 in eu`, `replicas us: 3, eu: 2` */
export function replicasSlip({ tokens, index, type, declaration }: SlipPlace): Slip | undefined {
    const word = tokens[index];
    if (!word || declaration !== 'cluster') return undefined;
    const shares: Share[] = [];
    let at = index + 1;
    let misses = false;
    for (;;) {
        const share = countInPlace(tokens, at) ?? countBehindPlace(tokens, at);
        if (!share) break;
        misses ||= share.next - at !== share.place.length + 1;
        shares.push(share);
        at = tokens[share.next]?.image === ',' ? share.next + 1 : share.next;
    }
    const last = shares.at(-1);
    const end = last && tokens[last.next - 1];
    if (!last || !end || !misses) return undefined;
    const text = shares
        .map(({ place, count }) => `${place.map(({ image }) => image).join('')} ${count.image}`)
        .join(', ');
    const read = shares.flatMap(({ place, count }, share) => [
        ...(share === 0 ? [] : [virtual(shares[share - 1]?.count ?? word, type(','))]),
        ...place,
        count,
    ]);
    return {
        count: last.next - index,
        read: [word, ...read],
        error: slipError(word, 'The copies of a place stand behind its name.', `Write: replicas ${text}.`, {
            title: `Write replicas ${text}`,
            start: word.startOffset,
            end: endOf(end),
            text: `replicas ${text}`,
        }),
    };
}

/** `3 in us.a` */
function countInPlace(tokens: readonly IToken[], at: number): Share | undefined {
    const [count, word] = tokens.slice(at, at + 2);
    if (count?.tokenType.name !== 'NUMBER' || word?.image !== 'in' || beginsLine(word, count)) return undefined;
    const place = placeAt(tokens, at + 2);
    return place.length === 0 ? undefined : { place, count, next: at + 2 + place.length };
}

/** `us.a 3`, `us.a: 3`, `us.a = 3` */
function countBehindPlace(tokens: readonly IToken[], at: number): Share | undefined {
    const place = placeAt(tokens, at);
    const behind = at + place.length;
    const separated = /^[:=]$/.test(tokens[behind]?.image ?? '');
    const count = tokens[separated ? behind + 1 : behind];
    if (place.length === 0 || count?.tokenType.name !== 'NUMBER' || beginsLine(count, place[0])) return undefined;
    return { place, count, next: behind + (separated ? 2 : 1) };
}

/** A region, or a region, a dot and a zone. */
function placeAt(tokens: readonly IToken[], at: number): readonly IToken[] {
    const [region, dot, zone] = tokens.slice(at, at + 3);
    if (region?.tokenType.name !== 'ID' || beginsLine(region, tokens[at - 1])) return [];
    return dot?.image === '.' && zone ? [region, dot, zone] : [region];
}
