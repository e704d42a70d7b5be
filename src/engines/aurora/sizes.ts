/** How large DB instances are, as far as the names of their classes tell. */
import type { Member } from '../../topology/index.js';
import type { SettingReader } from '../engine.js';

const SIZE = /^db\.[a-z0-9-]+\.(?:(micro|small|medium|large)|(\d*)xlarge)$/;

const PARTS_OF_XLARGE = { micro: 1 / 16, small: 1 / 8, medium: 1 / 4, large: 1 / 2 } as const;

/** The class that the file gives an instance. */
export function instanceClass(settings: SettingReader, member: Member): string | undefined {
    return settings.written('db-instance-class', { member })?.values.at(0)?.text;
}

/** Size in units of an `xlarge`; undefined for a class whose name tells none, such as `db.serverless`. */
export function instanceSize(settings: SettingReader, member: Member): number | undefined {
    const match = SIZE.exec(instanceClass(settings, member) ?? '');
    if (match === null) {
        return undefined;
    }
    const [, part, multiple] = match;
    return isPart(part) ? PARTS_OF_XLARGE[part] : Number(multiple === '' ? 1 : multiple);
}

function isPart(name: string | undefined): name is keyof typeof PARTS_OF_XLARGE {
    return name !== undefined && Object.hasOwn(PARTS_OF_XLARGE, name);
}
