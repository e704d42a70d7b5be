import { workspace } from 'vscode';
import type { PictureLook } from '../../../protocol/index.js';

type Theme = NonNullable<PictureLook['theme']>;

const THEMES: Readonly<Record<Theme, true>> = {
    light: true,
    dark: true,
    'high-contrast': true,
    'high-contrast-light': true,
};

const isTheme = (value: unknown): value is Theme => typeof value === 'string' && Object.hasOwn(THEMES, value);

/** Theme and font of exported pictures, as the user's settings have them. */
export function chosenLook(): PictureLook {
    const settings = workspace.getConfiguration('faultline.export');
    const [theme, font] = [settings.get<unknown>('theme'), settings.get<unknown>('font')];
    return {
        ...(isTheme(theme) ? { theme } : {}),
        ...(typeof font === 'string' && font.trim() !== '' ? { font } : {}),
    };
}
