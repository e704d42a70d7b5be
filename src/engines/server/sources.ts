/** Where the facts about keepalived, VRRP and HAProxy were read. */
import type { FactSource } from '../engine.js';

export const VRRP: FactSource = {
    title: 'RFC 9568, Virtual Router Redundancy Protocol (VRRP) version 3, sections 6.1 and 6.4',
    url: 'https://www.rfc-editor.org/rfc/rfc9568.html#section-6.1',
};

export const VRRP_V2: FactSource = {
    title: 'RFC 3768, Virtual Router Redundancy Protocol (VRRP), section 6.1',
    url: 'https://www.rfc-editor.org/rfc/rfc3768.html#section-6.1',
};

export const KEEPALIVED: FactSource = {
    title: 'keepalived.conf(5)',
    url: 'https://www.keepalived.org/manpage.html',
};

export const HAPROXY: FactSource = {
    title: 'HAProxy 2.6 configuration manual, section 5.2 (server options)',
    url: 'https://docs.haproxy.org/2.6/configuration.html#5.2',
};

export const HAPROXY_REDISPATCH: FactSource = {
    title: 'HAProxy 2.6 configuration manual, option redispatch',
    url: 'https://docs.haproxy.org/2.6/configuration.html#4-option%20redispatch',
};

export const HAPROXY_RETRIES: FactSource = {
    title: 'HAProxy 2.6 configuration manual, retries',
    url: 'https://docs.haproxy.org/2.6/configuration.html#4-retries',
};

export const PATRONI: FactSource = {
    title: 'Patroni, dynamic configuration settings',
    url: 'https://patroni.readthedocs.io/en/latest/dynamic_configuration.html',
};

export const ELB: FactSource = {
    title: 'Elastic Load Balancing, health checks of target groups',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
};

export const ASSUMPTION: FactSource = { title: 'An assumption of Faultline', unconfirmed: true };

export const LANGUAGE: FactSource = { title: 'The cluster language: what the words mean' };
