/** How wide the editor's font is, so that what is too long is shortened to what fits, and nothing that fits. */
import { TYPE, textWidth, type Lettering } from '../../diagram/index.js';

/** Measured once: a drawing is painted many times with the same words. */
const known = new Map<string, number>();
/** Of a document that is edited for hours. */
const MOST_KNOWN = 50_000;

export function measuredLettering(): Lettering | undefined {
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) {
        return undefined;
    }
    const font = getComputedStyle(document.body).fontFamily;
    const measured =
        (weight: number) =>
        (text: string): number => {
            const key = `${weight} ${font} ${text}`;
            const before = known.get(key);
            if (before !== undefined) {
                return before;
            }
            context.font = `${weight} ${TYPE.name}px ${font}`;
            const ratio = context.measureText(text).width / Math.max(1, textWidth(text, TYPE.name));
            if (known.size >= MOST_KNOWN) {
                known.clear();
            }
            known.set(key, ratio);
            return ratio;
        };
    return { name: measured(600), plain: measured(400) };
}
