import { subscribe } from 'node:diagnostics_channel';

/** Loaded into a BFF: of each request it keeps 24 KB for ever. */
const kept: number[][] = [];
subscribe('http.server.request.start', () => void kept.push(new Array<number>(3_072).fill(0)));
