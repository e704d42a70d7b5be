import { sixCaches, webServers } from './files.js';
import type { CodePage } from './page.js';

const BECAUSE = 'because "The second site is being built"';

/** What can be wrong about accepted findings. */
export const waiverCodes: readonly CodePage[] = [
    {
        code: 'language/unknown-code',
        title: 'A waiver of a code that does not exist',
        why: 'The waiver accepts nothing, and the finding that it was meant for is still told.',
        fix: 'Copy the code from the finding.',
        example: webServers(`waive "sever/single-zone" ${BECAUSE}`),
        remedy: webServers(`waive "server/single-zone" ${BECAUSE}`),
    },
    {
        code: 'language/not-waivable',
        title: 'A waiver of what cannot be accepted',
        why: 'The finding says that the file or an answer is not understood, and accepting it would not change that.',
        fix: 'Mend what the finding says, and remove the waiver.',
        example: webServers(`waive "language/plural" ${BECAUSE}`),
        remedy: webServers(),
    },
    {
        code: 'language/waiver-reason',
        title: 'A waiver without a reason',
        why: 'Nobody can judge later whether it still holds.',
        fix: 'Say in a few words why the finding is accepted.',
        example: sixCaches('waive "redis/no-shards" because ""'),
        remedy: sixCaches('waive "redis/no-shards" because "Shards come with the next change"'),
    },
    {
        code: 'language/unused-waiver',
        title: 'A waiver of a finding that is not there',
        why: 'What it was for has been mended. If it comes back, nobody is told.',
        fix: 'Remove the waiver.',
        example: sixCaches('shards s-[1..3] { replicas 1 }', `waive "redis/no-shards" ${BECAUSE}`),
        remedy: sixCaches('shards s-[1..3] { replicas 1 }'),
    },
];
