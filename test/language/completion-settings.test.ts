import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CursorClient } from './at-cursor.js';

let editor: CursorClient;

beforeAll(async () => {
    editor = await CursorClient.start();
});

afterAll(() => editor.dispose());

function redis(body: string): string {
    return `cluster c: redis "7.2" {\n  nodes n-[1..3]\n  ${body}\n}\n`;
}

describe('settings', () => {
    const settings = (body: string): string => redis(`settings {\n    ${body}\n  }`);

    test('are offered with default, unit, documentation and source', async () => {
        const item = await editor.item(settings('¦'), 'cluster-node-timeout');
        expect(item).toMatchObject({ detail: 'default 15s', insertTextFormat: 2 });
        expect(item.textEdit?.newText).toBe('cluster-node-timeout = ${1:15s}');
        expect(JSON.stringify(item.documentation)).toMatch(/silent.*Source: \[/s);
        const choice = await editor.item(settings('¦'), 'cluster-require-full-coverage');
        expect(choice.textEdit?.newText).toBe('cluster-require-full-coverage = ${1|yes,no|}');
    });

    test('are not offered where they are set already, in front of the cursor or behind', async () => {
        const text = settings('cluster-node-timeout = 5s\n    ¦\n    appendonly yes\n    save: "900 1"');
        const labels = await editor.labels(text);
        expect(labels).toContain('appendfsync');
        for (const key of ['cluster-node-timeout', 'appendonly', 'save']) expect(labels).not.toContain(key);
    });

    test('are those that may stand there', async () => {
        const node = await editor.labels(redis('node x { settings { ¦ } }'));
        expect(node).toContain('appendonly');
        expect(node).not.toContain('cluster-node-timeout');
    });

    test('a key whose value is written keeps it', async () => {
        const text = settings('cluster-no¦ = 5s');
        expect(await editor.chosen(text, 'cluster-node-timeout')).toContain('    cluster-node-timeout = 5s');
    });

    test('values are in the system’s own words, the default first', async () => {
        expect(await editor.labels(settings('appendonly = ¦'))).toEqual(['no', 'yes']);
        expect(await editor.labels(settings('appendonly ¦'))).toEqual(['no', 'yes']);
        expect(await editor.labels(settings('appendfsync: ¦'))).toEqual(['everysec', 'always', 'no']);
        expect(await editor.labels(settings('cluster-node-timeout = ¦'))).toEqual(['15s']);
        expect(await editor.labels(settings('cluster-node-timeout = 20¦'))).toEqual(
            expect.arrayContaining(['20s', '20ms']),
        );
        expect((await editor.item(settings('appendonly = ¦'), 'no')).detail).toBe('default');
    });

    test('a value of several words is quoted', async () => {
        const text = settings('save = ¦');
        expect(await editor.chosen(text, '3600 1 300 100 60 10000')).toContain('save = "3600 1 300 100 60 10000"\n');
    });

    test('a client’s are those of every client and of the system that it asks', async () => {
        const text = `${redis('')}workload w { reads c 10/s with ¦ }`;
        expect(await editor.labels(text)).toEqual(expect.arrayContaining(['timeout', 'retries']));
        expect(await editor.labels(text.replace('with ¦', 'with timeout = 2s, ¦'))).not.toContain('timeout');
        expect(await editor.labels(text.replace('with ¦', 'with timeout = ¦'))).toContain('1s');
    });
});

test('a setting of Kafka is one word with its dots, and a client’s are Kafka’s own', async () => {
    const kafka = (body: string): string =>
        `cluster log: kafka {\n  nodes k-[1..3] as broker, controller\n  ${body}\n}\nworkload w { writes log 1/s with ¦2 }`;
    const topic = kafka('topic t {\n    settings {\n      min.insync.rep¦\n    }\n  }').replace('¦2', 'acks = all');
    expect(await editor.labels(topic)).toContain('min.insync.replicas');
    expect(await editor.chosen(topic, 'min.insync.replicas')).toContain('      min.insync.replicas = ${1:');
    const client = kafka('').replace('¦2', '¦');
    expect(await editor.labels(client)).toEqual(expect.arrayContaining(['acks', 'timeout', 'retries']));
    expect(await editor.labels(client.replace('¦', 'acks = ¦'))).toEqual(expect.arrayContaining(['all', '1', '0']));
});

test('an editor that shows details beside every label gets them there', async () => {
    const completionItem = { snippetSupport: true, labelDetailsSupport: true };
    const able = await CursorClient.start({ completionItem });
    const item = await able.item(redis('settings { ¦ }'), 'cluster-node-timeout');
    able.dispose();
    expect(item.labelDetails).toEqual({ description: 'default 15s' });
    expect(item.detail).toBeUndefined();
});
