import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../support/run.js';

function file(clusters: string): string {
    return `
        region us { zone a  zone b  zone c }
        ${clusters}
        workload w { writes one 10/s  writes two 10/s }
        scenario s { at 5s fail node one-1, two-1  until 40s }`;
}

const redis = (name: string, shards: string): string => `
    cluster ${name}: redis in us { nodes ${name}-[1..6] across zones  shards ${shards}-[1..3] { replicas 1 } }`;

async function tellings(text: string): Promise<readonly string[]> {
    return runOf(await topologyOf(text), 1).trace.map((event) => event.text);
}

test('a shard is told with its cluster where another cluster has one of its name', async () => {
    const told = await tellings(file(redis('one', 's') + redis('two', 's')));
    expect(told.filter((text) => /^w: writes of (one|two)\.s-1 fail/.test(text))).toHaveLength(2);
    expect(told.filter((text) => /(?<!one\.|two\.)\bs-1\b/.test(text))).toEqual([]);
});

test('and by its name alone where that says which is meant', async () => {
    const told = await tellings(file(redis('one', 's') + redis('two', 't')));
    expect(told.filter((text) => /^w: writes of [st]-1 fail/.test(text))).toHaveLength(2);
});

test('a part of a group as well, where another cluster has a group of that name', async () => {
    const kafka = (name: string, partitions: number): string => `
        cluster ${name}: kafka in us { nodes ${name}-[1..3] across zones  topic t { partitions ${partitions}  replicas 1 } }`;
    const told = await tellings(file(kafka('one', 3) + kafka('two', 1)));
    expect(told.filter((text) => /^w: writes of one\.t\.\d fail/.test(text))).not.toEqual([]);
    expect(told.filter((text) => /(?<!one\.|two\.)\bt\.\d/.test(text))).toEqual([]);
});
