import { EventEmitter } from 'node:events';
import CircuitBreaker from 'opossum';
import type { OverheadCase } from './measure-in-turns.ts';

const success = Promise.resolve();

function createBreaker() {
  const rotation = new EventEmitter();
  const breaker = new CircuitBreaker(() => success, {
    timeout: false,
    volumeThreshold: 20,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    rotateBucketController: rotation,
  });
  let calls = 0;
  return {
    breaker,
    /** Rotates the window once per 100 calls, so that it holds as few calls as at 100 calls per second. */
    rotate: () => ++calls % 100 === 0 && rotation.emit('rotate'),
  };
}

const emitting = createBreaker();
const firing = createBreaker();

export const opossumCases: readonly OverheadCase[] = [
  {
    name: 'opossum: a success emitted as events',
    async call() {
      emitting.rotate();
      emitting.breaker.emit('fire', []);
      emitting.breaker.emit('success', undefined, 0);
    },
  },
  {
    name: 'opossum: a success by fire()',
    async call() {
      firing.rotate();
      firing.breaker.fire().catch(() => undefined);
    },
  },
];
