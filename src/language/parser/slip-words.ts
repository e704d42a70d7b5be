/** Statements that are written as other languages write them, and whose meaning is beyond doubt. */
import type { IToken, TokenType } from 'chevrotain';
import {
    addressSlip,
    codeSlip,
    namedEndpointSlip,
    roleBlockSlip,
    roleSlip,
    spreadSlip,
    untilSlip,
} from './slip-phrases.js';
import { replicasSlip } from './slip-replicas.js';
import { faultSlip, NODE_FAULTS, OTHER_FAULTS, placeFaultSlip } from './slip-steps.js';
import { listSlip, rangeSlip, zonesSlip } from './slip-names.js';
import { DECLARATIONS, type Mended, type SlipError } from './slips.js';

/** Where in a text a slip is looked for. */
export interface SlipPlace {
    readonly text: string;
    readonly tokens: readonly IToken[];
    readonly index: number;
    /** The word of the declaration around it; empty between two of them. */
    readonly declaration: string;
    readonly type: (name: string) => TokenType;
}

/** What is read instead of as many tokens. */
export interface Slip {
    readonly count: number;
    readonly read: readonly IToken[];
    readonly error: SlipError;
}

type Finder = (place: SlipPlace) => Slip | undefined;

const FINDERS: Readonly<Record<string, readonly Finder[]>> = {
    waive: [codeSlip],
    endpoint: [namedEndpointSlip],
    replicas: [replicasSlip],
    vip: [addressSlip],
    'load-balancer': [addressSlip],
    dns: [addressSlip],
    zone: [zonesSlip],
    zones: [zonesSlip],
    node: [rangeSlip, listSlip],
    nodes: [rangeSlip, listSlip],
    role: [roleSlip],
    roles: [roleSlip],
    '{': [roleBlockSlip],
    across: [spreadSlip],
    end: [untilSlip],
    for: [untilSlip],
    duration: [untilSlip],
    run: [untilSlip],
    ...Object.fromEntries(OTHER_FAULTS.map((word) => [word, [faultSlip]])),
    ...Object.fromEntries(NODE_FAULTS.map((word) => [word, [placeFaultSlip]])),
};

export function mendWords(text: string, tokens: IToken[], type: (name: string) => TokenType): Mended {
    const read: IToken[] = [];
    const errors: SlipError[] = [];
    let depth = 0;
    let declaration = '';
    for (let index = 0; index < tokens.length; index++) {
        const token = tokens[index];
        if (!token) break;
        if (depth === 0 && DECLARATIONS.has(token.image)) declaration = token.image;
        const finders = Object.hasOwn(FINDERS, token.image) ? (FINDERS[token.image] ?? []) : [];
        const slip = firstOf(finders, { text, tokens, index, declaration, type });
        if (!slip) {
            if (token.tokenType.name === '{') depth++;
            else if (token.image === '}') depth--;
            read.push(token);
            continue;
        }
        read.push(...slip.read);
        errors.push(slip.error);
        index += slip.count - 1;
    }
    return errors.length > 0 ? { tokens: read, errors } : { tokens, errors };
}

function firstOf(finders: readonly Finder[], place: SlipPlace): Slip | undefined {
    for (const find of finders) {
        const slip = find(place);
        if (slip) return slip;
    }
    return undefined;
}
