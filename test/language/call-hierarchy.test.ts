import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import { Client } from './client.js';
import { openBeside, positionOf } from './edits.js';
import { MAIN } from './support.js';

const TEXT = `region r { zone a  zone b  zone c }
cluster sessions: redis in r {
  nodes cache-[1..6] across zones
  shards s-[1..3] { replicas 1 }
}
cluster orders: kafka in r {
  nodes brk-[1..3] across zones as broker, controller
  topic payments { partitions 2  replicas 3 }
}
cluster shop: server in r {
  nodes web-[1..2] across zones
  failover active-passive { order web-2, web-1 }
  endpoint dns shop.internal { ttl 5s }
  needs writes of sessions, reads of sessions
  wants reads of orders.payments.1
}
cluster shop-eu: server { node eu-1 }
replicate shop to shop-eu { lag 1s }
workload users { reads shop 5/s  writes orders.payments 1/s }
`;

let editor: Client;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
});

afterEach(() => editor.dispose());

async function itemAt(text: string, word: string): Promise<CallHierarchyItem> {
    const items = await editor.connection.sendRequest<CallHierarchyItem[] | null>('textDocument/prepareCallHierarchy', {
        textDocument: { uri: MAIN },
        position: positionOf(text, word),
    });
    const [item] = items ?? [];
    if (!item) throw new Error(`There is no item at '${word}'.`);
    return item;
}

async function outgoing(item: CallHierarchyItem): Promise<CallHierarchyOutgoingCall[]> {
    const calls = await editor.connection.sendRequest<CallHierarchyOutgoingCall[] | null>(
        'callHierarchy/outgoingCalls',
        {
            item,
        },
    );
    return calls ?? [];
}

async function incoming(item: CallHierarchyItem): Promise<CallHierarchyIncomingCall[]> {
    const calls = await editor.connection.sendRequest<CallHierarchyIncomingCall[] | null>(
        'callHierarchy/incomingCalls',
        {
            item,
        },
    );
    return calls ?? [];
}

const told = ({ name, detail }: CallHierarchyItem): string => `${name} (${detail ?? ''})`;

test('a workload leads to its clusters, and a cluster to what it needs, wants and is copied to', async () => {
    await editor.open(TEXT);
    const users = await itemAt(TEXT, 'users');
    expect((await outgoing(users)).map(({ to }) => told(to))).toEqual(['shop (reads)', 'payments (writes)']);
    const shop = await outgoing(await itemAt(TEXT, 'shop:'));
    expect(shop.map(({ to }) => told(to))).toEqual([
        'sessions (needs writes, needs reads)',
        'payments.1 (wants reads)',
        'shop-eu (replicated to)',
        'web-2 (leads)',
        'web-1 (copy 2 of 2)',
    ]);
    expect(shop[0]?.fromRanges.map(({ start }) => start)).toEqual([
        positionAt(TEXT, 'sessions, reads'),
        positionAt(TEXT, 'sessions\n  wants'),
    ]);
});

function positionAt(text: string, words: string): { line: number; character: number } {
    const { line, character } = positionOf(text, words);
    return { line, character: character - 1 };
}

test('a group leads to its shards, and a shard to its copies in order', async () => {
    await editor.open(TEXT);
    const [groups] = await outgoing(await itemAt(TEXT, 'sessions:'));
    if (!groups) throw new Error('There is no group.');
    const shards = await outgoing(groups.to);
    expect(shards.map(({ to }) => to.name)).toEqual(['s-1', 's-2', 's-3']);
    const [, second] = shards;
    expect((await outgoing(second?.to ?? groups.to)).map(({ to }) => told(to))).toEqual([
        'cache-2 (leads)',
        'cache-6 (copy 2 of 2)',
    ]);
    const partition = await outgoing(await itemAt(TEXT, '1\n}'));
    expect(partition).toHaveLength(3);
});

test('a node is led back to the shards that it holds, and those to whoever uses them, in all files', async () => {
    await openBeside(editor, 'more.cluster', 'import "main.cluster"\nworkload more { reads sessions.s-2 5/s }');
    await editor.open(TEXT.replace('wants', 'wants reads of sessions.s-2\n  wants'));
    const [holder, ...others] = await incoming({ ...(await itemAt(TEXT, 'cache-[1')), data: 'cache-2' });
    expect(others).toEqual([]);
    expect(told(holder?.from as CallHierarchyItem)).toBe('s-2 (led from here)');
    const users = await incoming(holder?.from as CallHierarchyItem);
    expect(users.map(({ from }) => told(from))).toEqual(['more (workload)', 'shop (wants)', 's-[1..3] (sessions)']);
});

test('a cluster is used by whoever names it or a part of it', async () => {
    await editor.open(`${TEXT}endpoint front dns shop.example.com { route to shop }\n`);
    const names = async (word: string): Promise<string[]> =>
        (await incoming(await itemAt(TEXT, word))).map(({ from }) => told(from));
    expect(await names('orders:')).toEqual(['shop (wants)', 'users (workload)']);
    expect(await names('shop:')).toEqual(['users (workload)', 'front (dns)']);
    expect(await names('shop-eu:')).toEqual(['shop (replicates to it)']);
    expect(await names('web-[')).toEqual(['shop (led from here)']);
});

test('names and half-written texts of any kind are survived', async () => {
    for (const text of [
        'cluster __proto__: server { node constructor }\nworkload w { reads __proto__ 5/s }',
        'cluster "a b": server { node "x.y" needs reads of "a b"',
        'workload w { reads ',
        'cluster c: redis { shards s-[1..',
        'replicate c to ',
    ]) {
        await editor.open(text);
        for (let character = 0; character <= text.length; character++) {
            const items = await editor.connection.sendRequest<CallHierarchyItem[] | null>(
                'textDocument/prepareCallHierarchy',
                { textDocument: { uri: MAIN }, position: { line: 0, character } },
            );
            for (const item of items ?? []) await Promise.all([incoming(item), outgoing(item)]);
        }
    }
    const text = 'cluster __proto__: server { node constructor }\nworkload w { reads __proto__ 5/s }';
    await editor.open(text);
    expect((await incoming(await itemAt(text, '__proto__'))).map(({ from }) => from.name)).toEqual(['w']);
    expect((await outgoing(await itemAt(text, '__proto__'))).map(({ to }) => to.name)).toEqual(['constructor']);
});
