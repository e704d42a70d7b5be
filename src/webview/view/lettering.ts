/** How wide the editor's font is, so that what is too long is shortened to what fits. */
import { TYPE, textWidth, type Lettering } from '../../diagram/index.js';

/** As names are: letters of usual width, and narrow ones, in which fonts differ most. */
const SAMPLES = ['production-cache-node-0123456789', 'availability-tier-of-the-utility'] as const;

export function measuredLettering(): Lettering | undefined {
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) {
        return undefined;
    }
    const font = getComputedStyle(document.body).fontFamily;
    const measured = (weight: number): number => {
        context.font = `${weight} ${TYPE.name}px ${font}`;
        return Math.max(
            1,
            ...SAMPLES.map((sample) => context.measureText(sample).width / textWidth(sample, TYPE.name)),
        );
    };
    return { name: measured(600), plain: measured(400) };
}
