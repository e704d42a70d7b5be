import { expect, test } from 'vitest';
import { findEngine, type GroupWord } from '../../src/engines/index.js';
import { placedText } from '../../src/language/editor/placed-text.js';

function word(engine: string, name: string): GroupWord {
    return findEngine(engine)!.groupWords.find((each) => each.word === name)!;
}

test('who leads is said only where somebody does', () => {
    expect(placedText(word('redis', 'shards'))).toBe('`shard NAME on NODE, NODE` places one by hand; the first leads.');
    expect(placedText(word('kafka', 'topic'))).toBe('`partition 0 on NODE, NODE` places one by hand; the first leads.');
    expect(placedText(word('hadoop', 'files'))).toBe('`block 0 on NODE, NODE` places one by hand.');
    expect(placedText(word('kubernetes', 'deployment'))).toBe('`pod 0 on NODE` places one copy by hand.');
});
