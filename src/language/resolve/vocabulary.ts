import type { Engine } from '../../engines/index.js';
import type { ShardGroup } from '../generated/ast.js';
import { replacements } from './report.js';
import { sourceOfProperty } from './source.js';
import type { Resolution } from './state.js';
import { closest } from '../../topology/index.js';

const CLUSTER_WORDS = [
    'node',
    'nodes',
    'members',
    'endpoint',
    'failover',
    'needs',
    'wants',
    'assume',
    'waive',
    'settings',
];

/** A statement that begins with a word which neither the language nor the engine has. */
export function reportUnknownWord(statement: ShardGroup, engine: Engine, resolution: Resolution): void {
    const words = engine.groupWords.flatMap((word) => [word.word, word.placedWord]);
    const similar = closest(statement.word, [...words, ...CLUSTER_WORDS]);
    const known = [...new Set(words)].join(', ');
    resolution.report.error(
        'language/unknown-word',
        sourceOfProperty(statement, 'word'),
        `${engine.title} has no '${statement.word}', so this statement means nothing in its cluster.`,
        similar ? `Did you mean '${similar}'?` : `Words for its shards: ${known}.`,
        undefined,
        replacements(sourceOfProperty(statement, 'word'), similar),
    );
}
