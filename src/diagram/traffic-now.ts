/** Requests that come by way of addresses, at an instant of a run: these may lead elsewhere by then. */
import type { Drawing } from './drawing.js';
import type { LinkNow } from './links-now.js';
import { clock } from './playback/clock.js';
import type { Moment } from './playback/moment.js';

/** What nobody asks stands by, whatever became of its ends. */
export function trafficNow(link: LinkNow, { clusters }: Drawing, moment: Moment): LinkNow {
    const { standby: declared = false, trouble, ...rest } = link;
    const ways = (link.through ?? []).map((service) => {
        const address = clusters.flatMap(({ addresses }) => addresses).find((each) => each.service === service);
        return { name: address?.label ?? service, now: moment.sending(link.from, service, link.to) };
    });
    const standby = ways.length > 0 && ways.every(({ now }) => (now === undefined ? declared : !now.here));
    const facts = ways.flatMap(({ name, now }) =>
        now === undefined
            ? []
            : [`The ${name} has sent ${now.here ? '' : 'no '}requests here since ${clock(now.sinceMs)}.`],
    );
    return {
        ...rest,
        facts: [...facts, ...link.facts],
        ...(standby ? { standby: true as const } : trouble === undefined ? {} : { trouble }),
    };
}
