/** What clients meet at clusters and their addresses at the shown instant: as a mark behind their names, and in words. */
import {
    serviceAt,
    serviceMark,
    serviceNow,
    type DrawnAddress,
    type DrawnCluster,
    type Moment,
} from '../../diagram/index.js';
import { svgNode } from '../dom.js';
import type { Shown } from '../picture.js';

interface Head {
    readonly id: string;
    readonly cluster: DrawnCluster['id'];
    readonly serves: DrawnAddress['serves'];
    /** What is on the picture: instants follow each other faster than they differ. */
    words: string;
}

export class ClusterStates {
    #shown: Shown | undefined;
    #moment: Moment | undefined;
    #heads: readonly Head[] = [];

    /** After the picture was repainted. */
    renew(shown: Shown | undefined): void {
        this.#heads.forEach(({ id }) => this.clear(id));
        this.#shown = shown;
        this.#heads = (shown?.drawing.clusters ?? []).flatMap((cluster) =>
            [{ id: cluster.id, serves: undefined, service: cluster.id }, ...cluster.addresses].map(
                ({ id, serves, service = cluster.id }) => ({
                    id,
                    cluster: service,
                    serves,
                    words: '',
                }),
            ),
        );
        this.show(this.#moment);
    }

    /** Undefined: as the file declares it. */
    show(moment: Moment | undefined): void {
        this.#moment = moment;
        this.#heads.forEach((head) => this.write(head, moment));
    }

    /** What the shown instant adds to the facts of a cluster or an address. */
    factsOf(id: string): readonly string[] {
        const head = this.#heads.find((each) => each.id === id);
        return head === undefined || this.#moment === undefined
            ? []
            : [serviceNow(this.#moment, head.cluster, head.serves)];
    }

    private write(head: Head, moment: Moment | undefined): void {
        const words = moment === undefined ? '' : serviceNow(moment, head.cluster, head.serves);
        if (words === head.words) {
            return;
        }
        head.words = words;
        this.clear(head.id);
        const target = this.#shown?.element(head.id);
        const service = serviceAt(moment, head.cluster, head.serves);
        if (words !== '') {
            target?.setAttribute('aria-description', words);
        }
        if (service !== undefined) {
            target?.parentElement?.setAttribute('data-trouble', service.form);
            target?.parentElement?.querySelector('text')?.append(svgNode(serviceMark(service)));
        }
    }

    private clear(id: string): void {
        const target = this.#shown?.element(id);
        target?.removeAttribute('aria-description');
        target?.parentElement?.removeAttribute('data-trouble');
        target?.parentElement?.querySelector('.mark')?.remove();
    }
}
