import type { GroupWord } from '../../engines/index.js';

/** How a shard, or a single copy, is placed by hand. */
export function placedText({ form, placedWord, leaderless }: GroupWord): string {
    if (form === 'one-shard') return `\`${placedWord} 0 on NODE\` places one copy by hand.`;
    const name = form === 'each-name-one-shard' ? 'NAME' : '0';
    const leader = leaderless ? '' : '; the first leads';
    return `\`${placedWord} ${name} on NODE, NODE\` places one by hand${leader}.`;
}
