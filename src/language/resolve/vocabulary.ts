import type { Engine, GroupWord } from '../../engines/index.js';
import type { NamelessBlock, ShardGroup } from '../generated/ast.js';
import { meant, replacements, type Report } from './report.js';
import { nameSource, sourceOfProperty } from './source.js';
import { closest, parseCount } from '../../topology/index.js';

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

/** A key of the real system that stands beside the statements. */
function reportSetting(statement: ShardGroup | NamelessBlock, engine: Engine, report: Report): void {
    const value = statement.$type === 'ShardGroup' ? statement.name : '…';
    report.error(
        'language/pasted-line',
        sourceOfProperty(statement, 'word'),
        `'${statement.word}' is a setting of ${engine.title}; settings stand in a block of their own.`,
        `Write \`settings { ${statement.word} = ${value.slice(0, 40)} }\`.`,
    );
}

/** A statement that begins with a word which neither the language nor the engine has. */
export function reportUnknownWord(statement: ShardGroup | NamelessBlock, engine: Engine, report: Report): void {
    if (engine.settings.some(({ key }) => key === statement.word)) return reportSetting(statement, engine, report);
    const words = engine.groupWords.flatMap((word) => [word.word, word.placedWord]);
    const similar = closest(statement.word, [...words, ...CLUSTER_WORDS]);
    const known = [...new Set(words)].join(', ');
    report.error(
        'language/unknown-word',
        sourceOfProperty(statement, 'word'),
        `${engine.title} has no '${statement.word}', so this statement means nothing in its cluster.`,
        similar ? meant(similar) : known ? `Words for its shards: ${known}.` : 'It has no words of its own for shards.',
        undefined,
        replacements(sourceOfProperty(statement, 'word'), similar),
    );
}

/** `shards { replicas 1 }`: a word that declares shards, and no name for them. */
export function reportNameless(block: NamelessBlock, word: GroupWord, report: Report): void {
    const example = word.form === 'each-name-one-shard' ? `${word.word} s-[1..3]` : `${word.word} NAME`;
    report.error(
        'language/missing-name',
        sourceOfProperty(block, 'word'),
        `This '${block.word}' has no name, so nothing can refer to it and nothing is made of it.`,
        `Write ${example} { … }.`,
    );
}

/** `shards 3 { … }`: one shard that is called 3, where three are hoped for. */
export function reportNumberAsName(statement: ShardGroup, report: Report): void {
    const source = nameSource(statement);
    const count = parseCount(statement.name) ?? 0;
    const text = count === 1 ? 's-1' : `s-[1..${String(count < 2 ? 3 : count)}]`;
    report.error(
        'language/range',
        source,
        `A number is a name here, so this is one shard that is called '${statement.name.slice(0, 40)}'.`,
        `Write \`${statement.word} ${text}\`; a number in quotes is a name beyond doubt.`,
        undefined,
        count < 1 ? [] : [{ kind: 'replace', title: `Write ${text}`, source, text }],
    );
}
