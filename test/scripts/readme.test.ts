import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { inProject } from '../../scripts/lib/paths.mjs';
import { withoutPictures } from '../../scripts/lib/readme.mjs';

test('the README of the package names no picture that nobody would see, and keeps every word', async () => {
    const readme = await readFile(inProject('README.md'), 'utf8');
    const packaged = withoutPictures(readme);
    expect(readme).toContain('images/');
    expect(packaged).not.toMatch(/images\/|<img|<picture|!\[/);
    const prose = (text: string): string[] => text.split('\n').filter((line) => /^[A-Za-z*#`-]/.test(line));
    expect(prose(packaged)).toEqual(prose(readme));
    expect(packaged).not.toMatch(/\n{3}/);
});
